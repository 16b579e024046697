#include "sim/report/observed.hpp"

#include "sim/record/result_file.hpp"
#include "sim/report/numbers.hpp"

namespace sim::report {

using scenario::make_node;
using scenario::Node;

namespace {

Node years_of_group(const RunFile& file)
{
    Node::Array years;
    const record::h5::Variable limits = file.file().variable("/observed/time_bounds");
    std::vector<double> bounds(limits.shape[0] * limits.row_width());
    file.file().read_rows(limits.path, record::Kind::f64, 0, limits.shape[0], bounds.data());
    const std::string units = file.text("/observed/time", "units"), calendar = file.text("/observed/time", "calendar");
    for (std::size_t i = 0; i < bounds.size(); i += 2)
        years.push_back(make_node(record::date_text(units, calendar, bounds[i]).substr(0, 4)));
    return make_node(std::move(years));
}

Node values_of(const RunFile& file, const record::h5::Variable& v)
{
    std::vector<double> values(v.shape[0] * v.row_width());
    file.file().read_rows(v.path, record::Kind::f64, 0, v.shape[0], values.data());
    const std::vector<Exact> exact(values.begin(), values.end());
    return make_node(to_text(exact, false));
}

} // namespace

Node observed_of(const RunFile& file, const Indicator& indicator)
{
    Node::Array all;
    for (const record::h5::Variable& v : file.file().variables()) {
        if (!v.path.starts_with("/observed/") || v.dimensions[0] != "time") continue;
        if (file.text(v.path, "result_series") != indicator.series || file.text(v.path, "over") != indicator.over)
            continue;
        all.push_back(make_node(Node::Table{{"name", make_node(v.path.substr(10))},
                                            {"measure", make_node(file.text(v.path, "measure"))},
                                            {"axis", make_node(v.dimensions.size() > 1 ? v.dimensions[1] : "")},
                                            {"years", years_of_group(file)},
                                            {"values", values_of(file, v)},
                                            {"source", make_node(file.text(v.path, "source"))},
                                            {"comment", make_node(file.text(v.path, "comment"))}}));
    }
    return make_node(std::move(all));
}

} // namespace sim::report
