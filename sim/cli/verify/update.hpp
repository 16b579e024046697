#pragma once

#include <string>
#include <vector>

#include "sim/cli/verify/suite.hpp"

namespace sim::cli {

/// The text of CHANGES.md with an entry before all others.
/// @param text   of the file so far, "" for none
/// @param names  of the scenarios whose references changed
std::string with_entry(const std::string& text, const std::vector<std::string>& names, const std::string& reason);

/// Writes the references of what was run, removes those without a scenario, and tells the reason in CHANGES.md beside them.
/// @return  names of the references that were written or removed
/// @throws IoError  a file cannot be written
std::vector<std::string> update_references(const SuiteReport& report, const std::string& reason);

} // namespace sim::cli
