#pragma once

#include <string>
#include <vector>

#include "sim/report/run_file.hpp"

namespace sim::report {

/// The calendar years of a result.
struct Years {
    struct Year {
        std::string name;               ///< "2015"
        std::size_t first = 0, end = 0; ///< of its periods
        bool is_whole = true;           ///< has as many periods as the fullest year
    };
    std::vector<Year> all{};

    /// The last whole year, and the first.
    [[nodiscard]] std::size_t last() const;
    [[nodiscard]] std::size_t first() const;
};
Years years_of(const std::vector<PeriodOfTime>& periods);

/// Numbers over time: a row for each period or year, one number for each label of an axis (or one in all).
struct Columns {
    std::size_t width = 1;
    std::vector<Exact> values{}; ///< row-major; NaN: missing
    [[nodiscard]] std::size_t rows() const { return values.size() / width; }
};

/// Adds cells up, or averages them, as the series says. Missing cells do not count.
Columns totals(const SeriesInfo& series, const std::vector<Exact>& values);

/// The same over all axes but one.
/// @param axis  index into series.axes
Columns along(const SeriesInfo& series, const std::vector<Exact>& values, std::size_t axis);

/// Mean of the cells of one axis, by weights.
Columns weighted(const Columns& cells, const Columns& weights);

/// Numbers of years from those of periods: their sum, last or mean, as the method says.
Columns by_year(const Columns& periods, const Years& years, const std::string& method);

/// Each number over that of the other.
Columns ratio(const Columns& a, const Columns& b);

} // namespace sim::report
