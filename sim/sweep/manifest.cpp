#include "sim/base/io_error.hpp"
#include "sim/scenario/csv_table.hpp"
#include "sim/sweep/plan_text.hpp"

namespace sim::sweep {
namespace {

std::string csv_cell(const std::string& text)
{
    if (text.find_first_of(",\"\n\r#") == std::string::npos && text == std::string(scenario::trimmed(text)))
        return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

} // namespace

std::string manifest_text(const Plan& plan)
{
    std::string text = "index,id,point,replicate,scenario,seed";
    for (const Axis& axis : plan.axes) text += "," + csv_cell(axis.key);
    text += "\n";
    for (const PlanRow& row : plan.rows) {
        text += fmt::format("{},{},{},{},{},{}", row.index, row.id, row.point, row.replicate, csv_cell(row.scenario),
                            row.seed);
        for (const std::string& value : row.values) text += "," + csv_cell(value);
        text += "\n";
    }
    return text;
}

void parse_manifest(const std::string& path, const std::string& text, Plan& plan)
{
    Errors errors;
    scenario::CsvShape shape{{"index", "id", "point", "replicate", "scenario", "seed"}, {"index"}};
    shape.has_provenance = false;
    for (const Axis& axis : plan.axes) shape.columns.push_back(axis.key);
    const auto table = scenario::CsvTable::parse(path, text, shape, errors);
    const auto whole = scenario::Range::at_least(0);
    for (std::size_t i = 0; i < table.rows() && errors.empty(); ++i) {
        PlanRow& row = plan.rows.emplace_back();
        row.index = table.integer(i, "index", whole);
        row.id = table.text(i, "id"), row.scenario = table.text(i, "scenario");
        row.point = table.integer(i, "point", whole), row.replicate = table.integer(i, "replicate", whole);
        row.seed = table.integer(i, "seed", whole);
        for (const Axis& axis : plan.axes) row.values.emplace_back(table.text(i, axis.key));
    }
    if (!errors.empty()) throw IoError("the manifest cannot be read:\n" + errors.report());
}

} // namespace sim::sweep
