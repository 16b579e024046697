#include "sim/record/fixed_table.hpp"

#include "sim/record/recorder_state.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <stdexcept>

namespace sim::record {
namespace {

std::vector<Series> series_of(const FixedTable& table)
{
    std::vector<Series> all;
    for (const FixedSeries& s : table.series) all.push_back(s.series);
    return all;
}

std::size_t width_of(const std::vector<Axis>& axes, const Series& series)
{
    std::size_t width = 1;
    for (const std::string& name : series.axes)
        width *= std::find_if(axes.begin(), axes.end(), [&](const Axis& a) { return a.name == name; })->labels.size();
    return width;
}

std::vector<ColumnSpec> columns_of(const RecorderState& state, const FixedTable& table)
{
    std::vector<ColumnSpec> columns = series_columns(state, series_of(table));
    const std::size_t first = columns.size() - table.series.size();
    for (std::size_t i = 0; i < table.series.size(); ++i)
        for (const Attribute& a : table.series[i].attributes) columns[first + i].attributes.push_back(a);
    return columns;
}

void set_row(Table& rows, const FixedTable& table, std::size_t row)
{
    const Period& period = table.periods[row];
    rows.set(0, std::array<double, 1>{period.end - 1});
    rows.set(1, std::array<double, 2>{period.begin, period.end});
    for (std::size_t i = 0; i < table.series.size(); ++i) {
        const std::vector<double>& values = table.series[i].values;
        const std::size_t width = values.size() / table.periods.size();
        rows.set(2 + i, std::span(values).subspan(row * width, width));
    }
    rows.end_row();
}

} // namespace

void check_layout(const std::vector<Axis>& axes, const FixedTable& table)
{
    check_layout(axes, series_of(table));
    for (std::size_t i = 0; i < table.periods.size(); ++i)
        if (table.periods[i].end < table.periods[i].begin + 1 ||
            (i > 0 && table.periods[i].begin < table.periods[i - 1].end))
            throw std::invalid_argument("period " + std::to_string(i) +
                                        " is empty or begins before the last one ended");
    for (const FixedSeries& s : table.series) {
        if (!is_float(s.series.kind)) throw std::invalid_argument("series " + s.series.name + " is not of reals");
        if (s.values.size() != table.periods.size() * width_of(axes, s.series))
            throw std::invalid_argument("series " + s.series.name + " has " + std::to_string(s.values.size()) +
                                        " values");
    }
}

void create_fixed(h5::File& file, const RecorderState& state, const std::string& group, const FixedTable& table)
{
    Table rows(group, "time", columns_of(state, table), 1);
    rows.create(file, table.periods.size());
    for (std::size_t row = 0; row < table.periods.size(); ++row) set_row(rows, table, row);
    rows.write(file);
    rows.seal(file);
}

} // namespace sim::record
