#pragma once

#include <string>

#include "sim/sweep/plan.hpp"

namespace sim::sweep {

/// What lies in the store under a run's id.
enum class Stored { absent, good, damaged };

/// How far a result is looked into: what it says of itself, or every digest too.
enum class Depth { quick, full };

/// Checks a result: complete, of this model, of a scenario and data that give the id, every digest right.
/// @param scenario  of the run
/// @param why       receives what is wrong with a damaged one; may be nullptr
Stored check_result(const std::string& path, const std::string& id, const Plan& plan, const PlanScenario& scenario,
                    std::string* why, Depth depth = Depth::full);

/// File that says who is making a result: ID.lock of ID.h5.
std::string lock_path(const std::string& result);

/// Removes what a killed process may have left of a result that is not published, or was just now: temporary files, and checkpoints when
/// asked. Only for whoever has its lock.
void sweep_leftovers(const std::string& result, bool with_checkpoints);

/// Whether there is something that sweep_leftovers would remove, or a lock, of an owner alive or dead.
bool has_leftovers(const std::string& result);

} // namespace sim::sweep
