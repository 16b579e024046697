#pragma once

#include <map>
#include <optional>

#include "sim/report/collection.hpp"
#include "sim/report/description.hpp"
#include "sim/report/numbers.hpp"

namespace sim::report {

/// Turns the runs of a collection into the numbers of a page, one indicator after another.
class Indicators {
public:
    Indicators(const Collection& all, const Description& description) : all_(all), description_(description) {}

    /// The indicator over periods and years, by its axes, what was observed, and paired effects of the other groups on the last whole year.
    /// Nothing when no run has its series.
    std::optional<scenario::Node> operator()(const Indicator& indicator) const;

private:
    /// One axis that a quantity is broken down by.
    struct Split {
        std::string axis, series;
    };
    [[nodiscard]] bool has(const Group& group, const Indicator& indicator) const;
    [[nodiscard]] const SeriesInfo& info(const Run& run, const std::string& series) const;
    [[nodiscard]] Columns cells(const Run& run, const std::string& series, const std::string& axis) const;
    [[nodiscard]] Columns periods(const Run& run, const Indicator& indicator, bool of_years) const;
    [[nodiscard]] std::vector<Split> splits(const Indicator& indicator) const;
    [[nodiscard]] bool is_shared(const std::string& axis) const;
    [[nodiscard]] scenario::Node over_time(const Indicator& indicator, bool of_years) const;
    [[nodiscard]] scenario::Node by_axis(const Indicator& indicator, const Split& split) const;
    [[nodiscard]] scenario::Node effects(const Indicator& indicator) const;
    [[nodiscard]] std::map<std::int64_t, double> last_year(const Group& group, const Indicator& indicator) const;
    [[nodiscard]] bool is_whole(const Indicator& indicator, const SeriesInfo& series, bool of_years) const;

    const Collection& all_;
    const Description& description_;
};

/// An indicator for each series of a result, as it is.
Description plain_description(const RunFile& file);

} // namespace sim::report
