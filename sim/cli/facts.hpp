#pragma once

#include <string>
#include <vector>

#include "sim/report/facts/fact_table.hpp"

namespace sim::cli {

/// The published facts that results are held against.
/// @param file  table that was asked for; "": facts.csv, as it is today, of the folder whose tables the first result was made from: of the shipped
///              scenarios, or below the working folder
/// @return      without facts when nothing was asked for and the folder has none, or is not on this machine
/// @throws InvalidInput when the table has errors, IoError when the result cannot be read
report::FactTable facts_for(const std::vector<std::string>& results, const std::string& file,
                            const std::string& program, const std::string& shipped);

} // namespace sim::cli
