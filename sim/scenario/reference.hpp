#pragma once

#include <optional>
#include <string>

#include "sim/scenario/key_table.hpp"

namespace sim::scenario {

/// What `explain` says about a key ("run.seed", "policy.ev.rate", "policy.rate", "seed"), a group ("run") or a kind of item.
/// Nothing when there is no such thing.
std::optional<std::string> explain(const KeyTable& table, const std::string& name);

/// Names to suggest from when `explain` finds nothing: keys, groups and last parts of keys.
std::vector<std::string> explainable(const KeyTable& table);

/// Every key on one page of Markdown, a table per group.
std::string reference_page(const KeyTable& table, const std::string& program);

/// JSON Schema (draft 2020-12) of a scenario file, for editors.
std::string json_schema(const KeyTable& table, const std::string& title);

/// A scenario to start from: every key with its default, commented out, and what it means.
/// @param base  scenario to extend, "" for none
std::string starter(const KeyTable& table, const std::string& name, const std::string& base);

} // namespace sim::scenario
