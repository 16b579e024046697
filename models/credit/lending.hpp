// E11-E12: how much a bank lends to a firm, and at what rate.
#pragma once

#include "models/units.hpp"

#include <algorithm>
#include <limits>

namespace fabrica {

/// E11. Largest new loan: min(need, LTV x collateral - debt), never negative; the bank's own capital limit is applied over all claims.
[[nodiscard]] inline double loan_limit(double need, double loan_to_value, double collateral, double debt)
{
    return std::max(0.0, std::min(need, loan_to_value * collateral - debt));
}

/// E11. What cash lacks [fen]: 0 from half its target on, and twice what is below the half, so that the sum asked for starts at nothing.
[[nodiscard]] double cash_gap(Money target, Money cash);

/// E9, E11. Largest outlay on machines that are collateral themselves: own money, and a loan l with L + l <= LTV (A + l).
/// @param own  money of the firm that goes into the outlay     @param collateral, debt  A and L before it
[[nodiscard]] inline double largest_outlay(double own, double loan_to_value, double collateral, double debt)
{
    const double room = std::max(0.0, loan_to_value * collateral - debt);
    if (room <= 0) return own;
    return loan_to_value < 1 ? own + room / (1 - loan_to_value) : std::numeric_limits<double>::infinity();
}

/// E12. Yearly rate: policy rate + ownership spread + size spread + gamma x leverage [1 per year].
[[nodiscard]] inline double loan_rate(double policy_rate, double ownership_spread, double size_spread, double gamma,
                                      double leverage)
{
    return std::max(0.0, policy_rate + ownership_spread + size_spread + gamma * std::clamp(leverage, 0.0, 1.0));
}

} // namespace fabrica
