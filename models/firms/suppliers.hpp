// E6: who supplies a slot. Links, their rotation, replacement of the dead, review.
#pragma once

#include "models/ledger.hpp"

namespace fabrica {

/// Replaces a dead supplier as soon as an order would go to it and, now and then, the least useful one by a better candidate.
/// @param need    of the input, thousandths per day
/// @param chance  random bits of this firm's review
/// @param turn    the link whose turn it is (`rotated_link`)
/// @return        whose turn it is then; -1 when there is no link
int look_after_suppliers(Desk& desk, int slot, double need, std::uint64_t chance, int turn);

/// Whether the least useful link of an input has to compete this month: a third of the probability of a quarter.
/// @param chance  random bits of this firm's review
[[nodiscard]] bool is_reviewed_this_month(std::uint64_t chance, int slot, double quarterly_probability);

/// The link that gets this month's order: point frac(u0 + reviews x golden ratio) on the line of cumulated shares, so that each link
/// is visited in proportion to its share and evenly over time.
[[nodiscard]] int rotated_link(const InputLinks& links, sim::Key key, int number);

} // namespace fabrica
