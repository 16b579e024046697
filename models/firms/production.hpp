// E1-E3: expected demand, planned output, what can be made.
#pragma once

#include "models/units.hpp"

#include <algorithm>
#include <array>

namespace fabrica {

/// E1. Adaptive expectation: De' = De + lambda (D - De).
/// @param weight lambda, per review [1], in (0, 1]
[[nodiscard]] inline double expectation(double expected, double demand, double weight)
{
    return expected + weight * (demand - expected);
}

/// A monthly smoothing weight for reviews that are `days` apart: 1 - (1 - weight)^(days / 30), exact at 30 days.
[[nodiscard]] double weight_over(double monthly_weight, double days);

/// The same for reviews that are a month or so apart, looked up.
class SmoothingWeight {
public:
    explicit SmoothingWeight(double monthly_weight);
    [[nodiscard]] double over(int days) const { return by_days_[static_cast<std::size_t>(std::clamp(days, 0, 63))]; }

private:
    std::array<double, 64> by_days_;
};

/// E2. Planned daily output: Q* = max(0, De + (backlog + iota De - stock) / tau).
/// All quantities in the same unit; `expected` per day, `target_days` = iota in days, `adjustment_days` = tau in days (at least three reviews).
[[nodiscard]] inline double planned_output(double expected, double backlog, double stock, double target_days,
                                           double adjustment_days)
{
    return std::max(0.0, expected + (backlog + target_days * expected - stock) / adjustment_days);
}

/// E3. Daily output that capacity and labour allow: min(Q*, usable capacity, L a); inputs bind when stocks are settled.
[[nodiscard]] inline double feasible_output(double planned, double usable_capacity, double labour)
{
    return std::min({planned, usable_capacity, labour});
}

/// E3, inputs. Output that a stock of one critical input allows.
/// @param coefficient input per unit of output [1], > 0
[[nodiscard]] inline double input_limit(double stock, double coefficient) { return stock / coefficient; }

/// E4. Quantity to order of one input over all suppliers: R alpha De + ((n + lead) alpha De - stock - pipeline) / tau_S, never negative.
/// @param need            alpha De, thousandths per day
/// @param review_days     R
/// @param target_days     n + lead: days of need that stock and pipeline should cover at a review, before the new order
/// @param pipeline        ordered and not yet received
/// @param adjustment      tau_S, in reviews
[[nodiscard]] inline double order_quantity(double need, double review_days, double target_days, double stock,
                                           double pipeline, double adjustment)
{
    return std::max(0.0, review_days * need + (target_days * need - stock - pipeline) / adjustment);
}

} // namespace fabrica
