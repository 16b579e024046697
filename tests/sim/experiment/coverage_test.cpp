// How often the intervals hold the true effect, over thousands of synthetic experiments with keyed draws.
#include <functional>
#include <vector>

#include <doctest/doctest.h>

#include "sim/base/random.hpp"
#include "sim/experiment/bootstrap.hpp"
#include "sim/experiment/stein.hpp"

using namespace sim::experiment;

namespace {

constexpr int experiments = 4000;

using Effect = std::function<double(const sim::Draw&)>;

std::vector<double> pairs(const Effect& effect, int experiment, std::int64_t count)
{
    std::vector<double> differences;
    for (std::int64_t seed = 0; seed < count; ++seed)
        differences.push_back(
            effect(sim::Draw(1, sim::make_key(experiment, seed), 0, static_cast<std::uint32_t>(experiment))));
    return differences;
}

double normal(const sim::Draw& draw) { return draw.normal(); }

double lognormal(const sim::Draw& draw) { return sim::math::exp(draw.normal()); }
const double lognormal_mean = sim::math::exp(0.5), lognormal_sd = 2.1611974;

/// One pair in ten differs, up or down.
double sparse(const sim::Draw& draw) { return draw.uniform(1) < 0.1 ? draw.normal() : 0.0; }
const double sparse_sd = 0.3162278;

double stein_coverage(const Effect& effect, double truth, double half_width)
{
    int held = 0;
    for (int i = 0; i < experiments; ++i) {
        const SteinRule rule(pairs(effect, i, first_stage_pairs), 1);
        const Interval interval = rule.interval(pairs(effect, i, rule.pairs(half_width)));
        held += interval.low <= truth && truth <= interval.high;
    }
    return static_cast<double>(held) / experiments;
}

/// The fault that the rule is there to prevent: look after each pair from the second on, stop when the interval is short.
double naive_coverage(const Effect& effect, double truth, double half_width)
{
    int held = 0;
    for (int i = 0; i < experiments; ++i) {
        const auto all = pairs(effect, i, 400);
        for (std::size_t n = 2; n <= all.size(); ++n) {
            const std::span<const double> seen(all.data(), n);
            const Interval interval = SteinRule(seen, 1).interval(seen);
            if (n < all.size() && interval.half_width() > half_width) continue;
            held += interval.low <= truth && truth <= interval.high;
            break;
        }
    }
    return static_cast<double>(held) / experiments;
}

} // namespace

TEST_CASE("Stein's rule holds a nominal 95 % for normal effects")
{
    for (const double half_width : {0.3, 0.6}) {
        const double coverage = stein_coverage(normal, 0, half_width);
        INFO("half-width ", half_width, " s.d.: ", coverage);
        CHECK(coverage >= 0.945);
        CHECK(coverage <= 0.97);
    }
}

TEST_CASE("skewed effects get 81 to 84 % of it, which is why they are warned of")
{
    const double coverage = stein_coverage(lognormal, lognormal_mean, 0.25 * lognormal_sd);
    INFO(coverage);
    CHECK(coverage >= 0.81);
    CHECK(coverage <= 0.84);
}

TEST_CASE("sparse effects are held 99 times in a hundred, stopping when it looks good hardly ever")
{
    const double coverage = stein_coverage(sparse, 0, 0.4 * sparse_sd);
    INFO(coverage);
    CHECK(coverage >= 0.98);
    CHECK(coverage <= 0.998);
    const Effect one_sided = [](const sim::Draw& draw) { return draw.uniform(1) < 0.1 ? 1 + draw.normal() : 0.0; };
    const double naive = naive_coverage(one_sided, 0.1, 0.05);
    INFO("stopping from two pairs on: ", naive);
    CHECK(naive < 0.3);
}

TEST_CASE("the bootstrap interval of a skewed sample holds more often than Student's")
{
    int student = 0, bootstrap = 0;
    const int trials = 300, n = 32;
    for (int i = 0; i < trials; ++i) {
        const auto values = pairs(lognormal, i, n);
        const Interval a = SteinRule(values, 1).interval(values), b = bootstrap_t(values, 0.025, sim::make_key(i));
        student += a.low <= lognormal_mean && lognormal_mean <= a.high;
        bootstrap += b.low <= lognormal_mean && lognormal_mean <= b.high;
    }
    INFO(student, " and ", bootstrap, " of ", trials);
    CHECK(student < 0.92 * trials);
    CHECK(bootstrap > 0.91 * trials);
    CHECK(bootstrap > student);
}
