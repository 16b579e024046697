#pragma once

#include "sim/kernel/pages.hpp"

#include <cstdint>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace sim {

/// Growing array of trivially copyable agents whose unused part is never touched: memory is taken from the system only where agents are.
template <class Agent>
class AgentArray {
public:
    AgentArray() = default;
    AgentArray(AgentArray&& other) noexcept
        : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)),
          capacity_(std::exchange(other.capacity_, 0))
    {
    }
    AgentArray& operator=(AgentArray&& other) noexcept
    {
        std::swap(data_, other.data_), std::swap(size_, other.size_), std::swap(capacity_, other.capacity_);
        return *this;
    }
    ~AgentArray() { give_pages(data_, capacity_ * sizeof(Agent)); }

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::size_t capacity() const { return capacity_; }

    [[nodiscard]] Agent* data() { return data_; } // nullptr when nothing was reserved
    Agent& operator[](std::size_t i) { return data_[i]; }
    const Agent& operator[](std::size_t i) const { return data_[i]; }

    void reserve(std::size_t n)
    {
        if (n <= capacity_) return;
        data_ = static_cast<Agent*>(data_ == nullptr ? take_pages(n * sizeof(Agent))
                                                     : grow_pages(data_, capacity_ * sizeof(Agent), n * sizeof(Agent)));
        capacity_ = n;
    }

    /// Makes room for n agents in all; the new ones must be put before they are read.
    void extend(std::size_t n)
    {
        reserve(n);
        size_ = n;
    }

    void put(std::size_t i, const Agent& agent) { ::new (static_cast<void*>(data_ + i)) Agent(agent); }

    /// Moves each agent i to places[i], a permutation, within the memory that is there.
    void arrange(const std::vector<std::uint32_t>& places)
    {
        std::vector<bool> is_done(size_);
        for (std::size_t first = 0; first < size_; ++first) {
            if (is_done[first]) continue;
            Agent moving = data_[first];
            for (std::size_t at = places[first]; at != first; at = places[at]) {
                std::swap(moving, data_[at]);
                is_done[at] = true;
            }
            data_[first] = moving;
        }
    }

    void push_back(const Agent& agent)
    {
        if (size_ == capacity_) reserve(size_ + size_ / 8 + 16);
        put(size_++, agent);
    }

private:
    static_assert(alignof(Agent) <= 64 && std::is_trivially_copyable_v<Agent>);

    Agent* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

} // namespace sim
