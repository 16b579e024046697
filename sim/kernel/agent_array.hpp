#pragma once

#include "sim/kernel/pages.hpp"

#include <cstring>
#include <memory>
#include <new>
#include <utility>

namespace sim {

/// Growing array of trivially copyable agents whose unused part is never touched: memory is taken from the system only where agents are.
template <class Agent>
class AgentArray {
public:
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::size_t capacity() const { return capacity_; }

    Agent& operator[](std::size_t i) { return data_.get()[i]; }
    const Agent& operator[](std::size_t i) const { return data_.get()[i]; }

    void reserve(std::size_t n)
    {
        if (n <= capacity_) return;
        Data bigger(static_cast<Agent*>(take_pages(n * sizeof(Agent))));
        if (size_ > 0) std::memcpy(static_cast<void*>(bigger.get()), data_.get(), size_ * sizeof(Agent));
        data_ = std::move(bigger);
        capacity_ = n;
    }

    /// Makes room for n agents in all; the new ones must be put before they are read.
    void extend(std::size_t n)
    {
        reserve(n);
        size_ = n;
    }

    void put(std::size_t i, const Agent& agent) { ::new (static_cast<void*>(data_.get() + i)) Agent(agent); }

    void push_back(const Agent& agent)
    {
        if (size_ == capacity_) reserve(size_ + size_ / 8 + 16);
        put(size_++, agent);
    }

private:
    static_assert(alignof(Agent) <= 64);
    struct Free {
        void operator()(Agent* p) const { give_pages(p); }
    };
    using Data = std::unique_ptr<Agent, Free>;

    Data data_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

} // namespace sim
