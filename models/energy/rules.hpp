// E29: energy, CO2, what a carbon price adds to unit cost, what a cap leaves.
#pragma once

#include "models/technology.hpp"
#include "sim/base/math.hpp"

#include <algorithm>
#include <array>

namespace fabrica {

/// Mean of energy_of_level over a firm's capacity; 1 without any.
template <class Number>
[[nodiscard]] double energy_intensity(const Number (&capacity)[maturity_levels])
{
    double sum = 0, energy = 0;
    for (std::size_t m = 0; m < maturity_levels; ++m) {
        sum += static_cast<double>(capacity[m]);
        energy += static_cast<double>(capacity[m]) * energy_of_level[m];
    }
    return sum > 0 ? energy / sum : 1;
}

/// Energy per unit of output at level 1 such that the base year's mix of levels gives the sector's mean.
/// @param mean  of the sector, any unit     @param mix  shares of capacity by level
[[nodiscard]] inline double energy_at_level_one(double mean, const std::array<double, maturity_levels>& mix)
{
    double sum = 0;
    for (std::size_t m = 0; m < maturity_levels; ++m) sum += mix[m] * energy_of_level[m];
    return sum > 0 ? mean / sum : mean;
}

/// What is left of an intensity after `years` of improvement.
/// @param rate  per year, below 1
[[nodiscard]] inline double improved(double rate, double years)
{
    return sim::math::exp(sim::math::log1p(-rate) * years);
}

/// Yearly cap on the way to net zero, over the emissions when it began: straight down to what sinks take up.
/// @param years  since it began     @param span  from then to net zero, above 0     @param residual  what sinks take up [1]
[[nodiscard]] inline double net_zero_part(double years, double span, double residual)
{
    return std::max(residual, 1 - (1 - residual) * std::clamp(years / span, 0.0, 1.0));
}

/// Part of the permits asked for that can be given: everything below the cap.
[[nodiscard]] inline double permit_fill(double cap, double asked) { return asked > cap ? cap / asked : 1; }

/// Output that a firm's permits allow: permits are given for usual output at the sector's mean emissions, so a clean firm makes more.
/// @param fill   part of the permits given     @param mean, own  emissions per unit, of the sector and of the firm, above 0
/// @param usual  output
[[nodiscard]] inline double permitted_output(double fill, double mean, double own, double usual)
{
    return fill * mean / own * usual;
}

} // namespace fabrica
