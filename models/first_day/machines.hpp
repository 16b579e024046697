// E8, E9 on the first day: where firms stand between two investments.
#pragma once

#include "models/state/firm.hpp"
#include "models/world.hpp"

namespace fabrica {

/// Gives a firm the capacity and the project under way that the steady cycle of investment would have left it with: the time since its last
/// decision is drawn from the cycle, its day in the year being that of the firm's yearly review. Capacity before: the mean over the cycle.
/// What has been paid for a project stands in `under_construction`.
void give_machines(Firm& firm, const World& world);

} // namespace fabrica
