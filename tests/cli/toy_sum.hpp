// What the painters of the toy application paint together, added up by all threads, each taking its part of each block.
#pragma once

#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "sim/cli/application.hpp"
#include "sim/kernel/executor.hpp"

namespace toy {

#ifdef TOY_UNORDERED_SUM
using Sum = float; // a planted fault: depends on the order of adding, thus on blocks and threads
#else
using Sum = std::int64_t; // thousandths
#endif

/// What painters [first, last) paint, of unequal diligence [thousandths].
inline Sum painted_by(std::int64_t first, std::int64_t last)
{
    Sum sum{};
    for (std::int64_t i = first; i < last; ++i) sum += static_cast<Sum>(1000 + i % 997);
    return sum;
}

/// The sum of all painters over the same sum added up by one thread: 1, unless the order of adding matters.
inline double painted_share(std::int64_t painters, const sim::cli::RunRequest& request)
{
    const auto backend = request.backend == "serial"    ? sim::Backend::serial
                         : request.backend == "threads" ? sim::Backend::threads
                                                        : sim::Backend::tbb;
    const auto executor = sim::Executor::make(backend, request.threads);
    const std::int64_t size = request.block_size > 0 ? request.block_size : 4096;
    const int tasks = static_cast<int>((painters + size - 1) / size) * executor->threads();
    std::vector<Sum> parts(static_cast<std::size_t>(tasks));
    executor->for_each(tasks, [&](int task, int) {
        parts[static_cast<std::size_t>(task)] = painted_by(painters * task / tasks, painters * (task + 1) / tasks);
    });
    return static_cast<double>(std::accumulate(parts.begin(), parts.end(), Sum{})) /
           static_cast<double>(painted_by(0, painters));
}

} // namespace toy
