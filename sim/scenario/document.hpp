#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/key_table.hpp"
#include "sim/scenario/library.hpp"
#include "sim/scenario/node.hpp"

namespace sim::scenario {

/// Reads a scenario and everything it extends into one tree; later bases win over earlier ones, the scenario over all.
/// Nothing when a file cannot be read or parsed (the errors say why).
std::optional<Node> read_document(const std::shared_ptr<const Source>& source, Library& library, Errors& errors);

/// Applies `--set key=value` overrides. A value that is no TOML may be a bare word where text is expected.
/// @param table  tells which keys take text, and which are lists
void apply_overrides(Node& document, const std::vector<std::string>& overrides, const KeyTable& table, Library& library,
                     const std::shared_ptr<const Source>& scenario, Errors& errors);

} // namespace sim::scenario
