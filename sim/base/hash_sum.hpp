#pragma once

#include "sim/base/hash.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace sim {

/// Sum of the hashes of many things, each hashed like by a Hasher of its own; their order does not matter. Several are hashed side by side,
/// as a single one keeps the processor waiting for its own multiplications.
class HashSum {
public:
    /// The words of one thing.
    class Thing : public Words<Thing> {
    public:
        void add_word(std::uint64_t word)
        {
            if (size_ == words_.size()) [[unlikely]]
                grow();
            words_[size_++] = word;
        }

    private:
        friend HashSum;
        // Apart, so that the rest is worth inlining.
        [[gnu::noinline]] void grow() { words_.resize(2 * size_ + 64); }

        std::vector<std::uint64_t> words_; // the first `size_`
        std::size_t size_ = 0;
    };

    /// @param describe  describe(Thing&) adds what the thing consists of
    template <class F>
    void add(F&& describe)
    {
        Thing& next = things_[waiting_];
        next.size_ = 0;
        describe(next);
        if (++waiting_ == things_.size()) flush();
    }

    /// Of all that was added so far.
    [[nodiscard]] std::uint64_t value()
    {
        flush();
        return sum_;
    }

private:
    void flush()
    {
        std::array<Hasher, lanes> hashers;
        const std::size_t common = waiting_ == lanes ? shortest() : 0;
        side_by_side(hashers, common);
        for (std::size_t lane = 0; lane < waiting_; ++lane) {
            const Thing& rest = things_[lane];
            for (std::size_t i = common; i < rest.size_; ++i) hashers[lane].add_word(rest.words_[i]);
            sum_ += hashers[lane].value();
        }
        waiting_ = 0;
    }

    [[nodiscard]] std::size_t shortest() const
    {
        const auto is_shorter = [](const Thing& a, const Thing& b) { return a.size_ < b.size_; };
        return std::min_element(things_.begin(), things_.end(), is_shorter)->size_;
    }

    // By hand, since in a loop over lanes the hashers would live in memory.
    void side_by_side(std::array<Hasher, 4>& hashers, std::size_t words) const
    {
        auto [a, b, c, d] = hashers;
        const auto& [p, q, r, s] = things_;
        for (std::size_t i = 0; i < words; ++i) {
            a.add_word(p.words_[i]), b.add_word(q.words_[i]);
            c.add_word(r.words_[i]), d.add_word(s.words_[i]);
        }
        hashers = {a, b, c, d};
    }

    static constexpr std::size_t lanes = 4;
    std::array<Thing, lanes> things_; // the first `waiting_` are to be hashed
    std::size_t waiting_ = 0;
    std::uint64_t sum_ = 0;
};

} // namespace sim
