// E13-E14: a state firm is a private firm plus wedges; who is bailed out.
#pragma once

#include "models/units.hpp"
#include "sim/base/math.hpp"

namespace fabrica {

/// Weights of a state firm's objective; both 0 for every other firm.
struct ObjectiveWeights {
    double jobs = 0;   // wL: on the wage bill
    double output = 0; // wQ: on revenue
};

/// E13. Profit as the firm's owner sees it: p Q - cost + wL w L + wQ p Q. With both weights 0 this is profit, bit for bit.
/// Used wherever a firm weighs profit: price, investment, layoffs, exit.
[[nodiscard]] inline double perceived_profit(double revenue, double cost, double wage_bill, ObjectiveWeights weights)
{
    return revenue - cost + weights.jobs * wage_bill + weights.output * revenue;
}

/// A wedge between a state firm and a private one, under a reform that has left a part of it.
/// @param dial  part left [1]: 1 gives `state` and 0 gives `market`, bit for bit
[[nodiscard]] inline double wedge(double state, double market, double dial)
{
    return dial == 1 ? state : market + dial * (state - market);
}

/// E13 in E5. The unit cost that a price has to cover: the price at which perceived profit is nothing, p (1 + wQ) = cost - wL wage.
/// With both weights 0 it is the unit cost, bit for bit.
[[nodiscard]] inline double perceived_unit_cost(double unit_cost, double unit_wage, ObjectiveWeights weights)
{
    return (unit_cost - weights.jobs * unit_wage) / (1 + weights.output);
}

/// E14. Probability of a bail-out in distress: logistic(ln(p0 / (1 - p0)) + b2 ln(L / L0) + b3 (room - 1)).
/// @param base           p0 of the ownership, at mean size and full fiscal room [1], in [0, 1]; 0 never, 1 always
/// @param size, room     b2, b3
/// @param relative_size  real employees over the mean of all firms, L / L0 [1], > 0
/// @param fiscal_room    share of the province's budget not yet used [1], in [0, 1]
[[nodiscard]] inline double bail_out_probability(double base, double size, double room, double relative_size,
                                                 double fiscal_room)
{
    if (base <= 0 || base >= 1) return base;
    const double x =
        sim::math::log(base / (1 - base)) + size * sim::math::log(relative_size) + room * (fiscal_room - 1);
    return 1 / (1 + sim::math::exp(-x));
}

/// E14. What a province pays for a bail-out: as much as brings cash to zero and equity to a tenth of assets, whichever takes more.
[[nodiscard]] Money bail_out_money(Money cash, Money assets, Money equity);

} // namespace fabrica
