// E13-E14: a state firm is a private firm plus wedges.
#pragma once

#include "sim/base/math.hpp"

namespace fabrica {

/// Weights of a state firm's objective; both 0 for every other firm.
struct ObjectiveWeights {
    double jobs = 0;   // wL: on the wage bill
    double output = 0; // wQ: on revenue
};

/// E13. Profit as the firm's owner sees it: p Q - cost + wL w L + wQ p Q. With both weights 0 this is profit, bit for bit.
/// Used wherever a firm weighs profit: price floor, investment, layoffs, exit.
[[nodiscard]] inline double perceived_profit(double revenue, double cost, double wage_bill, ObjectiveWeights weights)
{
    return revenue - cost + weights.jobs * wage_bill + weights.output * revenue;
}

/// E14. Probability of a bail-out in distress: logistic(b0 + b1 state + b2 ln L + b3 room).
/// @param employees real employees, >= 1     @param fiscal_room share of the province's budget not yet used [1]
[[nodiscard]] inline double bail_out_probability(double base, double state, double size, double room, bool is_state,
                                                 double employees, double fiscal_room)
{
    const double x = base + (is_state ? state : 0) + size * sim::math::log(employees) + room * fiscal_room;
    return 1 / (1 + sim::math::exp(-x));
}

} // namespace fabrica
