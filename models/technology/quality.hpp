// E21: quality, defects, accidents, qualification of parts that only imports serve.
#pragma once

#include "models/technology.hpp"

namespace fabrica {

/// Speeds per year and levels that move ln quality.
struct QualityRule {
    double research_gain, decay, contact, venture_level;
};

/// ln quality after a part of a year: x' = x + dt (gain ln(1 + r) + lambda c (x_JV - x) - decay x); contact does not lower it.
/// @param research  R&D share of the firm over that of its sector, r >= 0
/// @param contact   c with joint ventures, in [0, 1]
[[nodiscard]] double quality_after(double quality, double research, double contact, double years,
                                   const QualityRule& rule);

/// Where ln quality settles: (gain ln(1 + r) + lambda c x_JV) / (decay + lambda c), without contact when that alone is higher.
[[nodiscard]] double settled_quality(double research, double contact, const QualityRule& rule);

/// Defective goods over output: rate at level 1 and ln quality 0 x mean of the levels' factors x exp(-ln quality).
[[nodiscard]] double defect_share(const float (&capacity)[maturity_levels], double quality, double rate);

/// Mean of a ladder of factors over the capacity at each level; its first value for a firm without capacity.
[[nodiscard]] double over_levels(const float (&capacity)[maturity_levels],
                                 const std::array<double, maturity_levels>& ladder);

/// Part of the imports of a product that still has no substitute: the first day's x (1 - part of home capacity that is qualified).
[[nodiscard]] inline double critical_after(double first, double qualified) { return first * (1 - qualified); }

} // namespace fabrica
