// E6: who supplies a slot. Links, their rotation, replacement of the dead, review.
#pragma once

#include "models/ledger.hpp"

namespace fabrica {

/// Replaces dead suppliers at once and, now and then, the least useful one by a better candidate.
void look_after_suppliers(Desk& desk, int slot);

/// Draws up to `wanted` suppliers for an empty slot; shares follow capacity, a link is capped at a part of the seller's capacity.
/// What the links cannot carry goes to the wholesaler (market_share).
void find_suppliers(Firm& firm, int slot, int wanted, double daily_need, const World& world, std::uint32_t seed,
                    std::uint32_t occasion, const std::function<const Showcase&(sim::AgentId)>& showcase);

/// The link that gets this month's order: point frac(u0 + reviews x golden ratio) on the line of cumulated shares, so that each link
/// is visited in proportion to its share and evenly over time.
[[nodiscard]] int rotated_link(const InputSlot& slot, sim::Key key, int number);

} // namespace fabrica
