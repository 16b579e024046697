#pragma once

#include <string>
#include <vector>

#include "sim/scenario/library.hpp"

namespace sim::sweep {

/// Id of a run: the first 16 hexadecimal digits of SHA-256 over all that determines its result. No path, clock, host or number of threads
/// is in it.
/// @param scenario_sha256  of the resolved scenario, seed and all defaults in it
/// @param files            that were read; scenarios among them do not count, they are in the text
/// @param model_version    digest of the built sources
std::string run_id(const std::string& scenario_sha256, const std::vector<scenario::FileRead>& files,
                   const std::string& model_version);

/// Whether a text looks like such an id.
bool is_run_id(const std::string& text);

} // namespace sim::sweep
