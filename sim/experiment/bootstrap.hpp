#pragma once

#include <span>

#include "sim/base/key.hpp"
#include "sim/experiment/stein.hpp"

namespace sim::experiment {

inline constexpr int bootstrap_resamples = 9999;

/// Bootstrap-t interval of a mean, for skewed samples: the distribution of (mean - true mean) / standard error is taken from resamples
/// instead of Student's. A side is infinite when so many resamples have no variance that the sample cannot bound it.
/// @param values  at least two
/// @param tail    probability beyond each end [1], in (0, 0.5)
/// @param key     of the draws: the same key and values give the same interval
/// Source: B. Efron (1981), Nonparametric standard errors and confidence intervals, Canadian Journal of Statistics 9(2).
Interval bootstrap_t(std::span<const double> values, double tail, Key key);

} // namespace sim::experiment
