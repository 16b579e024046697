#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace sim::record {

/// What depends on the machine, the build and the clock, and hence stays out of the result: an ordered list of names and values.
using RunInfo = std::vector<std::pair<std::string, std::variant<std::string, std::int64_t, double, bool>>>;

/// Host, system, processor, logical cores, compiler, its mode, HDF5 version, and the most memory this process has held so far [MB].
RunInfo machine_facts();

/// Name of the run info of a result: X.h5 gives X.run.json.
std::string run_info_path(const std::string& result);

/// The list as a JSON object, in its order.
std::string to_json(const RunInfo& info);

/// Writes X.run.json beside the result in one step; throws IoError.
void write_run_info(const std::string& result, const RunInfo& info);

} // namespace sim::record
