#pragma once

// Private to the making of plans: what sweeps and batches have in common.
#include <string>
#include <vector>

#include "sim/cli/sweep/make_plan.hpp"

namespace sim::cli {

/// Whether a name is one of a shipped scenario.
bool is_shipped(const Application& application, const std::string& name);

/// A plan without scenarios and runs.
sweep::Plan plan_for(const Application& application, const PlanRequest& request);

/// @param name  in the manifest
/// @param path  shipped name, or a path that can be opened
sweep::PlanScenario scenario_of(const Application& application, const PlanRequest& request, const std::string& name,
                                const std::string& path, std::vector<std::string> settings);

/// Names of the series that are gathered unless others are asked for; all of them recorded.
std::vector<std::string> default_outputs(const Application& application, const std::vector<SeriesShape>& recorded);

/// Refuses names that are not recorded, and those given twice.
void check_outputs(const std::vector<std::string>& outputs, const std::vector<SeriesShape>& recorded,
                   const Position& where, Errors& errors);

/// Keeps the larger of what was estimated.
void note_estimate(sweep::Plan& plan, const Estimate& estimate);

} // namespace sim::cli
