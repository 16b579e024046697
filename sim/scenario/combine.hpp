#pragma once

#include <string>
#include <vector>

#include "sim/scenario/load.hpp"

namespace sim::scenario {

/// Several changes of one base put together.
struct Combination {
    std::string text{};                   ///< canonical TOML; only to be used without conflicts
    std::vector<std::string> conflicts{}; ///< keys that two of the scenarios change in different ways, each once
};

/// The base with all that each of the scenarios has otherwise: keys, items of lists by their `id`, named tables, what is missing too.
/// Labels such as `run.name` stay the base's, and so do notes on sources where the scenarios do not agree.
/// @param changes  scenarios read with the same table as the base
Combination combine(const Loaded& base, const std::vector<const Loaded*>& changes, const KeyTable& table);

} // namespace sim::scenario
