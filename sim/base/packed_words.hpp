#pragma once

#include "sim/base/archive.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace sim {

/// A plain value of whole 8-byte words as those that are not zero, behind a mask of one bit for each: states hold many zeros, and what is
/// not written need not be hashed, read or waited for.
template <class T>
class PackedWords {
public:
    static constexpr std::size_t words = sizeof(T) / 8, mask_words = (words + 63) / 64;
    static constexpr std::size_t most_bytes = 8 * (mask_words + words);

    static void put(Archive& out, const T& value)
    {
        std::array<std::uint64_t, words> all{};
        std::memcpy(all.data(), &value, sizeof value);
        std::array<std::uint64_t, mask_words + words> packed{};
        std::size_t n = mask_words;
        for (std::size_t i = 0; i < words; ++i) { // no branch: zeros come as they please
            const bool counts = all[i] != 0;
            packed[i / 64] |= std::uint64_t{counts} << (i % 64);
            packed[n] = all[i];
            n += counts ? 1 : 0;
        }
        out.raw(packed.data(), 8 * n);
    }

    /// Throws ArchiveError when the state ends too early, or names words that the value does not have.
    static T get(Archive& in)
    {
        std::array<std::uint64_t, mask_words> masks{};
        in.raw(masks.data(), sizeof masks);
        if constexpr (words % 64 != 0)
            if (masks.back() >> (words % 64) != 0) throw ArchiveError("a packed value is too long");
        std::array<std::uint64_t, words> all{};
        for (std::size_t m = 0; m < mask_words; ++m)
            for (std::uint64_t mask = masks[m]; mask != 0; mask &= mask - 1)
                std::memcpy(&all[64 * m + static_cast<std::size_t>(std::countr_zero(mask))], in.next(8), 8);
        return std::bit_cast<T>(all);
    }

private:
    static_assert(sizeof(T) % 8 == 0 && std::is_trivially_copyable_v<T>);
};

} // namespace sim
