#include "sim/experiment/stein.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/check.hpp"
#include "sim/experiment/sample.hpp"
#include "sim/experiment/student_t.hpp"

namespace sim::experiment {

SteinRule::SteinRule(std::span<const double> first, int comparisons, double confidence)
    : first_(static_cast<std::int64_t>(first.size())), tail_((1 - confidence) / 2 / comparisons),
      deviation_(std::sqrt(Sample(first).variance)),
      t_(student_t_quantile(1 - tail_, static_cast<int>(first.size()) - 1))
{
    require(comparisons >= 1 && confidence > 0 && confidence < 1, "at least one comparison, confidence in (0, 1)");
}

std::int64_t SteinRule::pairs(double half_width) const
{
    require(half_width > 0, "a half-width is positive");
    if (deviation_ == 0) return zero_variance_factor * first_;
    const double ratio = t_ * deviation_ / half_width;
    constexpr double most = 1e15; // beyond any number of runs, and exact in both types
    return std::max(first_, static_cast<std::int64_t>(std::min(most, std::ceil(ratio * ratio))));
}

Interval SteinRule::interval(std::span<const double> all) const
{
    const Sample sample(all);
    const auto n = static_cast<double>(all.size());
    double half = t_ * deviation_ / std::sqrt(n);
    if (deviation_ == 0)
        half = student_t_quantile(1 - tail_, static_cast<int>(all.size()) - 1) * std::sqrt(sample.variance / n);
    return {sample.mean - half, sample.mean + half};
}

} // namespace sim::experiment
