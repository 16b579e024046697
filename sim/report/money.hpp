#pragma once

#include "sim/report/collection.hpp"
#include "sim/report/description.hpp"
#include "sim/scenario/node.hpp"

namespace sim::report {

/// Public money of each group: programmes, what was announced to paid by year and programme, and who received it over the whole run. Of
/// several runs their mean, so that parts add up. A list with null for a group without programmes; null when no group has any.
scenario::Node money_of(const Collection& all, const Description& description);

} // namespace sim::report
