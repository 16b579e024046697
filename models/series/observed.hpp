// Observed values beside the simulated ones. Which observed series stands beside which recorded one is told by the nation, not here.
#pragma once

#include "models/nation.hpp"
#include "sim/base/calendar.hpp"
#include "sim/record/fixed_table.hpp"

namespace fabrica {

/// Reads observed_map.csv of the nation's folder, and the tables it refers to: observed_series.csv and utilisation_targets.csv.
/// @param calendar  of the run; years become periods of its time axis
/// @param errors    receives everything wrong, with file:line:column
/// @return          yearly series in the unit of the recorded ones, NaN where nothing was observed; none where the nation has no such table
sim::record::FixedTable read_observed(const Nation& nation, const sim::Calendar& calendar, sim::Errors& errors);

} // namespace fabrica
