// Tariffs on imports by origin, and what foreigners buy of our goods at theirs.
#pragma once

#include "sim/base/math.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace fabrica {

/// What tariffs by origin do to the mean price of a product's imports.
struct TariffEffect {
    double price = 1; // with the tariffs, over the price without
    double duty = 0;  // part of what buyers then pay that is duty
};

/// Buyers turn to origins with lower tariffs: price = (sum w (1 + tau)^(1 - s))^(1 / (1 - s)), parts of the spending w (1 + tau)^(1 - s)
/// over their sum.
/// @param shares   of spending by origin without tariffs (w), sum 1     @param tariffs  by origin (tau)
/// @param sigma    elasticity between origins (s), not negative
[[nodiscard]] inline TariffEffect tariff_effect(const std::vector<double>& shares, const std::vector<double>& tariffs,
                                                double sigma)
{
    if (std::all_of(tariffs.begin(), tariffs.end(), [](double t) { return t == 0; })) return {};
    const bool is_unit = sigma > 0.999 && sigma < 1.001; // the limit: spending keeps its parts
    double sum = 0, logs = 0, duty = 0;
    for (std::size_t o = 0; o < shares.size(); ++o) {
        const double with = 1 + tariffs[o], part = is_unit ? shares[o] : shares[o] * sim::math::pow(with, 1 - sigma);
        sum += part, logs += shares[o] * sim::math::log(with), duty += part * tariffs[o] / with;
    }
    return {is_unit ? sim::math::exp(logs) : sim::math::pow(sum, 1 / (1 - sigma)), duty / sum};
}

/// What partners buy over what they would buy: each (1 + their tariff)^-elasticity x cost factor, and a part of what is lost at one goes to
/// the others in proportion to what they still buy.
/// @param usual      quantity of each partner at neutral terms     @param tariffs  theirs, by partner
/// @param elasticity of export demand, positive                    @param diverted part of the loss by tariffs that others take up, in [0, 1]
/// @param cost       factor of all partners on top (rivals)
[[nodiscard]] inline std::vector<double> export_demand(const std::vector<double>& usual,
                                                       const std::vector<double>& tariffs, double elasticity,
                                                       double diverted, double cost)
{
    std::vector<double> factor(usual.size(), 1.0);
    double lost = 0, left = 0;
    for (std::size_t p = 0; p < usual.size(); ++p) {
        if (tariffs[p] != 0) factor[p] = sim::math::pow(1 + tariffs[p], -elasticity);
        lost += usual[p] * (1 - factor[p]);
        if (tariffs[p] == 0) left += usual[p];
    }
    if (lost > 0 && left > 0)
        for (std::size_t p = 0; p < usual.size(); ++p)
            if (tariffs[p] == 0) factor[p] += diverted * lost / left;
    for (double& f : factor) f *= cost;
    return factor;
}

/// World price when a nation keeps goods back: (1 - shortage)^(-1 / elasticity), shortage = world share x part kept back - what others
/// have come to make instead, as parts of world supply.
/// @param elasticity of world demand, positive
[[nodiscard]] inline double scarcity_price(double world_share, double kept_back, double replaced, double elasticity)
{
    const double shortage = std::clamp(world_share * kept_back - replaced, 0.0, 0.95);
    return shortage == 0 ? 1 : sim::math::pow(1 - shortage, -1 / elasticity);
}

/// How much foreign-owned firms are drawn here (above 0) or away: ln of the factor on their entry, and on their survival.
/// @param eta           semi-elasticity
/// @param unit_cost     ours over the rivals', 1 in the base year
/// @param export_share  of the sector's sales     @param their_tariff  mean over partners
[[nodiscard]] inline double relocation(double eta, double unit_cost, double export_share, double their_tariff)
{
    if (unit_cost == 1 && their_tariff == 0) return 0;
    return -eta * (sim::math::log(unit_cost) + export_share * sim::math::log1p(their_tariff));
}

} // namespace fabrica
