#include "sim/experiment/paired_effect.hpp"

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "sim/base/check.hpp"
#include "sim/experiment/bootstrap.hpp"
#include "sim/experiment/sample.hpp"

using namespace sim::experiment;

namespace {

/// Alternately -1 and 1: mean 0, s^2 = n / (n - 1).
std::vector<double> alternating(int n)
{
    std::vector<double> values;
    for (int i = 0; i < n; ++i) values.push_back(i % 2 == 0 ? -1.0 : 1.0);
    return values;
}

constexpr double t15 = 2.1314495; // upper 2.5 % of Student's t with 15 degrees of freedom

} // namespace

TEST_CASE("moments of a sample, by hand")
{
    // 1, 1, 1, 5: mean 2, squares 1 + 1 + 1 + 9 = 12, cubes -3 + 27 = 24
    const Sample sample(std::vector<double>{1, 1, 1, 5});
    CHECK(sample.mean == 2);
    CHECK(sample.variance == 4);                                       // 12 / 3
    CHECK(sample.skewness == doctest::Approx(6 / (3 * std::sqrt(3)))); // (24 / 4) / (12 / 4)^1.5
    CHECK(Sample(std::vector<double>(7, 0.1)).variance == 0);          // not the rounding of the mean
    CHECK(Sample(std::vector<double>(7, 0.1)).mean == 0.1);
}

TEST_CASE("Stein's rule: pairs from the variance of the first stage, and never fewer than that")
{
    const auto first = alternating(16); // s^2 = 16 / 15
    const SteinRule rule(first, 1);
    CHECK(rule.deviation() == doctest::Approx(std::sqrt(16.0 / 15)));
    // (t s / h)^2 with h = 0.25: 4.5431 x 1.06667 / 0.0625 = 77.5
    CHECK(rule.pairs(0.25) == 78);
    CHECK(rule.pairs(10) == 16);
    CHECK(rule.pairs(1e-300) > 1000000);
    // The interval of 78 pairs uses the first stage's s and t: it is as short as was asked.
    auto all = alternating(78);
    const Interval interval = rule.interval(all);
    CHECK(interval.half_width() == doctest::Approx(t15 * std::sqrt(16.0 / 15 / 78)));
    CHECK(interval.half_width() <= 0.25);
    CHECK(interval.low + interval.high == doctest::Approx(0));
}

TEST_CASE("several comparisons share the error probability (Bonferroni)")
{
    const auto first = alternating(16);
    // Two comparisons: 1.25 % beyond each end instead of 2.5; t(15) = 2.4899 (2.4899^2 x 1.06667 / 0.0625 = 105.8)
    CHECK(SteinRule(first, 2).tail() == doctest::Approx(0.0125));
    CHECK(SteinRule(first, 2).pairs(0.25) == 106);
}

TEST_CASE("a first stage without variance is not the end")
{
    const std::vector<double> none(16, 0.0);
    const SteinRule rule(none, 1);
    CHECK(rule.pairs(0.1) == 64);
    // Among 64 pairs one differs: the interval is that of all pairs, not of no width.
    std::vector<double> all(64, 0.0);
    all[40] = 8;
    const Interval interval = rule.interval(all);
    CHECK(interval.low < 0);
    CHECK(interval.high > 0.125);
    CHECK(rule.interval(none).half_width() == 0);
}

TEST_CASE("a policy equal to the base has effect exactly 0 in every pair")
{
    const auto values = alternating(16);
    const PairedEffect e = paired_effect(values, values, SteinRule(std::vector<double>(16, 0.0), 1), 1);
    CHECK(e.effect == 0);
    CHECK(e.zero_share == 1);
    CHECK(e.interval.low == 0);
    CHECK(e.interval.high == 0);
    CHECK(std::isnan(e.variance_ratio));
    CHECK_FALSE(e.bootstrap);
}

TEST_CASE("pairing is judged by the same runs")
{
    // Base +-10, difference 2 +- 1 crossed with it: Var A = 100, Var B = 101, Var(B - A) = 1, all times n / (n - 1)
    std::vector<double> base, policy, difference;
    for (int i = 0; i < 16; ++i) {
        base.push_back(i % 2 == 0 ? -10 : 10);
        difference.push_back(i / 2 % 2 == 0 ? 1 : 3);
        policy.push_back(base.back() + difference.back());
    }
    const PairedEffect e = paired_effect(base, policy, SteinRule(difference, 1), 1);
    CHECK(e.pairs == 16);
    CHECK(e.base == 0);
    CHECK(e.effect == 2);
    CHECK(e.zero_share == 0);
    CHECK(e.variance_ratio == doctest::Approx(201));
    CHECK(e.unpaired_runs == doctest::Approx(32 * 201));
}

TEST_CASE("skewed differences get a bootstrap interval that leans to their long side, the same each time")
{
    std::vector<double> base(20, 5.0), policy(20, 5.0), difference(20, 0.0);
    for (int i = 0; i < 20; ++i) difference[static_cast<std::size_t>(i)] = i < 17 ? i % 5 : 30 + i;
    for (std::size_t i = 0; i < 20; ++i) policy[i] += difference[i];
    const SteinRule rule(difference, 1);
    const PairedEffect e = paired_effect(base, policy, rule, 7);
    CHECK(e.skewness > skewness_limit);
    REQUIRE(e.bootstrap);
    CHECK(e.bootstrap->high - e.effect > e.effect - e.bootstrap->low);
    const Interval again = bootstrap_t(difference, rule.tail(), 7), other = bootstrap_t(difference, rule.tail(), 8);
    CHECK(again.low == e.bootstrap->low);
    CHECK(again.high == e.bootstrap->high);
    CHECK(other.low != again.low);
}

TEST_CASE("a sample in which almost nothing differs does not bound the effect")
{
    std::vector<double> sparse(16, 0.0);
    sparse[3] = 1;
    CHECK(std::isinf(bootstrap_t(sparse, 0.025, 1).high));
}

TEST_CASE("too small samples are refused")
{
    CHECK_THROWS_AS(Sample(std::vector<double>{1}), sim::ContractViolation);
    CHECK_THROWS_AS(static_cast<void>(SteinRule(alternating(16), 1).pairs(0)), sim::ContractViolation);
}

TEST_CASE("a constant effect has no variance, whatever its values were rounded to")
{
    std::vector<double> base, policy;
    for (int i = 0; i < 16; ++i) base.push_back(536.03 + 0.1 * i), policy.push_back(base.back() + 270.1);
    const auto differences = paired_differences(base, policy);
    const PairedEffect e = paired_effect(base, policy, SteinRule(differences, 1), 1);
    CHECK(e.effect == doctest::Approx(270.1));
    CHECK(e.interval.half_width() == 0);
    CHECK(std::isnan(e.variance_ratio));
    CHECK_FALSE(e.bootstrap);
    // A difference that is there in some pairs only is no rounding, however small.
    policy = base;
    policy[3] += 1e-12;
    CHECK(paired_effect(base, policy, SteinRule(paired_differences(base, policy), 1), 1).zero_share == 15.0 / 16);
}
