#pragma once

#include <string>

#include "sim/cli/scenario_arguments.hpp"

namespace sim::cli {

/// Where the result of a run lies under a folder: FOLDER/NAME/ID.h5, where ID is a digest of all that determines it.
std::string stored_path(const std::string& folder, const Prepared& run, const Application& application);

/// Whether a result is there, complete, of this scenario, seed, data and model, and undamaged. Anything else is run again.
bool is_stored(const std::string& path, const Prepared& run, const Application& application);

/// Removes a result and what lies beside it.
void remove_stored(const std::string& path);

} // namespace sim::cli
