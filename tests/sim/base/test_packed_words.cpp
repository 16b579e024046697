#include "sim/base/packed_words.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

namespace {

template <std::size_t N>
using Row = std::array<std::int64_t, N>;

template <class T>
[[gnu::noinline]] std::vector<std::byte> packed( // inlined, gcc 12 sees an overflow that is none
    const T& value)
{
    sim::Archive out;
    sim::PackedWords<T>::put(out, value);
    return out.take();
}

template <class T>
T unpacked(const std::vector<std::byte>& bytes)
{
    sim::Archive in(bytes);
    const T value = sim::PackedWords<T>::get(in);
    in.end();
    return value;
}

} // namespace

TEST_CASE("only words that are not zero are kept, behind one bit for each word")
{
    CHECK(packed(Row<3>{}).size() == 8);
    CHECK(packed(Row<3>{0, 7, 0}).size() == 8 + 8);
    CHECK(packed(Row<64>{1}).size() == 8 + 8);
    CHECK(packed(Row<65>{}).size() == 16);
    const auto bytes = packed(Row<3>{0, 7, -1});
    REQUIRE(bytes.size() == 24);
    CHECK(bytes[0] == std::byte{0b110}); // the second and the third
    CHECK(bytes[8] == std::byte{7});
}

TEST_CASE("what is packed comes back, whichever words are zero")
{
    for (unsigned mask = 0; mask < 256; ++mask) {
        Row<130> row{}; // two full masks and the beginning of a third
        for (std::size_t i = 0; i < row.size(); ++i)
            if ((mask >> i % 8 & 1) != 0) row[i] = static_cast<std::int64_t>(i * 0x0123456789ABCDEFu + 1);
        CHECK(unpacked<Row<130>>(packed(row)) == row);
    }
    Row<64> full;
    full.fill(-1);
    CHECK(unpacked<Row<64>>(packed(full)) == full);
    struct alignas(64) Plain {
        double x = -0.0;
        std::uint64_t flag = 1;
        std::uint64_t rest[6] = {}; // no padding: its bytes would be anybody's
        bool operator==(const Plain&) const = default;
    };
    const Plain back = unpacked<Plain>(packed(Plain{}));
    CHECK(std::signbit(back.x)); // minus zero is not zero
    CHECK(back == Plain{});
}

TEST_CASE("packed words that are cut off, or name words that a value does not have, are refused")
{
    auto bytes = packed(Row<3>{1, 2, 3});
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        sim::Archive in(std::span<const std::byte>(bytes).first(size));
        CHECK_THROWS_AS(sim::PackedWords<Row<3>>::get(in), sim::ArchiveError);
    }
    bytes[0] |= std::byte{0b1000};
    bytes.resize(bytes.size() + 8);
    sim::Archive in(bytes);
    CHECK_THROWS_AS(sim::PackedWords<Row<3>>::get(in), sim::ArchiveError);
}
