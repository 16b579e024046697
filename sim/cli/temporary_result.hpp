#pragma once

#include <filesystem>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

namespace sim::cli {

/// A result file in a folder of its own that is gone afterwards, with what lies beside it.
class TemporaryResult {
public:
    TemporaryResult() : folder_(std::filesystem::temp_directory_path() / fmt::format("bench-{}", getpid()))
    {
        std::filesystem::create_directories(folder_);
    }
    TemporaryResult(const TemporaryResult&) = delete;
    TemporaryResult& operator=(const TemporaryResult&) = delete;
    ~TemporaryResult()
    {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    [[nodiscard]] std::string name() const { return (folder_ / "run.h5").string(); }

private:
    std::filesystem::path folder_;
};

} // namespace sim::cli
