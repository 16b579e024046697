#include "sim/experiment/sample.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/check.hpp"

namespace sim::experiment {

Sample::Sample(std::span<const double> values)
{
    require(values.size() >= 2, "a sample has at least two values");
    const auto n = static_cast<double>(values.size());
    if (std::all_of(values.begin(), values.end(), [&](double x) { return x == values[0]; })) {
        mean = values[0]; // else rounding of the mean would look like variance
        return;
    }
    for (const double x : values) mean += x / n;
    double second = 0, third = 0;
    for (const double x : values) second += (x - mean) * (x - mean), third += (x - mean) * (x - mean) * (x - mean);
    variance = second / (n - 1);
    const double spread = second / n;
    skewness = spread > 0 ? third / n / (spread * std::sqrt(spread)) : 0;
}

} // namespace sim::experiment
