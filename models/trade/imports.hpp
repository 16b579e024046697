// E7: home against imported goods.
#pragma once

#include "models/units.hpp"
#include "sim/base/math.hpp"

#include <algorithm>

#include <cstdint>

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

/// How imports of one product give way to home goods.
struct ImportRule {
    double sigma;          // elasticity of the part that has a substitute at home
    double critical_share; // part of the imports at equal prices that has none in the short run, in [0, 1]
    double critical_sigma; // its elasticity against all else, near 0
};

/// E7 with critical imports. They are c (1 - h0) of purchases at equal prices and compete with everything else at the elasticity
/// sigma_c; inside the rest, home and imported goods compete at sigma. With c = 0 this is the rule above, bit for bit.
/// @param home_share0, relative  as above
[[nodiscard]] inline double home_share(double home_share0, double relative, const ImportRule& rule)
{
    if (home_share0 <= 0 || home_share0 >= 1) return home_share0;
    const double rest0 = 1 - rule.critical_share * (1 - home_share0);
    const double rest = home_share(rest0, relative, rule.critical_sigma);
    return rest * home_share(home_share0 / rest0, relative, rule.sigma);
}

/// Part of a product's purchases that is critical import, under the same rule.
[[nodiscard]] inline double critical_part(double home_share0, double relative, const ImportRule& rule)
{
    if (home_share0 >= 1) return 0;
    if (home_share0 <= 0) return rule.critical_share;
    return 1 - home_share(1 - rule.critical_share * (1 - home_share0), relative, rule.critical_sigma);
}

/// E28. Final demand at a relative price: quantity at price 1 x (p / p_reference)^elasticity; elasticity <= 0.
[[nodiscard]] inline double demand_at_price(double quantity, double relative_price, double elasticity)
{
    return relative_price == 1 ? quantity : quantity * sim::math::pow(relative_price, elasticity);
}

/// E7. What is brought in from abroad because home makers do not deliver: fills a wholesaler's stock up to so many days of producers' use.
/// @param stock  thousandths, below zero when more was promised than there is      @param use  of producers, thousandths per day, >= 0
/// @param days   >= 0; 0: nothing is brought in
[[nodiscard]] inline std::int64_t shortage_imports(std::int64_t stock, double use, double days)
{
    return days <= 0 ? 0 : std::max<std::int64_t>(0, nearest(days * use) - stock);
}

/// E7, E28. What final users at home buy abroad of what they could not have at home: less, as it costs more.
/// @param missing  thousandths, >= 0      @param relative  price of imports over that of home goods      @param elasticity  of demand, <= 0
[[nodiscard]] inline std::int64_t bought_abroad_instead(std::int64_t missing, double relative, double elasticity)
{
    return nearest(static_cast<double>(missing) * std::min(1.0, demand_at_price(1, relative, elasticity)));
}

} // namespace fabrica
