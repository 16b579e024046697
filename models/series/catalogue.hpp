// The table of series: what is recorded each month, in which unit, over which axes, and how it is computed from the institutions' totals.
#pragma once

#include "models/world.hpp"
#include "sim/record/series.hpp"

#include <functional>
#include <vector>

namespace fabrica {

/// One recorded series; `values` gives the row of the month, row-major over the axes. Exact series give integers.
struct SeriesRow {
    sim::record::Series series;
    std::string module; ///< part of the model that owns it, by the name of its folder
    std::function<std::vector<std::int64_t>(const World&)> exact;
    std::function<std::vector<double>(const World&)> ratio;
};

/// All series of the model in the order of the file.
/// @param has_programmes  whether those of programmes are among them
std::vector<SeriesRow> series_catalogue(bool has_programmes);

/// The axes they use, with the nation's names.
std::vector<sim::record::Axis> series_axes(const Nation& nation, const std::vector<Programme>& programmes = {});

/// Today's value of a series: its total, or mean, over all axes; of one sector when that is not empty.
/// @return  NaN where it has none
double observe(const World& world, const std::string& series, const std::string& sector);

} // namespace fabrica
