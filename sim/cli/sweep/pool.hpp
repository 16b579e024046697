#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/cli/sweep/planned_run.hpp"

namespace sim::cli {

struct PoolOptions {
    PlannedOptions run{};
    int jobs = 0;            ///< runs at a time; 0: by memory and cores
    double memory_bytes = 0; ///< that all runs together may take
};

/// How a pool of runs ended.
struct PoolResult {
    std::int64_t runs = 0;     ///< asked for
    std::int64_t reused = 0;   ///< whose result was there
    std::int64_t finished = 0; ///< made now
    std::int64_t failed = 0;
    std::int64_t skipped = 0;   ///< that failed for good before, and were not tried again
    std::int64_t elsewhere = 0; ///< left to another process that is at them
    std::int64_t left = 0;      ///< not begun, or stopped, because a signal asked for it
    int lanes = 1, threads = 1;
    double seconds = 0;
    int worst_code = 0; ///< of the failures: their common exit code, else exit_failed

    [[nodiscard]] int exit_code() const;
};

/// Makes the results of runs in processes of their own, so that one that crashes takes nothing with it: small ones side by side with a thread
/// each, large ones one after another with all threads. Failures of reading, writing and memory are tried again, at most three times.
/// @param indices  of the rows
PoolResult run_pool(const Session& session, const std::string& folder, const sweep::Plan& plan,
                    const std::vector<std::int64_t>& indices, const PoolOptions& options);

} // namespace sim::cli
