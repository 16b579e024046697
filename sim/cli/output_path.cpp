#include "sim/cli/output_path.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <limits>

#include <unistd.h>

#include "sim/sweep/run_id.hpp"

namespace sim::cli {
namespace fs = std::filesystem;

std::string run_id(const scenario::Loaded& loaded, const Application& application)
{
    return sweep::run_id(loaded.sha256, loaded.files, application.model_version);
}

std::string output_path(const std::string& wanted, const Prepared& prepared, const Application& application)
{
    if (!wanted.empty()) return wanted;
    return fmt::format("results/{}/{}.h5", prepared.model->settings().name, run_id(prepared.loaded, application));
}

std::optional<std::string> why_not_writable(const std::string& path, bool may_overwrite, bool may_make_folder)
{
    const fs::path file(path);
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    std::error_code failed;
    if (may_make_folder) fs::create_directories(folder, failed);
    if (failed) return fmt::format("the folder {} cannot be made: {}", folder.string(), failed.message());
    if (!fs::is_directory(folder, failed)) return fmt::format("there is no folder {}", folder.string());
    if (fs::is_directory(file, failed)) return fmt::format("{} is a folder", path);
    if (fs::exists(file, failed) && !may_overwrite) return fmt::format("{} exists", path);
    if (access(folder.c_str(), W_OK) != 0)
        return fmt::format("the folder {} cannot be written: {}", folder.string(), std::strerror(errno));
    return std::nullopt;
}

double physical_memory()
{
    const long pages = sysconf(_SC_PHYS_PAGES);
    const long size = sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0 ? static_cast<double>(pages) * static_cast<double>(size)
                                 : std::numeric_limits<double>::infinity();
}

} // namespace sim::cli
