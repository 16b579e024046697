#pragma once

#include <optional>
#include <string>

#include "sim/record/result_file.hpp"

namespace sim::record {

/// A number of a result that another result has otherwise.
struct Change {
    std::string variable{};
    std::string date{}; ///< last day of the period, "2015-03-31"
};

/// The earliest change over the series that both results record, at equal time the first in the order of the file. Panels and series that
/// only one of them has do not count, nor do cells with labels that only one has, such as a programme of its own: recording more is no
/// change. Nothing when all that is common agrees bit for bit.
/// @throws IoError when a series has another shape or kind in the two
std::optional<Change> first_change(const ResultFile& a, const ResultFile& b);

} // namespace sim::record
