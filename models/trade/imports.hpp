// E7: home against imported goods.
#pragma once

#include "sim/base/math.hpp"

namespace fabrica {

/// E7. Home share of a product's purchases: d / m = (d0 / m0) ((1 + tariff) pm / pd)^sigma, as d / (d + m).
/// @param home_share0   d0 / (d0 + m0) at equal prices [1]
/// @param relative      (1 + tariff) pm / pd, > 0
[[nodiscard]] inline double home_share(double home_share0, double relative, double sigma)
{
    if (home_share0 <= 0 || home_share0 >= 1) return home_share0;
    const double odds = home_share0 / (1 - home_share0) * sim::math::pow(relative, sigma);
    return odds / (1 + odds);
}

/// E28. Final demand at a relative price: quantity at price 1 x (p / p_reference)^elasticity; elasticity <= 0.
[[nodiscard]] inline double demand_at_price(double quantity, double relative_price, double elasticity)
{
    return relative_price == 1 ? quantity : quantity * sim::math::pow(relative_price, elasticity);
}

} // namespace fabrica
