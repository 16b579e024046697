#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/record/result_file.hpp"

namespace sim::record {

/// What is kept of a recorded series, to tell later whether it is still the same, and if not since when and by how much.
struct SeriesDigest {
    std::string name, unit;
    Kind kind = Kind::f64;
    std::size_t cells = 1;      ///< numbers per period
    std::size_t missing = 0;    ///< numbers that are NaN
    double first = 0, last = 0; ///< of the first and last period, over all cells: sum, or mean for shares and indices
    double min = 0, max = 0, sum = 0; ///< over all numbers that are not missing; NaN where all are
    std::string column;               ///< first 16 digits of the SHA-256 of all numbers
    std::string periods; ///< four digits for each period, of the SHA-256 of its numbers: tells the first that differs

    static constexpr std::size_t digits_per_period = 4;

    /// Amounts, counts and money are whole numbers; shares and indices are real.
    [[nodiscard]] bool is_amount() const { return !is_float(kind); }
};

/// Digests of the series of the main table, in the order of the file.
std::vector<SeriesDigest> digest_series(const ResultFile& file);

/// Last day of each period.
std::vector<std::string> period_dates(const ResultFile& file);

} // namespace sim::record
