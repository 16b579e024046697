#include "sim/base/apportion.hpp"
#include "sim/base/check.hpp"

#include <doctest/doctest.h>

#include <numeric>

namespace {

std::vector<std::int64_t> split(std::int64_t total, std::vector<std::int64_t> weights)
{
    return sim::apportion(total, weights);
}

} // namespace

TEST_CASE("shares are rounded down and the rest goes to the largest remainders")
{
    CHECK((split(100, {1, 1, 2}) == std::vector<std::int64_t>{25, 25, 50}));
    // 10 x (3, 4, 5) / 12 = 2.50, 3.33, 4.17: floors 2, 3, 4, and one unit left for the remainder .50
    CHECK((split(10, {3, 4, 5}) == std::vector<std::int64_t>{3, 3, 4}));
    // 2 x 1/3 each: remainders tie, the lower index wins
    CHECK((split(2, {1, 1, 1}) == std::vector<std::int64_t>{1, 1, 0}));
    CHECK((split(7, {0, 5, 0}) == std::vector<std::int64_t>{0, 7, 0}));
}

TEST_CASE("a split of all-zero weights is even, and a negative total mirrors the positive one")
{
    CHECK((split(5, {0, 0}) == std::vector<std::int64_t>{3, 2}));
    CHECK((split(-10, {3, 4, 5}) == std::vector<std::int64_t>{-3, -3, -4}));
    CHECK(split(0, {}).empty());
}

TEST_CASE("what cannot be split is refused")
{
    CHECK_THROWS_AS(split(1, {}), sim::ContractViolation);
    CHECK_THROWS_AS(split(1, {1, -1}), sim::ContractViolation);
}

TEST_CASE("no product overflows: a total of 9e18 with weights of 9e18 splits in halves")
{
    constexpr std::int64_t big = 9'000'000'000'000'000'000;
    CHECK((split(big, {big, big}) == std::vector<std::int64_t>{big / 2, big / 2}));
}

TEST_CASE("shares sum to the total and are within one unit of proportion, whatever the weights")
{
    for (std::uint64_t round = 0; round < 200; ++round) {
        std::vector<std::int64_t> weights(1 + sim::mix64(round) % 20);
        for (std::size_t i = 0; i < weights.size(); ++i)
            weights[i] = static_cast<std::int64_t>(sim::make_key(round, i) % 1000);
        const auto total = static_cast<std::int64_t>(sim::make_key(round) % 100000);
        const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
        const auto shares = split(total, weights);
        CHECK(std::accumulate(shares.begin(), shares.end(), std::int64_t{0}) == total);
        for (std::size_t i = 0; sum > 0 && i < weights.size(); ++i)
            CHECK(std::abs(shares[i] * sum - total * weights[i]) < sum);
    }
}
