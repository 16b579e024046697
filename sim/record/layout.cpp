#include "sim/record/recorder_state.hpp"

#include <algorithm>

namespace sim::record {
namespace {

void add_text(std::vector<Attribute>& attributes, const std::string& name, const std::string& text)
{
    if (!text.empty()) attributes.push_back({name, text});
}

std::string method_of(const Series& s)
{
    if (!s.cell_method.empty()) return s.cell_method;
    return s.is_flow ? "sum" : "point";
}

std::string total_of(const Series& s)
{
    if (!s.total.empty()) return s.total;
    return is_float(s.kind) && s.unit == "1" ? "mean" : "sum";
}

ColumnSpec series_column(const RecorderState& state, const Series& s)
{
    ColumnSpec column{.name = s.name, .kind = s.kind};
    std::string titles;
    for (const std::string& name : s.axes) {
        const auto axis =
            std::find_if(state.axes.begin(), state.axes.end(), [&](const Axis& a) { return a.name == name; });
        column.scales.push_back("/" + name);
        column.widths.push_back(axis->labels.size());
        if (!axis->titles.empty()) titles += (titles.empty() ? "" : " ") + name + "_title";
    }
    add_text(column.attributes, "long_name", s.long_name);
    add_text(column.attributes, "standard_name", s.standard_name);
    add_text(column.attributes, "units", s.unit);
    add_text(column.attributes, "cell_methods", "time: " + method_of(s));
    add_text(column.attributes, "total", total_of(s));
    add_text(column.attributes, "definition", s.definition);
    add_text(column.attributes, "coordinates", titles);
    return column;
}

ColumnSpec time_column(const RecorderState& state)
{
    return {.name = "time",
            .kind = Kind::f64,
            .attributes = {{"long_name", "last day of the period"},
                           {"standard_name", "time"},
                           {"axis", "T"},
                           {"units", "days since " + state.start + " 00:00:00"},
                           {"calendar", state.calendar},
                           {"bounds", "time_bounds"}}};
}

} // namespace

std::vector<ColumnSpec> series_columns(const RecorderState& state, const std::vector<Series>& series)
{
    std::vector<ColumnSpec> columns{time_column(state),
                                    {.name = "time_bounds", .kind = Kind::f64, .scales = {"/bounds"}, .widths = {2}}};
    for (const Series& s : series) columns.push_back(series_column(state, s));
    return columns;
}

std::vector<ColumnSpec> panel_columns(const std::vector<Column>& columns)
{
    std::vector<ColumnSpec> result;
    for (const Column& c : columns) {
        ColumnSpec& column = result.emplace_back(ColumnSpec{.name = c.name, .kind = c.kind, .meanings = c.meanings});
        add_text(column.attributes, "long_name", c.long_name);
        add_text(column.attributes, "units", c.unit);
    }
    return result;
}

} // namespace sim::record
