#pragma once

#include "sim/base/key.hpp"
#include "sim/kernel/bits.hpp"

#include <array>
#include <vector>

namespace sim {

/// The public records of one block's agents, in two copies: during window w everyone reads copy w mod 2, and the owner writes the other.
/// What changed is caught up in the older copy at the start of the next window.
template <class S>
class Showcases {
public:
    void resize(std::size_t n)
    {
        for (auto& copy : copies_) copy.resize(n);
        changed_.resize(n);
    }

    void put(std::uint32_t slot, const S& value)
    {
        for (auto& copy : copies_) copy[slot] = value;
    }

    void begin_window(Window window)
    {
        for (const std::uint32_t slot : dirty_) {
            written(window)[slot] = shown(window)[slot];
            changed_.reset(slot);
        }
        dirty_.clear();
    }

    S& own(Window window, std::uint32_t slot)
    {
        if (!changed_.test_and_set(slot)) dirty_.push_back(slot);
        return written(window)[slot];
    }

    const S& read(Window window, std::uint32_t slot) const
    {
        return copies_[static_cast<std::size_t>(window & 1)][slot];
    }

private:
    std::vector<S>& written(Window window) { return copies_[static_cast<std::size_t>(~window & 1)]; }
    std::vector<S>& shown(Window window) { return copies_[static_cast<std::size_t>(window & 1)]; }

    std::array<std::vector<S>, 2> copies_;
    std::vector<std::uint32_t> dirty_;
    Bits changed_;
};

} // namespace sim
