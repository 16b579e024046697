#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/base/calendar.hpp"

namespace sim::cli {

/// Bytes in a size such as "8G", "500M", "1.5 GB" or "1000000"; nothing when it is no size.
std::optional<double> parse_bytes(const std::string& text);

/// A date written as 2016-02-01; nothing for another text, or when there is no such day.
std::optional<Date> parse_date(const std::string& text);

/// Parts between commas, empty ones too.
std::vector<std::string> split_list(const std::string& list);

/// The whole numbers of "1,2,4", each in [low, high]; nothing when one is not.
std::optional<std::vector<int>> parse_numbers(const std::string& list, int low, int high);

} // namespace sim::cli
