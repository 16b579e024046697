#pragma once

#include <chrono>
#include <cstdint>

#include "sim/cli/session.hpp"

namespace sim::cli {

struct PoolResult;

/// Shows how far a pool of runs is, on stderr: a bar on a terminal, a line per tenth otherwise, JSON lines with --json.
class PoolProgress {
public:
    explicit PoolProgress(const Session& session);

    /// @param total    runs
    /// @param settled  runs that need no work: there already, or not tried again
    void start(std::int64_t total, std::int64_t settled);
    void show(const PoolResult& result, std::int64_t running);
    void finish(const PoolResult& result);

    [[nodiscard]] double seconds() const; ///< since start()

private:
    [[nodiscard]] std::string text(const PoolResult& result, std::int64_t running, bool is_json) const;

    const Session& session_;
    Progress::Style style_;
    std::int64_t total_ = 0, settled_ = 0, shown_ = -1;
    std::chrono::steady_clock::time_point begin_{}, last_{};
};

} // namespace sim::cli
