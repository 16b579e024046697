#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/cli/session.hpp"

namespace sim::cli {

/// Results that were named on the command line. The folder of a batch stands for the results of its runs, that of a sweep for its ensemble.
/// @return  their files, or nothing after the reason was told
/// @throws IoError when a plan cannot be read
std::optional<std::vector<std::string>> result_inputs(const Session& session, const std::vector<std::string>& named);

} // namespace sim::cli
