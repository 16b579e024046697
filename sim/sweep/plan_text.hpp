#pragma once

// Private to plan*.cpp: the two files of a plan as texts.
#include <string>

#include "sim/sweep/plan.hpp"

namespace sim::sweep {

/// plan.json, sealed by a digest of itself and of the manifest.
std::string plan_json(const Plan& plan, const std::string& manifest);

/// All but the rows. Throws IoError when a digest is wrong or something is missing.
Plan parse_plan(const std::string& path, const std::string& text, const std::string& manifest);

/// The rows. Throws IoError.
void parse_manifest(const std::string& path, const std::string& text, Plan& plan);

} // namespace sim::sweep
