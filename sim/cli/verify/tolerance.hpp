#pragma once

#include <optional>
#include <string>

#include "sim/record/reference.hpp"

namespace sim::cli {

/// The tolerance of "1e-9" (of all series) or "amounts=1e-12,shares=1e-6"; exact for "". Nothing for another text, or a number that is not
/// in [0, 1).
std::optional<record::Tolerance> parse_tolerance(const std::string& text);

} // namespace sim::cli
