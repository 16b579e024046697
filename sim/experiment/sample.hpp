#pragma once

#include <span>

namespace sim::experiment {

/// Moments of a sample, in the order of its elements.
struct Sample {
    explicit Sample(std::span<const double> values);

    double mean = 0;
    double variance = 0; ///< divided by n - 1; exactly 0 when all are equal
    double skewness = 0; ///< third moment about the mean over the second to 3/2, divided by n; 0 without variance
};

} // namespace sim::experiment
