#include "sim/experiment/factorial.hpp"

#include <bit>
#include <cmath>
#include <numeric>

#include <doctest/doctest.h>

#include "sim/base/check.hpp"
#include "sim/experiment/paired_effect.hpp"

using namespace sim::experiment;

namespace {

double contrast(const std::vector<double>& weights, const std::vector<double>& runs)
{
    return std::inner_product(weights.begin(), weights.end(), runs.begin(), 0.0);
}

/// Runs of a seed by arm, for seeds that add `luck` to all of them.
Contrast with_luck(const std::vector<double>& weights, const std::vector<double>& runs, const std::vector<double>& luck)
{
    Contrast result{weights, {}};
    for (const double run : runs) {
        std::vector<double>& values = result.values.emplace_back();
        for (const double more : luck) values.push_back(run + more);
    }
    return result;
}

} // namespace

TEST_CASE("effects of a 2^2 design by hand")
{
    // without 10, with a 13, with b 15, with both 24
    const std::vector<double> runs{10, 13, 15, 24};
    CHECK(contrast(factorial_weights(2, 1), runs) == 6); // a: (13 - 10 + 24 - 15) / 2
    CHECK(contrast(factorial_weights(2, 2), runs) == 8); // b: (15 - 10 + 24 - 13) / 2
    CHECK(contrast(factorial_weights(2, 3), runs) == 6); // both: 24 - 13 - 15 + 10
    CHECK(factorial_weights(2, 3) == std::vector<double>{1, -1, -1, 1});
}

TEST_CASE("in a design of any size each effect finds its own coefficient and no other")
{
    // y(m) = sum over sets S within m of c(S): then the interaction of S is c(S) plus half of each c above it, in a 2^k design
    for (int k = 1; k <= most_factors; ++k) {
        const unsigned runs = 1U << static_cast<unsigned>(k);
        for (unsigned own = 1; own < runs; ++own) {
            std::vector<double> y(runs, 7.0); // a level common to all runs is no effect
            for (unsigned m = 0; m < runs; ++m) y[m] += (m & own) == own ? 3.0 : 0.0;
            for (unsigned set = 1; set < runs; ++set) {
                const int more = std::popcount(own & ~set);
                const double expected = (set & own) == set ? 3.0 / (1 << more) : 0.0;
                CHECK(contrast(factorial_weights(k, set), y) == expected);
            }
        }
    }
}

TEST_CASE("designs that are none are refused")
{
    CHECK_THROWS(factorial_weights(0, 1));
    CHECK_THROWS(factorial_weights(5, 1));
    CHECK_THROWS(factorial_weights(2, 0));
    CHECK_THROWS(factorial_weights(2, 4));
}

TEST_CASE("what the runs of a seed have in common cancels from every effect of a design")
{
    const std::vector<double> luck{0.1, -3.7, 2.9, 0.3, 11.13};
    const std::vector<double> runs{10.1, 13.2, 15.3, 18.4}; // additive: 3.1 + 5.2
    for (unsigned set = 1; set < 4; ++set) {
        const Contrast all = with_luck(factorial_weights(2, set), runs, luck);
        const auto differences = paired_differences(all);
        const PairedEffect effect = paired_effect(all, SteinRule(differences, 3), sim::make_key(1));
        CHECK(effect.pairs == 5);
        CHECK(effect.effect == doctest::Approx(set == 1 ? 3.1 : set == 2 ? 5.2 : 0.0));
        CHECK(effect.interval.half_width() == 0);
        if (set == 3) CHECK(effect.zero_share == 1); // sums of rounded numbers cancel exactly too
        CHECK(std::isnan(effect.variance_ratio));
    }
}

TEST_CASE("runs without pairs that give the same interval, by hand")
{
    // two runs with variances 2 and 8 (of 1, 3 and 1, 5), differences 0 and 2: variance 2; (2 + 8) / 2 = 5; 2 runs x 2 seeds x 5
    const Contrast pair{{-1, 1}, {{1, 3}, {1, 5}}};
    const auto differences = paired_differences(pair);
    CHECK(differences == std::vector<double>{0, 2});
    const PairedEffect effect = paired_effect(pair, SteinRule(differences, 1), sim::make_key(1));
    CHECK(effect.base == 2);
    CHECK(effect.variance_ratio == 5);
    CHECK(effect.unpaired_runs == 20);
    // a run of weight 0 is no run of this effect; a half weight counts a quarter of the variance
    const Contrast half{{-0.5, 0.5, 0}, {{1, 3}, {1, 5}, {9, 9}}};
    const auto halves = paired_differences(half);
    CHECK(halves == std::vector<double>{0, 1});
    CHECK(paired_effect(half, SteinRule(halves, 1), sim::make_key(1)).unpaired_runs == 20);
}
