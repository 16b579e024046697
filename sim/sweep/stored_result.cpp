#include "sim/sweep/stored_result.hpp"

#include <filesystem>
#include <vector>

#include "sim/base/io_error.hpp"
#include "sim/record/checkpoint_file.hpp"
#include "sim/record/digests.hpp"
#include "sim/record/run_info.hpp"
#include "sim/sweep/run_id.hpp"

namespace sim::sweep {
namespace fs = std::filesystem;
namespace {

std::string problem_of(const record::ResultFile& file, const std::string& id, const Plan& plan,
                       const PlanScenario& scenario, Depth depth)
{
    if (const std::string status = file.text_attribute("/", "status"); status != "complete")
        return "its status is " + status;
    if (const std::string model = file.text_attribute("/", "model_version"); model != plan.model_version)
        return fmt::format("it is of model {}, and the plan of {}", model, plan.model_version);
    const std::string own = run_id(file.text_attribute("/", "scenario_sha256"), scenario.files, plan.model_version);
    if (own != id) return "it is the result of another run";
    if (depth == Depth::quick) return "";
    const auto damages = record::check_digests(file);
    return damages.empty() ? "" : damages.front().what + " has another digest than when it was written";
}

std::vector<std::string> temporary_files(const std::string& result)
{
    return {result + ".partial", result + ".new.partial", record::run_info_path(result) + ".partial"};
}

std::vector<std::string> checkpoints(const std::string& result)
{
    const std::string last = record::checkpoint_path(result);
    return {last, record::previous_path(last)};
}

} // namespace

Stored check_result(const std::string& path, const std::string& id, const Plan& plan, const PlanScenario& scenario,
                    std::string* why, Depth depth)
{
    std::error_code failed;
    if (!fs::exists(path, failed)) return Stored::absent;
    std::string problem;
    try {
        problem = problem_of(record::ResultFile(path), id, plan, scenario, depth);
    } catch (const IoError& error) {
        problem = error.reason();
    }
    if (why != nullptr) *why = problem;
    return problem.empty() ? Stored::good : Stored::damaged;
}

std::string lock_path(const std::string& result) { return result.substr(0, result.size() - 3) + ".lock"; }

void sweep_leftovers(const std::string& result, bool with_checkpoints)
{
    std::error_code ignored;
    for (const std::string& file : temporary_files(result)) fs::remove(file, ignored);
    record::sweep_drafts(record::checkpoint_path(result));
    if (!with_checkpoints) return;
    for (const std::string& file : checkpoints(result)) fs::remove(file, ignored);
}

bool has_leftovers(const std::string& result)
{
    std::error_code ignored;
    for (const auto& files : {temporary_files(result), checkpoints(result), {lock_path(result)}})
        for (const std::string& file : files)
            if (fs::exists(file, ignored)) return true;
    return false;
}

} // namespace sim::sweep
