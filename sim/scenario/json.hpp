#pragma once

#include <string>
#include <string_view>

#include "sim/scenario/node.hpp"

namespace sim::scenario {

/// A text as a JSON string with its quotes; bytes that are no UTF-8 become U+FFFD.
std::string json_text(std::string_view text);

/// A number as JSON, shortest form that reads back exactly; null when it is not finite.
std::string json_number(double value);

/// A tree as JSON. Dates become texts YYYY-MM-DD.
/// @param indent  spaces per level; negative for one line
std::string write_json(const Node& node, int indent = 2);

} // namespace sim::scenario
