#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "sim/scenario/node.hpp"

namespace sim::scenario {

/// Reads a TOML text into a table with the place of each key and value; nothing when the text is no TOML (the error is
/// added, with hints where the parser's own words mislead).
/// @param text  what to parse; places refer to `source`, which holds the same lines
std::optional<Node> parse_toml(const std::shared_ptr<const Source>& source, std::string_view text, Errors& errors);
inline std::optional<Node> parse_toml(const std::shared_ptr<const Source>& source, Errors& errors)
{
    return parse_toml(source, source->text, errors);
}

/// Writes a table as canonical TOML: keys sorted, plain values before tables, shortest numbers that read back exactly.
/// @param comment  text of a comment behind the value of a path such as "run.seed"; may be empty
std::string write_toml(const Node& table, const std::function<std::string(const std::string& path)>& comment = {});

/// One value as TOML text: 0.5, "text", 2015-01-01, [1, 2].
std::string write_value(const Node& value);

/// A number as TOML text, shortest form that reads back exactly: 1.0, 0.05, 1e+30.
std::string write_number(double value);

} // namespace sim::scenario
