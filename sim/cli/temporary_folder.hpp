#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "sim/base/io_error.hpp"

namespace sim::cli {

/// A folder for results that is gone afterwards with all that is in it, unless it was asked for by name.
class TemporaryFolder {
public:
    /// @param kept  folder to use and keep, made when it is not there; "" for a new one below the system's folder for such
    /// @throws IoError when no folder can be made
    explicit TemporaryFolder(const std::string& kept = "") : path_(kept), is_kept_(!kept.empty())
    {
        std::error_code failed;
        if (is_kept_) {
            std::filesystem::create_directories(kept, failed);
            if (failed) throw IoError("the folder " + kept + " cannot be made: " + failed.message());
            return;
        }
        const std::filesystem::path parent = std::filesystem::temp_directory_path(failed);
        path_ = (parent / "fabrica-XXXXXX").string();
        if (failed || mkdtemp(path_.data()) == nullptr)
            throw IoError(fmt::format("no folder can be made in {}: set TMPDIR to one that can be written",
                                      failed ? "the folder for temporary files" : parent.string()));
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder()
    {
        std::error_code ignored;
        if (!is_kept_) std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] bool is_kept() const { return is_kept_; }
    [[nodiscard]] std::string result() const { return path_ + "/run.h5"; } ///< where a single result goes

private:
    std::string path_;
    bool is_kept_;
};

} // namespace sim::cli
