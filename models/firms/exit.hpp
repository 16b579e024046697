// E15-E16: hazard of closing, option value, entry.
#pragma once

#include "models/units.hpp"
#include "sim/base/math.hpp"

#include <algorithm>
#include <vector>

namespace fabrica {

/// E15, exogenous part. Yearly hazard of closing: scale x hazard(age) x (L / 10)^size_exponent x exp(-slope (ROA - 0.06)) x (state factor).
/// @param hazard_by_age from age 1; the last value holds beyond     @param employees real employees, > 0
[[nodiscard]] inline double closure_hazard(const std::vector<double>& hazard_by_age, double age_years, double employees,
                                           double roa, double scale, double size_exponent, double profit_slope)
{
    const auto year = std::min(hazard_by_age.size() - 1, static_cast<std::size_t>(std::max(0.0, age_years)));
    const double size = sim::math::exp(size_exponent * sim::math::log(std::max(employees, 0.5) / 10));
    return scale * hazard_by_age[year] * size * sim::math::exp(-profit_slope * (std::clamp(roa, -0.3, 0.5) - 0.06));
}

/// E15. A quarter ends in distress when cash or equity is below zero: money cannot be paid, or debts are more than all the firm has.
[[nodiscard]] bool is_in_distress(Money cash, Money equity);

/// E15, option value. Exit pays when scrap value exceeds the expected stream: scrap > (profit per year) / (r + h).
[[nodiscard]] inline bool exit_pays(double scrap_value, double yearly_profit, double rate, double hazard)
{
    return scrap_value > yearly_profit / (rate + hazard);
}

/// E15. Part of its capacity that a firm closes at once: one of its plants or, where it is more, a part of them; 1 when it has but one.
/// @param sector_share, largest  of its sector's assets: the firm's, and of the largest plant, > 0     @param least  part of its plants, 0 to 1
[[nodiscard]] inline double share_to_close(double sector_share, double largest, double least)
{
    return sector_share < 2 * largest ? 1 : std::max(largest / sector_share, least);
}

/// E16. Expected entrants of a cell and month: (e0 / 12) N w (d / d0)^kappa exp(eta (ROA - r) + xi (g - g0) + subsidy / cost); the exponent is
/// kept in +-1.5. Entry falls with expected growth g.
[[nodiscard]] inline double expected_entrants(double yearly_rate, double sector_firms, double cell_share,
                                              double demand_ratio, double kappa, double eta, double excess_return,
                                              double xi, double excess_growth, double subsidy_over_cost)
{
    const double pull = std::clamp(
        eta * excess_return + xi * excess_growth + subsidy_over_cost + kappa * sim::math::log(demand_ratio), -1.5, 1.5);
    return yearly_rate / 12 * sector_firms * cell_share * sim::math::exp(pull);
}

} // namespace fabrica
