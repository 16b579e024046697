#include "sim/sweep/plan.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "sim/base/io_error.hpp"
#include "sim/record/output_file.hpp"
#include "sim/sweep/plan_text.hpp"

namespace sim::sweep {
namespace fs = std::filesystem;
namespace {

std::string read_all(const std::string& path)
{
    try {
        return scenario::read_bytes(path, std::size_t{1} << 30);
    } catch (const IoError& error) {
        throw IoError(path, "read the plan", error.what());
    }
}

void write_changed(const std::string& path, const std::string& text)
{
    std::ifstream in(path, std::ios::binary);
    std::ostringstream now;
    if (in) now << in.rdbuf();
    if (!in || now.str() != text) record::write_whole(path, text);
}

} // namespace

const PlanScenario& Plan::scenario(const std::string& scenario_name) const
{
    const auto found = std::find_if(scenarios.begin(), scenarios.end(),
                                    [&](const PlanScenario& s) { return s.name == scenario_name; });
    if (found == scenarios.end()) throw IoError("the plan names no scenario '" + scenario_name + "'");
    return *found;
}

std::vector<std::string> Plan::settings(const PlanRow& row) const
{
    std::vector<std::string> all = scenario(row.scenario).settings;
    for (std::size_t k = 0; k < axes.size(); ++k) all.push_back(setting(axes[k].key, axes[k].type, row.values.at(k)));
    all.push_back(fmt::format("run.seed={}", row.seed));
    return all;
}

std::string plan_path(const std::string& folder) { return (fs::path(folder) / "plan.json").string(); }
std::string manifest_path(const std::string& folder) { return (fs::path(folder) / "manifest.csv").string(); }
std::string failures_path(const std::string& folder) { return (fs::path(folder) / "failures.jsonl").string(); }
std::string ensemble_path(const std::string& folder) { return (fs::path(folder) / "ensemble.h5").string(); }

std::string store_path(const std::string& folder, const Plan& plan) { return path_in(folder, plan.store); }

std::string result_path(const std::string& folder, const Plan& plan, const std::string& id)
{
    return (fs::path(store_path(folder, plan)) / (id + ".h5")).string();
}

std::string path_from(const std::string& from, const std::string& path)
{
    std::error_code failed;
    const fs::path base = fs::weakly_canonical(fs::absolute(from), failed);
    const fs::path target = fs::weakly_canonical(fs::absolute(path), failed);
    const fs::path relative = target.lexically_relative(base);
    return relative.empty() ? target.string() : relative.string();
}

std::string path_in(const std::string& folder, const std::string& path)
{
    return (fs::path(folder) / path).lexically_normal().string();
}

void write_plan(const std::string& folder, const Plan& plan)
{
    const std::string manifest = manifest_text(plan);
    write_changed(manifest_path(folder), manifest);
    write_changed(plan_path(folder), plan_json(plan, manifest));
}

Plan read_plan(const std::string& folder)
{
    std::error_code failed;
    if (!fs::exists(plan_path(folder), failed))
        throw IoError(folder, "read the plan", "there is no plan.json in it; `sweep FILE --out FOLDER` makes one");
    const std::string manifest = read_all(manifest_path(folder));
    Plan plan = parse_plan(plan_path(folder), read_all(plan_path(folder)), manifest);
    parse_manifest(manifest_path(folder), manifest, plan);
    return plan;
}

} // namespace sim::sweep
