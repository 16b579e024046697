#pragma once

#include "sim/record/series.hpp"

#include <string>
#include <vector>

namespace sim::record {

/// A real series that is known before the run, such as what was observed.
struct FixedSeries {
    Series series{};                     // over the axes of the recorder; kind f64 or f32
    std::vector<Attribute> attributes{}; // further ones, such as `source`
    std::vector<double> values{};        // row-major over (period, axes), NaN where unknown
};

/// Days since the start of the run: the first day of a period, and the first day after it. Days before the start are negative.
struct Period {
    double begin = 0, end = 0;
};

/// Series with a time axis of their own, written whole when they are added.
struct FixedTable {
    std::vector<Period> periods{}; // in order of time; gaps are allowed
    std::vector<FixedSeries> series{};
};

/// Throws std::invalid_argument that names what is wrong: periods that overlap or are empty, integer series, a wrong count of values, and
/// what check_layout refuses.
void check_layout(const std::vector<Axis>& axes, const FixedTable& table);

} // namespace sim::record
