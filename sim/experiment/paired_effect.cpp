#include "sim/experiment/paired_effect.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/check.hpp"
#include "sim/experiment/bootstrap.hpp"
#include "sim/experiment/sample.hpp"

namespace sim::experiment {
namespace {

constexpr double rounding = 1e-14;

Contrast pair_of(std::span<const double> base, std::span<const double> policy)
{
    return {{-1, 1}, {{base.begin(), base.end()}, {policy.begin(), policy.end()}}};
}

std::ptrdiff_t ways(const Contrast& runs)
{
    return std::count_if(runs.weights.begin(), runs.weights.end(), [](double weight) { return weight != 0; });
}

/// Sum of f(weight) times value over the ways of a seed.
template <class F>
double weighted(const Contrast& runs, std::size_t seed, F&& f)
{
    double sum = 0;
    for (std::size_t way = 0; way < runs.weights.size(); ++way) sum += f(runs.weights[way]) * runs.values[way][seed];
    return sum;
}

double added(double weight) { return std::max(weight, 0.0); }
double subtracted(double weight) { return std::max(-weight, 0.0); }

/// Variance of the effect if its runs had nothing in common.
double variance_apart(const Contrast& runs)
{
    double sum = 0;
    for (std::size_t way = 0; way < runs.weights.size(); ++way)
        if (const double weight = runs.weights[way]; weight != 0)
            sum += weight * weight * Sample(runs.values[way]).variance;
    return sum;
}

} // namespace

std::vector<double> paired_differences(const Contrast& runs)
{
    require(runs.weights.size() == runs.values.size() && runs.values.size() >= 2, "each way has a weight and values");
    for (const auto& values : runs.values)
        require(values.size() == runs.values[0].size(), "each seed has a value in each way");
    std::vector<double> differences;
    double largest = 0;
    for (std::size_t seed = 0; seed < runs.values[0].size(); ++seed) {
        const double without = weighted(runs, seed, subtracted), with = weighted(runs, seed, added);
        differences.push_back(with - without);
        const double size = std::max(std::abs(without), std::abs(with));
        if (ways(runs) > 2 && std::abs(differences.back()) <= rounding * size) differences.back() = 0;
        largest = std::max(largest, size);
    }
    if (differences.empty()) return differences;
    const auto [low, high] = std::minmax_element(differences.begin(), differences.end());
    const bool is_constant = *low != 0 && *high != 0 && *high - *low <= rounding * largest;
    if (is_constant) std::fill(differences.begin(), differences.end(), differences[0]);
    return differences;
}

std::vector<double> paired_differences(std::span<const double> base, std::span<const double> policy)
{
    return paired_differences(pair_of(base, policy));
}

PairedEffect paired_effect(const Contrast& runs, const SteinRule& rule, Key key)
{
    const std::vector<double> differences = paired_differences(runs);
    std::vector<double> without;
    for (std::size_t seed = 0; seed < differences.size(); ++seed) without.push_back(weighted(runs, seed, subtracted));
    const Sample difference(differences);
    const auto n = static_cast<double>(differences.size());
    PairedEffect result;
    result.pairs = static_cast<int>(differences.size());
    result.base = Sample(without).mean;
    result.effect = difference.mean;
    result.interval = rule.interval(differences);
    result.zero_share = static_cast<double>(std::count(differences.begin(), differences.end(), 0.0)) / n;
    result.skewness = difference.skewness;
    if (std::abs(difference.skewness) > skewness_limit) result.bootstrap = bootstrap_t(differences, rule.tail(), key);
    result.variance_ratio =
        difference.variance > 0 ? variance_apart(runs) / difference.variance : std::numeric_limits<double>::quiet_NaN();
    result.unpaired_runs = static_cast<double>(ways(runs)) * n * result.variance_ratio;
    return result;
}

PairedEffect paired_effect(std::span<const double> base, std::span<const double> policy, const SteinRule& rule, Key key)
{
    return paired_effect(pair_of(base, policy), rule, key);
}

} // namespace sim::experiment
