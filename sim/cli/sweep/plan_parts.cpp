#include "sim/cli/sweep/plan_parts.hpp"

#include <algorithm>
#include <map>

#include "sim/cli/sweep/point_reader.hpp"

namespace sim::cli {

bool is_shipped(const Application& application, const std::string& name)
{
    return name.starts_with(application.name + ":");
}

sweep::PlanScenario scenario_of(const Application& application, const PlanRequest& request, const std::string& name,
                                const std::string& path, std::vector<std::string> settings)
{
    sweep::PlanScenario s;
    s.name = name;
    s.path = is_shipped(application, path) ? path : sweep::path_from(request.folder, path);
    if (!request.root.empty()) s.root = sweep::path_from(request.folder, request.root);
    s.settings = std::move(settings);
    return s;
}

std::vector<std::string> default_outputs(const Application& application, const std::vector<SeriesShape>& recorded)
{
    std::vector<std::string> all;
    for (const SeriesShape& shape : recorded)
        if (application.headline.empty() ||
            std::count(application.headline.begin(), application.headline.end(), shape.name) > 0)
            all.push_back(shape.name);
    return all;
}

void check_outputs(const std::vector<std::string>& outputs, const std::vector<SeriesShape>& recorded,
                   const Position& where, Errors& errors)
{
    std::vector<std::string> names;
    for (const SeriesShape& shape : recorded) names.push_back(shape.name);
    std::vector<std::string> seen;
    for (const std::string& name : outputs) {
        if (std::count(names.begin(), names.end(), name) == 0)
            errors.add(where, "there is no series '{}' to gather", name).help(suggestion(name, names, "Series"));
        if (std::count(seen.begin(), seen.end(), name) > 0) errors.add(where, "the series '{}' is named twice", name);
        seen.push_back(name);
    }
}

void note_estimate(sweep::Plan& plan, const Estimate& estimate)
{
    plan.memory_bytes = std::max(plan.memory_bytes, estimate.memory_bytes);
    plan.output_bytes = std::max(plan.output_bytes, estimate.output_bytes);
    plan.seconds = std::max(plan.seconds, estimate.seconds);
}

sweep::Plan plan_for(const Application& application, const PlanRequest& request)
{
    sweep::Plan plan;
    plan.program = application.name, plan.model_version = application.model_version;
    plan.store = sweep::path_from(request.folder, request.store);
    return plan;
}

Prepared prepare_planned(const Application& application, const std::string& folder, const sweep::PlanScenario& scenario,
                         std::vector<std::string> settings, Errors& errors)
{
    const std::string path =
        is_shipped(application, scenario.path) ? scenario.path : sweep::path_in(folder, scenario.path);
    const std::string root = scenario.root.empty() ? "" : sweep::path_in(folder, scenario.root);
    return prepare_scenario(application, path, std::move(settings), root, errors);
}

std::optional<std::string> why_stale(const Application& application, const std::string& folder, const sweep::Plan& plan)
{
    if (plan.program != application.name)
        return fmt::format("the plan is of the program '{}', and this is {}", plan.program, application.name);
    if (plan.model_version != application.model_version)
        return fmt::format("the plan is of model {}, and this is model {}", plan.model_version,
                           application.model_version);
    for (const sweep::PlanScenario& s : plan.scenarios) {
        Errors errors;
        const Prepared now = prepare_planned(application, folder, s, s.settings, errors);
        if (!errors.empty())
            return fmt::format("the scenario {} cannot be read any more:\n{}", s.name, errors.report());
        std::map<std::string, std::string> digests;
        for (const scenario::FileRead& file : data_files(now.loaded)) digests[file.name] = file.sha256;
        for (const scenario::FileRead& file : s.files)
            if (digests[file.name] != file.sha256)
                return fmt::format("the data file {} of {} has changed since it was planned", file.name, s.name);
        if (now.loaded.sha256 != s.sha256)
            return fmt::format("the scenario {} has changed since it was planned", s.name);
    }
    return std::nullopt;
}

} // namespace sim::cli
