#include "sim/experiment/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/experiment/sample.hpp"

namespace sim::experiment {
namespace {

__extension__ using Wide = unsigned __int128;

/// Draws with replacement.
void resample(std::span<const double> values, Key key, int number, std::vector<double>& drawn)
{
    const Draw draw(0, key, 0, static_cast<std::uint32_t>(number));
    const auto n = static_cast<Wide>(values.size());
    for (std::size_t i = 0; i < drawn.size(); ++i)
        drawn[i] = values[static_cast<std::size_t>(n * draw.bits(static_cast<unsigned>(i)) >> 64)];
}

/// (mean - centre) / s; infinite where s is 0 and the mean is not the centre.
double studentised(const Sample& sample, double centre)
{
    const double distance = sample.mean - centre;
    if (sample.variance > 0) return distance / std::sqrt(sample.variance);
    return distance == 0 ? 0.0 : std::copysign(std::numeric_limits<double>::infinity(), distance);
}

} // namespace

Interval bootstrap_t(std::span<const double> values, double tail, Key key)
{
    const Sample sample(values);
    if (sample.variance == 0) return {sample.mean, sample.mean};
    std::vector<double> drawn(values.size()), ratios;
    for (int i = 0; i < bootstrap_resamples; ++i) {
        resample(values, key, i, drawn);
        ratios.push_back(studentised(Sample(drawn), sample.mean));
    }
    std::sort(ratios.begin(), ratios.end());
    const auto beyond = static_cast<std::size_t>(std::max(0.0, std::floor((bootstrap_resamples + 1) * tail) - 1));
    const double s = std::sqrt(sample.variance);
    return {sample.mean - ratios[ratios.size() - 1 - beyond] * s, sample.mean - ratios[beyond] * s};
}

} // namespace sim::experiment
