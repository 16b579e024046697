#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/record/result_file.hpp"

namespace sim::record {

/// A part of a series: the cells with these labels, added up over the axes that are not named.
struct Selection {
    std::string series{};
    std::vector<std::pair<std::string, std::string>> labels{}; ///< axis and label
};

/// Whether a result has the series with these axes and labels.
bool has(const ResultFile& file, const Selection& selection);

/// One number per period of the main table: the selected cells, summed or averaged as the series' attribute `total` says. Missing
/// numbers (NaN) do not count; NaN where no cell has a number.
/// @throws IoError when the result has no such series, axis or label
std::vector<double> period_totals(const ResultFile& file, const Selection& selection);

/// Mean of such numbers over the periods that lie in [first_day, end_day), in days since the start of the record; missing ones do not
/// count. NaN where there is none.
double mean_of_periods(const ResultFile& file, const std::vector<double>& totals, double first_day, double end_day);

/// First and last day of each period of the main table.
std::vector<std::pair<std::string, std::string>> periods_of(const ResultFile& file);

} // namespace sim::record
