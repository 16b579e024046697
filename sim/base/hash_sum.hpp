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
        void add_word(std::uint64_t word) { words_.push_back(word); }

    private:
        friend HashSum;
        std::vector<std::uint64_t> words_;
    };

    /// @param describe  describe(Thing&) adds what the thing consists of
    template <class F>
    void add(F&& describe)
    {
        Thing& next = things_[waiting_];
        next.words_.clear();
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
        std::size_t common = 0; // words that all have
        if (waiting_ == lanes)
            common = std::min_element(things_.begin(), things_.end(), [](const Thing& a, const Thing& b) {
                         return a.words_.size() < b.words_.size();
                     })->words_.size();
        for (std::size_t i = 0; i < common; ++i)
            for (std::size_t lane = 0; lane < lanes; ++lane) hashers[lane].add_word(things_[lane].words_[i]);
        for (std::size_t lane = 0; lane < waiting_; ++lane) {
            const auto& words = things_[lane].words_;
            for (std::size_t i = common; i < words.size(); ++i) hashers[lane].add_word(words[i]);
            sum_ += hashers[lane].value();
        }
        waiting_ = 0;
    }

    static constexpr std::size_t lanes = 4;
    std::array<Thing, lanes> things_; // the first `waiting_` are to be hashed
    std::size_t waiting_ = 0;
    std::uint64_t sum_ = 0;
};

} // namespace sim
