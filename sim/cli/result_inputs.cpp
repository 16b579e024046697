#include "sim/cli/result_inputs.hpp"

#include <filesystem>

#include "sim/sweep/plan.hpp"

namespace sim::cli {
namespace {

namespace fs = std::filesystem;

/// Adds the results of a plan; false after telling why there is none.
bool add_plan(const Session& session, const std::string& folder, std::vector<std::string>& files)
{
    const std::string& program = session.application().name;
    if (!fs::exists(sweep::plan_path(folder))) {
        session.complain(fmt::format("{} is a folder, and no plan of a batch or sweep lies in it", folder),
                         "name results (RESULT.h5), or the folder that `batch` or `sweep` wrote");
        return false;
    }
    const sweep::Plan plan = sweep::read_plan(folder);
    if (!plan.axes.empty()) {
        files.push_back(sweep::ensemble_path(folder));
        if (fs::exists(files.back())) return true;
        session.complain(fmt::format("the runs of the sweep {} are not gathered yet", folder),
                         fmt::format("{} gather {}", program, folder));
        return false;
    }
    std::size_t found = 0;
    for (const sweep::PlanRow& row : plan.rows)
        if (const std::string file = sweep::result_path(folder, plan, row.id); fs::exists(file))
            files.push_back(file), ++found;
    if (found == plan.rows.size()) return true;
    const std::string missing =
        fmt::format("{} of {} runs of {} have no result", plan.rows.size() - found, plan.rows.size(), folder);
    const std::string help = fmt::format("`{} status {}` tells why and what to type next", program, folder);
    if (found == 0)
        session.complain(missing, help);
    else
        session.say(fmt::format("note: {}; the numbers are of the others. {}", missing, help));
    return found > 0;
}

} // namespace

std::optional<std::vector<std::string>> result_inputs(const Session& session, const std::vector<std::string>& named)
{
    std::vector<std::string> files;
    for (const std::string& name : named)
        if (!fs::is_directory(name))
            files.push_back(name);
        else if (!add_plan(session, name, files))
            return std::nullopt;
    return files;
}

} // namespace sim::cli
