#include "sim/base/check.hpp"
#include "sim/base/hash_sum.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <string>

namespace {

struct Padded {
    double a;
    std::int16_t b;
};

template <class T>
std::uint64_t hash_of(const T& value)
{
    sim::Hasher hasher;
    hasher.add(value);
    return hasher.value();
}

} // namespace

TEST_CASE("a key depends on its parts, their order and their number")
{
    CHECK(sim::make_key(1, 2) == 0x5583448124b03f2au); // fixed: runs of different versions compare by keys
    CHECK(sim::make_key(1, 2) != sim::make_key(2, 1));
    CHECK(sim::make_key(1) != sim::make_key(1, 0));
    CHECK(sim::make_key(0) != sim::make_key(0, 0));
}

TEST_CASE("flipping any input bit of a key moves about half of its 64 bits")
{
    double flipped = 0;
    for (int bit = 0; bit < 64; ++bit)
        flipped += std::popcount(sim::make_key(7, std::uint64_t{1} << bit) ^ sim::make_key(7, 0));
    CHECK(flipped / 64 > 30); // 32 expected, standard error 4/8 = 0.5
    CHECK(flipped / 64 < 34);
}

TEST_CASE("a hash sees every member, and not the padding between them")
{
    Padded one{1.5, 3}, same;
    std::memset(static_cast<void*>(&same), 0xAB, sizeof same);
    same.a = 1.5;
    same.b = 3;
    CHECK(hash_of(one) == hash_of(same));
    CHECK(hash_of(one) != hash_of(Padded{1.5, 4}));
    CHECK(hash_of(one) != hash_of(Padded{2.5, 3}));
    CHECK(hash_of(0.0) != hash_of(-0.0)); // doubles count by their bits
    CHECK(hash_of(std::array<int, 2>{1, 2}) != hash_of(std::array<int, 2>{2, 1}));
}

TEST_CASE("hashes side by side are those of hashers of their own, whatever the number of things and of their words")
{
    for (const int things : {0, 1, 3, 4, 5, 8, 11}) {
        CAPTURE(things);
        sim::HashSum sum;
        std::uint64_t expected = 0;
        for (int thing = 0; thing < things; ++thing) {
            sim::Hasher own;
            const auto describe = [&](auto& words) {
                words.add(std::string_view("a name of 21 letters!"));
                for (int i = 0; i < thing * 5 % 7; ++i) words.add(0.5 * i), words.add(thing);
            };
            describe(own);
            expected += own.value();
            sum.add(describe);
            if (thing == 5) CHECK(sum.value() == expected); // asked on the way
        }
        CHECK(sum.value() == expected);
    }
}

TEST_CASE("a broken contract names expression, place, window and agent")
{
    std::string text;
    try {
        sim::fail_contract("expected", "x > 0", "file.cpp", 12, {41, 7});
    } catch (const sim::ContractViolation& violation) {
        text = violation.what();
    }
    CHECK(text == "expected x > 0 (file.cpp:12, window 41, agent 7)");
#ifndef NDEBUG
    CHECK_THROWS_AS(SIM_EXPECT(1 > 2), sim::ContractViolation);
    CHECK_THROWS_AS(SIM_ENSURE(1 > 2, sim::Where{3, 4}), sim::ContractViolation);
#endif
    CHECK_NOTHROW(SIM_EXPECT(2 > 1));
}
