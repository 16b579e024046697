#include "models/units.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>

using namespace fabrica;

TEST_CASE("an amount is quantity x price, rounded once, half away from zero")
{
    // 1500 thousandths = 1.5 units at 2.00 yuan = 3.00 yuan = 300 fen
    CHECK(amount({1500}, 2.0) == Money{300});
    // 5 thousandths at 1 yuan = 0.5 fen: up; -0.5 fen: down; 4 thousandths = 0.4 fen: nothing
    CHECK(amount({5}, 1.0) == Money{1});
    CHECK(amount({-5}, 1.0) == Money{-1});
    CHECK(amount({4}, 1.0) == Money{0});
    CHECK(rounded_fen(2.5) == Money{3});
    CHECK(rounded_goods(-2.5) == Goods{-3});
    CHECK(in_yuan(yuan(7) - Money{50}) == 6.5);
}

TEST_CASE("stock leaves at average historic cost, all of it with the last unit")
{
    // 10 units cost 100 fen; 3 of them take 30 fen
    CHECK(cost_share({100}, {3}, {10}) == Money{30});
    // 1 of 3 units that cost 100 fen: 33.3 fen, rounded down
    CHECK(cost_share({100}, {1}, {3}) == Money{33});
    CHECK(cost_share({100}, {3}, {3}) == Money{100});
    CHECK(cost_share({100}, {0}, {3}) == Money{0});
    CHECK(cost_share({100}, {0}, {0}) == Money{100}); // rounding that an empty stock still carries
}

TEST_CASE("the cost of a stock taken in pieces sums to what it cost, whatever the pieces")
{
    for (const std::int64_t piece : {1, 7, 64, 999}) {
        Money cost{123457};
        Goods stock{1000};
        Money taken{};
        while (stock.milli > 0) {
            const Goods part{std::min(piece, stock.milli)};
            const Money share = cost_share(cost, part, stock);
            cost -= share, stock -= part, taken += share;
        }
        CHECK(taken == Money{123457});
        CHECK(cost == Money{0});
    }
}

TEST_CASE("cost shares of the largest stocks do not overflow")
{
    // half of 10^15 fen over 10^15 thousandths: the product needs 100 bits
    CHECK(cost_share({1'000'000'000'000'000}, {500'000'000'000'000}, {1'000'000'000'000'000}) ==
          Money{500'000'000'000'000});
}
