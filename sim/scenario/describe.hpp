#pragma once

#include <string>
#include <vector>

#include "sim/scenario/key_table.hpp"

namespace sim::scenario {

/// A key as documentation sees it: those of list items and named tables too, with ID or NAME in their path.
struct Description {
    std::string path;               ///< "run.seed", "shock.ID.size", "policy.NAME.rate"
    std::vector<std::string> kinds; ///< of the item the key belongs to; empty for all
    Row row;                        ///< without its destination
};

/// Every key of a table, in its order; the keys of items follow the key of their list.
std::vector<Description> describe(const KeyTable& table);

/// Type, range, unit and default in words: "number in [0, 1], 1/year, default 0.05".
std::string summary(const Row& row);

} // namespace sim::scenario
