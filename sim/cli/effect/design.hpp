#pragma once

#include "sim/cli/effect/plan.hpp"

namespace sim::cli {

/// Each policy against the base.
std::vector<Comparison> against_base(const EffectPlan& plan);

/// Adds an arm for each combination of two or more policies, so that the arms are those of a full factorial design, and relates them to the base.
/// @param seed    one of those that will be run
/// @param errors  takes those of a combination that is no valid scenario
/// @return        why the policies cannot be combined: keys that several of them change; empty when they can
std::string add_combinations(EffectPlan& plan, std::int64_t seed, Errors& errors);

/// Main effects of the policies and their interactions, of one policy first. Only of a plan with all combinations.
std::vector<Comparison> factorial_effects(const EffectPlan& plan);

} // namespace sim::cli
