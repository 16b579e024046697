#include "sim/base/bulk_digest.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <vector>

using sim::BulkDigest;

namespace {

using Bytes = std::vector<std::byte>;

std::string digest(std::span<const std::byte> bytes)
{
    BulkDigest d;
    d.update(bytes);
    return d.hex();
}

Bytes sample(std::size_t size)
{
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>(i * 7 + i / 256);
    return bytes;
}

} // namespace

TEST_CASE("a bulk digest does not depend on how the bytes are cut")
{
    const Bytes bytes = sample(1000);
    for (const std::size_t cut : {0u, 1u, 7u, 63u, 64u, 65u, 128u, 999u, 1000u}) {
        BulkDigest d;
        d.update(std::span(bytes).first(cut));
        CHECK(d.hex() == digest(std::span(bytes).first(cut)));
        d.update(std::span(bytes).subspan(cut));
        CHECK(d.hex() == digest(bytes));
    }
}

TEST_CASE("a bulk digest shows every flipped bit, wherever it lies")
{
    for (const std::size_t size : {1u, 63u, 64u, 65u, 300u}) {
        Bytes bytes = sample(size);
        std::set<std::string> seen{digest(bytes)};
        for (std::size_t bit = 0; bit < 8 * size; ++bit) {
            bytes[bit / 8] ^= static_cast<std::byte>(1 << bit % 8);
            seen.insert(digest(bytes));
            bytes[bit / 8] ^= static_cast<std::byte>(1 << bit % 8);
        }
        CHECK(seen.size() == 8 * size + 1);
    }
}

TEST_CASE("a bulk digest shows a lost end, zeros behind it and swapped parts")
{
    std::set<std::string> seen;
    for (std::size_t size = 0; size < 200; ++size) seen.insert(digest(sample(size)));
    CHECK(seen.size() == 200);
    seen.clear();
    for (std::size_t size = 0; size < 200; ++size) seen.insert(digest(Bytes(size)));
    CHECK(seen.size() == 200);

    seen.clear();
    const Bytes bytes = sample(640);
    for (std::size_t first = 0; first < 640; first += 8)
        for (std::size_t second = first + 8; second < 640; second += 8) {
            Bytes swapped = bytes;
            std::swap_ranges(swapped.begin() + static_cast<long>(first), swapped.begin() + static_cast<long>(first) + 8,
                             swapped.begin() + static_cast<long>(second));
            if (swapped != bytes) seen.insert(digest(swapped));
        }
    CHECK(seen.size() == 80 * 79 / 2);
    CHECK(seen.count(digest(bytes)) == 0);
}
