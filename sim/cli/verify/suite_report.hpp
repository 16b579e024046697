#pragma once

#include <cstddef>
#include <string>

#include "sim/cli/verify/suite.hpp"

namespace sim::cli {

/// What moved, since when, by how much and in which module: a page of Markdown that reads well as plain text too.
/// @param most_rows  series that are listed of each scenario; the rest is counted
std::string to_markdown(const SuiteReport& report, std::size_t most_rows);

std::string to_json(const SuiteReport& report);

} // namespace sim::cli
