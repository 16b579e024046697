#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/cli/scenario_arguments.hpp"
#include "sim/sweep/plan.hpp"
#include "sim/sweep/sweep_file.hpp"

namespace sim::cli {

/// Where a plan is to lie, and what all of its runs share beside what the sweep file says.
struct PlanRequest {
    std::string folder;                   ///< of the plan
    std::string store;                    ///< folder of results
    std::string root{};                   ///< scenario root, "" to find it
    std::vector<std::string> overrides{}; ///< "key=value" each
};

/// Works a sweep out: every key and value is checked against the base scenario's table of keys, every point against the model, and each run
/// gets its id. Errors have the places of the sweep file. Writes nothing.
/// @return  a plan, to be used only when there are no errors
sweep::Plan make_plan(const Application& application, sweep::SweepFile& file, const std::string& path,
                      const PlanRequest& request, Errors& errors);

/// The same for scenarios times seeds.
struct BatchRequest {
    std::string name;
    std::vector<std::string> scenarios{};
    std::int64_t first_seed = 1, replicates = 1;
    std::vector<std::string> outputs{}; ///< empty: the model's headline series
};
sweep::Plan make_batch(const Application& application, const BatchRequest& batch, const PlanRequest& request,
                       Errors& errors);

/// Why the runs of a plan would be others today: another model, a changed scenario or data file. Nothing when they are the same.
std::optional<std::string> why_stale(const Application& application, const std::string& folder,
                                     const sweep::Plan& plan);

/// A scenario of a plan with settings, as `run` reads it.
Prepared prepare_planned(const Application& application, const std::string& folder, const sweep::PlanScenario& scenario,
                         std::vector<std::string> settings, Errors& errors);

} // namespace sim::cli
