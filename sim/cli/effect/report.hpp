#pragma once

#include <string>

#include "sim/cli/effect/estimate.hpp"

namespace sim::cli {

/// The result as a table with remarks, for people.
std::string effect_table(const EffectPlan& plan, const EffectResult& result);

/// The result as one JSON object on one line, with the values of every pair.
std::string effect_json(const EffectPlan& plan, const EffectResult& result);

/// How a policy's past relates to the base's, in words.
std::string past_text(const EffectPlan& plan, const Arm& policy);

} // namespace sim::cli
