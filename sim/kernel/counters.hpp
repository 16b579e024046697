#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sim {

/// What an engine has done so far. Counts do not depend on threads or blocks; nanoseconds are there only when profiling.
struct EngineCounters {
    struct Phase {
        std::string name;
        std::int64_t events = 0;
        std::int64_t nanoseconds = 0; // summed over threads
    };
    struct Type {
        std::string name;
        std::int64_t count = 0;
    };

    std::vector<Phase> phases;
    std::vector<Type> undeliverable;   // messages whose target was dead
    std::int64_t events = 0;           // messages handed out and visits
    std::int64_t sent = 0;             // by agents and institutions
    std::int64_t sorted_conflicts = 0; // messages that had to be sorted, the undeliverable included
    std::int64_t today_reruns = 0;     // same-window self messages handled after the last phase
    int threads = 1;
    std::int64_t block_nanoseconds = 0;    // wall time in which blocks were run, by any number of threads
    std::int64_t task_nanoseconds = 0;     // of blocks, summed over threads; only when profiling
    std::int64_t barrier_nanoseconds = 0;  // wall time of institutions and burials
    std::int64_t observer_nanoseconds = 0; // wall time of observers
    std::int64_t windows_alone = 0;        // windows run on the calling thread because there was little to do
};

} // namespace sim
