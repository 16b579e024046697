#include "sim/report/reduce.hpp"

#include <algorithm>
#include <cmath>

namespace sim::report {
namespace {

constexpr Exact missing = std::numeric_limits<Exact>::quiet_NaN();

/// Sum or mean of what is there.
class Tally {
public:
    void add(Exact x)
    {
        if (!std::isnan(x)) sum_ += x, ++count_;
    }
    [[nodiscard]] Exact sum() const { return count_ == 0 ? missing : sum_; }
    [[nodiscard]] Exact mean() const { return count_ == 0 ? missing : sum_ / static_cast<Exact>(count_); }

private:
    Exact sum_ = 0;
    std::int64_t count_ = 0;
};

Exact of_year(const Columns& periods, const Years::Year& year, std::size_t column, const std::string& method)
{
    Tally tally;
    Exact last = missing;
    for (std::size_t row = year.first; row < year.end; ++row) {
        last = periods.values[row * periods.width + column];
        tally.add(last);
    }
    return method == "sum" ? tally.sum() : method == "point" ? last : tally.mean();
}

} // namespace

std::size_t Years::last() const
{
    for (std::size_t i = all.size(); i-- > 0;)
        if (all[i].is_whole) return i;
    return all.size() - 1;
}

std::size_t Years::first() const
{
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].is_whole) return i;
    return 0;
}

Years years_of(const std::vector<PeriodOfTime>& periods)
{
    Years years;
    std::size_t most = 0;
    for (std::size_t i = 0; i < periods.size(); ++i) {
        const std::string name = periods[i].from.substr(0, 4);
        if (years.all.empty() || years.all.back().name != name) years.all.push_back({name, i, i});
        years.all.back().end = i + 1;
        most = std::max(most, i + 1 - years.all.back().first);
    }
    for (Years::Year& year : years.all) year.is_whole = year.end - year.first == most;
    return years;
}

Columns totals(const SeriesInfo& series, const std::vector<Exact>& values)
{
    Columns result;
    const std::size_t width = series.width();
    for (std::size_t row = 0; row * width < values.size(); ++row) {
        Tally tally;
        for (std::size_t i = 0; i < width; ++i) tally.add(values[row * width + i]);
        result.values.push_back(series.is_mean ? tally.mean() : tally.sum());
    }
    return result;
}

Columns along(const SeriesInfo& series, const std::vector<Exact>& values, std::size_t axis)
{
    Columns result{series.lengths[axis], {}};
    const std::size_t width = series.width();
    std::size_t inner = 1; // cells that share a label and lie side by side
    for (std::size_t d = axis + 1; d < series.lengths.size(); ++d) inner *= series.lengths[d];
    for (std::size_t row = 0; row * width < values.size(); ++row) {
        std::vector<Tally> tallies(result.width);
        for (std::size_t i = 0; i < width; ++i) tallies[i / inner % result.width].add(values[row * width + i]);
        for (const Tally& tally : tallies) result.values.push_back(series.is_mean ? tally.mean() : tally.sum());
    }
    return result;
}

Columns weighted(const Columns& cells, const Columns& weights)
{
    Columns result;
    for (std::size_t row = 0; row < cells.rows(); ++row) {
        Exact sum = 0, weight = 0;
        for (std::size_t i = row * cells.width; i < (row + 1) * cells.width; ++i)
            if (!std::isnan(cells.values[i]) && !std::isnan(weights.values[i]))
                sum += cells.values[i] * weights.values[i], weight += weights.values[i];
        result.values.push_back(weight == 0 ? missing : sum / weight);
    }
    return result;
}

Columns by_year(const Columns& periods, const Years& years, const std::string& method)
{
    Columns result{periods.width, {}};
    for (const Years::Year& year : years.all)
        for (std::size_t column = 0; column < periods.width; ++column)
            result.values.push_back(of_year(periods, year, column, method));
    return result;
}

Columns ratio(const Columns& a, const Columns& b)
{
    Columns result{a.width, {}};
    for (std::size_t i = 0; i < a.values.size(); ++i)
        result.values.push_back(b.values[i] == 0 ? missing : a.values[i] / b.values[i]);
    return result;
}

} // namespace sim::report
