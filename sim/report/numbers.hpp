#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/report/reduce.hpp"
#include "sim/scenario/node.hpp"

namespace sim::report {

/// Numbers as the page reads them: one text, separated by spaces, "-" where there is none. Whole numbers in all their digits, which a
/// number of JSON would lose; reals in the shortest form that reads back exactly.
std::string to_text(std::span<const Exact> numbers, bool is_whole);

/// Value at a share of the way through the sorted numbers, by linear interpolation (type 7, as numpy does); missing ones do not count.
/// @param share  [1], in [0, 1]
double quantile(std::vector<double> numbers, double share);

/// What several runs say of the same numbers.
enum class Centre {
    median, ///< with the band from the 10 % to the 90 % quantile
    mean    ///< alone, so that parts add up
};

/// {mid} of one run as it is; {mid, low, high} of several.
/// @param runs  of each run the same numbers, at least one
scenario::Node spread(const std::vector<Columns>& runs, bool is_whole, Centre centre = Centre::median);

} // namespace sim::report
