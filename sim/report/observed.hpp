#pragma once

#include "sim/report/description.hpp"
#include "sim/report/run_file.hpp"
#include "sim/scenario/node.hpp"

namespace sim::report {

/// What was observed of an indicator: the variables of the group /observed of a result that name its series, a list of
/// {name, measure, axis, years, values, source, comment}. Years by label of the axis, where there is one.
scenario::Node observed_of(const RunFile& file, const Indicator& indicator);

} // namespace sim::report
