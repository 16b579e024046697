#include "sim/cli/effect/store.hpp"

#include <filesystem>

#include "sim/base/io_error.hpp"
#include "sim/cli/output_path.hpp"
#include "sim/record/digests.hpp"
#include "sim/record/run_info.hpp"

namespace sim::cli {
namespace fs = std::filesystem;

std::string stored_path(const std::string& folder, const Prepared& run, const Application& application)
{
    return fmt::format("{}/{}/{}.h5", folder, run.model->settings().name, run_id(run.loaded, application));
}

bool is_stored(const std::string& path, const Prepared& run, const Application& application)
{
    std::error_code failed;
    if (!fs::is_regular_file(path, failed)) return false;
    try {
        const record::ResultFile file(path);
        return file.text_attribute("/", "status") == "complete" &&
               file.text_attribute("/", "scenario_sha256") == run.loaded.sha256 &&
               file.text_attribute("/", "model_version") == application.model_version && check_digests(file).empty();
    } catch (const IoError&) {
        return false;
    }
}

void remove_stored(const std::string& path)
{
    std::error_code ignored;
    for (const std::string& file : {path, path + ".partial", record::run_info_path(path)}) fs::remove(file, ignored);
}

} // namespace sim::cli
