#pragma once

#include <string>

#include "sim/cli/effect/estimate.hpp"

namespace sim::cli {

/// The result as a table with remarks, for people.
std::string effect_table(const EffectPlan& plan, const EffectResult& result);

/// The result as one JSON object on one line, with the values of every pair.
std::string effect_json(const EffectPlan& plan, const EffectResult& result);

/// The same with what a report needs besides: the resolved scenarios with the first seed, the version of the model, and each series over the
/// whole run (median and 10 to 90 % of each kind of run; mean effect with the 95 % interval of each month by itself).
/// @param command  that made it
std::string effect_file(const EffectPlan& plan, const EffectResult& result, const std::string& command);

/// How a policy's past relates to the base's, in words.
std::string past_text(const EffectPlan& plan, const Arm& policy);

} // namespace sim::cli
