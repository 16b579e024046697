#pragma once

#include <optional>
#include <string>

#include "sim/cli/scenario_arguments.hpp"

namespace sim::cli {

/// Id of a run: see sweep::run_id.
std::string run_id(const scenario::Loaded& loaded, const Application& application);

/// Where the results go: `wanted`, or results/NAME/ID.h5 when that is empty.
std::string output_path(const std::string& wanted, const Prepared& prepared, const Application& application);

/// Makes sure, before anything is simulated, that the file can be written; makes the folders of the default path.
/// @return  why not, or nothing
std::optional<std::string> why_not_writable(const std::string& path, bool may_overwrite, bool may_make_folder);

/// Memory of this machine [byte].
double physical_memory();

} // namespace sim::cli
