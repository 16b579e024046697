#pragma once

#include <string>
#include <vector>

#include "sim/scenario/describe.hpp"

namespace sim::report {

/// Every value of a resolved scenario as a list of {key, value, unit, help, source, is_default}, in the order of the text. Items of lists are
/// named by their id. The source is what the scenario says, else that of the default.
/// @param keys  all that the program knows; a key it does not know has no unit, help or default
/// @return      null when the text is no TOML
scenario::Node scenario_rows(const std::string& toml, const std::vector<scenario::Description>& keys);

} // namespace sim::report
