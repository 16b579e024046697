#pragma once

#include "sim/cli/effect/estimate.hpp"
#include "sim/scenario/node.hpp"

namespace sim::cli {

/// All that `effect --json` prints, as the members of an object.
scenario::Node::Table effect_parts(const EffectPlan& plan, const EffectResult& result);

} // namespace sim::cli
