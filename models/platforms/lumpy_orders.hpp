// Lumpy demand of small firms and the cost of runs below the efficient lot (E23), without which a platform for capacity has nothing to do.
#pragma once

#include "models/ledger.hpp"

namespace fabrica {

/// Market demand of a firm between its last plan and its next over its mean; 1 for a firm that is not small, and without the switch.
[[nodiscard]] double month_factor(const Firm& firm, const World& world);

/// The same part of the firm's share, in the fixed point of shares: what the sector's sum of asking shares has beyond the sum of shares.
[[nodiscard]] std::int64_t lumpy_share(const Firm& firm, const World& world);

/// A run made to a customer's wish; quantity 0 when there is none this month.
struct CustomRun {
    Goods quantity;     // all orders of the month together
    double extra_share; // of unit cost, when the firm makes it itself
};
[[nodiscard]] CustomRun custom_run(const Firm& firm, const World& world);

/// Extra cost of a unit of such runs when the firm has an average month, as a part of its unit cost [1].
[[nodiscard]] double usual_small_run_cost(const Firm& firm, const World& world);

/// Pays the extra hours of runs below the efficient lot that the firm makes itself.
void pay_small_runs(Desk& desk, Goods quantity, double extra_share);

/// Output that this month's orders ask for beyond the usual plan: nothing may be missed as long as machines and staff allow. Thousandths a day.
[[nodiscard]] double peak_output(const Firm& firm, const World& world);

} // namespace fabrica
