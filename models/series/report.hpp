// What a report for people shows of the model's series: which come first, under what names, in what units.
#pragma once

#include "sim/report/description.hpp"

namespace fabrica {

/// The headline indicators in sections, the stages and recipients of public money, and the units that people read.
sim::report::Description report_description();

} // namespace fabrica
