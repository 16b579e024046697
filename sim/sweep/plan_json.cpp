#include <nlohmann/json.hpp>

#include "sim/base/io_error.hpp"
#include "sim/base/sha256.hpp"
#include "sim/scenario/json.hpp"
#include "sim/sweep/plan_text.hpp"

namespace sim::sweep {
namespace {

using Json = nlohmann::ordered_json;

constexpr int plan_format = 1;
constexpr auto again = "; plan again: `sweep FILE --out FOLDER --plan-only`";

Json json_of(const Node& value)
{
    if (value.empty()) return nullptr;
    return Json::parse(scenario::write_json(value, -1));
}

Node node_of(const Json& json, AxisType type)
{
    switch (type) {
    case AxisType::number: return scenario::make_node(json.get<double>());
    case AxisType::integer: return scenario::make_node(json.get<std::int64_t>());
    case AxisType::flag: return scenario::make_node(json.get<bool>());
    case AxisType::date:
    case AxisType::text: break;
    }
    return scenario::make_node(json.get<std::string>()); // of a date too: it is only shown
}

Json json_of(const Axis& axis)
{
    Json json = {{"key", axis.key}, {"type", name_of(axis.type)}, {"unit", axis.unit}};
    for (const Node& value : axis.values) json["values"].push_back(json_of(value));
    if (!axis.is_range()) return json;
    json["from"] = json_of(axis.from), json["to"] = json_of(axis.to);
    json["scale"] = axis.is_log ? "log" : "linear";
    return json;
}

Axis axis_of(const Json& json)
{
    Axis axis;
    axis.key = json.at("key"), axis.unit = json.at("unit");
    axis.type = axis_type(json.at("type").get<std::string>()).value();
    if (json.contains("values"))
        for (const Json& value : json.at("values")) axis.values.push_back(node_of(value, axis.type));
    if (!axis.is_range()) return axis;
    axis.from = node_of(json.at("from"), axis.type), axis.to = node_of(json.at("to"), axis.type);
    axis.is_log = json.at("scale") == "log";
    return axis;
}

Json json_of(const PlanScenario& s)
{
    Json files = Json::object();
    for (const scenario::FileRead& file : s.files) files[file.name] = file.sha256;
    return {{"name", s.name},         {"path", s.path},     {"root", s.root},
            {"settings", s.settings}, {"sha256", s.sha256}, {"data_files", files}};
}

PlanScenario scenario_of(const Json& json)
{
    PlanScenario s{json.at("name"), json.at("path"), json.at("root"), json.at("settings"), json.at("sha256"), {}};
    for (const auto& [name, digest] : json.at("data_files").items()) s.files.push_back({name, "", digest});
    return s;
}

std::string digest_of(Json json)
{
    json.erase("digest");
    return sha256(json.dump());
}

Plan plan_of(const Json& json)
{
    Plan plan;
    plan.name = json.at("name"), plan.design = json.at("design");
    plan.program = json.at("program"), plan.model_version = json.at("model_version");
    plan.store = json.at("store");
    plan.sweep_file = json.at("sweep_file"), plan.sweep_text = json.at("sweep_text");
    for (const Json& axis : json.at("axes")) plan.axes.push_back(axis_of(axis));
    plan.points = json.at("points"), plan.design_seed = json.at("design_seed");
    plan.replicates = json.at("replicates"), plan.first_seed = json.at("first_seed");
    plan.outputs = json.at("outputs");
    for (const Json& s : json.at("scenarios")) plan.scenarios.push_back(scenario_of(s));
    const Json& run = json.at("largest_run");
    plan.memory_bytes = run.at("memory_bytes"), plan.output_bytes = run.at("output_bytes");
    plan.seconds = run.at("seconds_on_one_core");
    return plan;
}

} // namespace

std::string plan_json(const Plan& plan, const std::string& manifest)
{
    Json json = {{"format", plan_format},
                 {"name", plan.name},
                 {"program", plan.program},
                 {"model_version", plan.model_version},
                 {"design", plan.design},
                 {"points", plan.points},
                 {"design_seed", plan.design_seed},
                 {"replicates", plan.replicates},
                 {"first_seed", plan.first_seed},
                 {"runs", plan.rows.size()},
                 {"axes", Json::array()},
                 {"outputs", plan.outputs},
                 {"store", plan.store},
                 {"scenarios", Json::array()},
                 {"largest_run",
                  {{"memory_bytes", plan.memory_bytes},
                   {"output_bytes", plan.output_bytes},
                   {"seconds_on_one_core", plan.seconds}}},
                 {"sweep_file", plan.sweep_file},
                 {"sweep_sha256", sha256(plan.sweep_text)},
                 {"sweep_text", plan.sweep_text},
                 {"manifest_sha256", sha256(manifest)}};
    for (const Axis& axis : plan.axes) json["axes"].push_back(json_of(axis));
    for (const PlanScenario& s : plan.scenarios) json["scenarios"].push_back(json_of(s));
    json["digest"] = digest_of(json);
    return json.dump(2) + "\n";
}

Plan parse_plan(const std::string& path, const std::string& text, const std::string& manifest)
{
    try {
        const Json json = Json::parse(text);
        if (json.at("format") != plan_format)
            throw IoError(path, "read the plan", std::string("it has another format") + again);
        if (json.at("digest") != digest_of(json))
            throw IoError(path, "read the plan", std::string("it is damaged, or was edited") + again);
        if (json.at("manifest_sha256") != sha256(manifest))
            throw IoError(path, "read the plan",
                          std::string("manifest.csv is damaged, was edited, or is another plan's") + again);
        return plan_of(json);
    } catch (const Json::exception& error) {
        throw IoError(path, "read the plan", std::string("it is damaged: ") + error.what() + again);
    } catch (const std::bad_optional_access&) {
        throw IoError(path, "read the plan", std::string("an axis has an unknown type") + again);
    }
}

} // namespace sim::sweep
