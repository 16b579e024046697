#include <nlohmann/json.hpp>

#include "sim/base/io_error.hpp"
#include "sim/report/collection.hpp"
#include "sim/report/report.hpp"
#include "sim/report/scenario_rows.hpp"
#include "sim/scenario/json.hpp"
#include "sim/scenario/library.hpp"

namespace sim::report {
namespace {

using Json = nlohmann::ordered_json;
using scenario::make_node;
using scenario::Node;

constexpr std::size_t largest_effect = std::size_t{1} << 30U; // bytes

std::string text_of(const std::string& path)
try {
    return scenario::read_bytes(path, largest_effect);
} catch (const IoError& error) { // which does not name the file
    throw IoError(path, "read the effect", error.reason());
}

Json read(const std::string& path)
{
    const std::string text = text_of(path);
    Json effect = Json::parse(text, nullptr, false);
    if (effect.is_discarded()) throw IoError(path, "read the effect", "it is no JSON, or was cut off");
    return effect;
}

void check(const Json& effect, const std::string& path)
{
    static constexpr const char* parts[] = {"base", "policies", "effects", "runs", "scenarios", "paths"};
    for (const char* part : parts)
        if (!effect.is_object() || !effect.contains(part))
            throw Mismatch(fmt::format(
                "{} is no effect: it has no '{}'. Write one with `effect BASE POLICY --series LIST --out FILE.json`",
                path, part));
}

/// The scenarios in the form that groups of runs have.
Json groups(const Json& effect, const Options& options)
{
    Json all = Json::array();
    for (const Json& scenario : effect["scenarios"]) {
        const std::string toml = scenario.at("toml");
        Json group{{"name", scenario.at("name")},
                   {"title", scenario.at("title")},
                   {"model_version", effect.value("model_version", "")}};
        group["scenario"] = {{"toml", toml},
                             {"sha256", scenario.at("sha256")},
                             {"files", scenario.at("files")},
                             {"rows", Json::parse(scenario::write_json(scenario_rows(toml, options.keys), -1))}};
        all.push_back(std::move(group));
    }
    return all;
}

/// How each series that was asked for is shown.
Json shown(const Json& effect, const Description& description)
{
    Json all = Json::object();
    for (const Json& one : effect["effects"]) {
        const std::string text = one.at("series");
        const std::string part = text.find('[') == std::string::npos ? "" : text.substr(text.find('['));
        Indicator indicator = description.of(text.substr(0, text.find('[')));
        if (one.value("is_ratio", false)) indicator.unit = "%";
        const Unit unit = description.shown(indicator, one.at("unit"));
        all[text] = {{"title", indicator.title + (part.empty() ? "" : " " + part)},
                     {"unit", unit.shown},
                     {"factor", unit.factor}};
    }
    return all;
}

} // namespace

Report report_of_effect(const std::string& path, const Options& options)
try {
    Json effect = read(path);
    check(effect, path);
    std::string title = options.title;
    for (const Json& policy : effect["policies"])
        if (options.title.empty())
            title += (title.empty() ? "Effect of " : ", ") + policy.at("name").get<std::string>();
    Json data{{"format", 1},
              {"kind", "effect"},
              {"title", title},
              {"program", options.program},
              {"command", options.command}};
    data["notes"] = Json::array();
    data["groups"] = groups(effect, options);
    data["shown"] = shown(effect, options.description);
    const std::size_t arms = effect["policies"].size() + 1, seeds = effect.value("seeds", std::size_t{0});
    effect.erase("scenarios");
    data["effect"] = std::move(effect);
    return {title, data.dump(-1, ' ', false, Json::error_handler_t::replace), arms * seeds, arms};
} catch (const nlohmann::json::exception& error) {
    throw Mismatch(fmt::format("{} is no effect as `effect --out` writes it: {}", path, error.what()));
}

} // namespace sim::report
