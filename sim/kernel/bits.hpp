#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace sim {

/// A growing set of small numbers (slots of a block).
class Bits {
public:
    void resize(std::size_t n) { words_.resize((n + 63) / 64); }
    [[nodiscard]] bool test(std::size_t i) const { return words_[i / 64] >> (i % 64) & 1; }
    void set(std::size_t i) { words_[i / 64] |= std::uint64_t{1} << (i % 64); }
    void reset(std::size_t i) { words_[i / 64] &= ~(std::uint64_t{1} << (i % 64)); }
    [[nodiscard]] const std::vector<std::uint64_t>& words() const { return words_; }

    /// Calls f(i) for each member.
    template <class F>
    void each(F&& f) const
    {
        const std::uint64_t* const words = words_.data();
        for (std::size_t w = 0, n = words_.size(); w < n; ++w)
            for (std::uint64_t word = words[w]; word != 0; word &= word - 1)
                f(w * 64 + static_cast<std::size_t>(std::countr_zero(word)));
    }

    /// Adds i; true when it was there already.
    bool test_and_set(std::size_t i)
    {
        const std::uint64_t bit = std::uint64_t{1} << (i % 64);
        std::uint64_t& word = words_[i / 64];
        const bool before = (word & bit) != 0;
        word |= bit;
        return before;
    }

private:
    std::vector<std::uint64_t> words_;
};

} // namespace sim
