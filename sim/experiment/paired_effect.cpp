#include "sim/experiment/paired_effect.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "sim/base/check.hpp"
#include "sim/experiment/bootstrap.hpp"
#include "sim/experiment/sample.hpp"

namespace sim::experiment {

PairedEffect paired_effect(std::span<const double> base, std::span<const double> policy, const SteinRule& rule, Key key)
{
    require(base.size() == policy.size(), "a pair has two values");
    std::vector<double> differences;
    for (std::size_t i = 0; i < base.size(); ++i) differences.push_back(policy[i] - base[i]);
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
