#include "sim/experiment/paired_effect.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/check.hpp"
#include "sim/experiment/bootstrap.hpp"
#include "sim/experiment/sample.hpp"

namespace sim::experiment {

std::vector<double> paired_differences(std::span<const double> base, std::span<const double> policy)
{
    require(base.size() == policy.size(), "a pair has two values");
    std::vector<double> differences;
    double largest = 0;
    for (std::size_t i = 0; i < base.size(); ++i) {
        differences.push_back(policy[i] - base[i]);
        largest = std::max({largest, std::abs(base[i]), std::abs(policy[i])});
    }
    if (differences.empty()) return differences;
    constexpr double rounding = 1e-14;
    const auto [low, high] = std::minmax_element(differences.begin(), differences.end());
    const bool is_constant = *low != 0 && *high != 0 && *high - *low <= rounding * largest;
    if (is_constant) std::fill(differences.begin(), differences.end(), differences[0]);
    return differences;
}

PairedEffect paired_effect(std::span<const double> base, std::span<const double> policy, const SteinRule& rule, Key key)
{
    const std::vector<double> differences = paired_differences(base, policy);
    const Sample without(base), with(policy), difference(differences);
    const auto n = static_cast<double>(base.size());
    PairedEffect result;
    result.pairs = static_cast<int>(base.size());
    result.base = without.mean;
    result.effect = difference.mean;
    result.interval = rule.interval(differences);
    result.zero_share = static_cast<double>(std::count(differences.begin(), differences.end(), 0.0)) / n;
    result.skewness = difference.skewness;
    if (std::abs(difference.skewness) > skewness_limit) result.bootstrap = bootstrap_t(differences, rule.tail(), key);
    result.variance_ratio = difference.variance > 0 ? (without.variance + with.variance) / difference.variance
                                                    : std::numeric_limits<double>::quiet_NaN();
    result.unpaired_runs = 2 * n * result.variance_ratio;
    return result;
}

} // namespace sim::experiment
