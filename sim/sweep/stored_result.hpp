#pragma once

#include <string>

#include "sim/sweep/plan.hpp"

namespace sim::sweep {

/// What lies in the store under a run's id.
enum class Stored { absent, good, damaged };

/// Checks a result: complete, of this model, of a scenario and data that give the id, every digest right.
/// @param scenario  of the run
/// @param why       receives what is wrong with a damaged one; may be nullptr
Stored check_result(const std::string& path, const std::string& id, const Plan& plan, const PlanScenario& scenario,
                    std::string* why);

/// Removes what a killed process may have left of a result that is not published, or was just now: temporary files, and checkpoints when
/// asked. Only for whoever has its lock.
void sweep_leftovers(const std::string& result, bool with_checkpoints);

/// Whether there is something that sweep_leftovers would remove.
bool has_leftovers(const std::string& result);

} // namespace sim::sweep
