// How long it takes to write a checkpoint and to go on from it.
#pragma once

#include "models/manufacturing.hpp"

#include <string>

namespace fabrica {

struct SnapshotTimes {
    std::int64_t firms = 0; // simulated
    std::int64_t bytes = 0; // of the file
    struct Spent {
        double seconds = 0;     // on the clock
        double cpu_seconds = 0; // of the processor, all threads
    };
    Spent save;             // all of it: written, on the disk, read again and checked
    Spent restore;          // from the file to an engine that can run
    std::uint64_t hash = 0; // of the state saved
    bool is_same = false;   // the state restored has this hash too
};

/// Builds the first day of a nation, runs some days so that messages are under way, saves the state to a file, and restores it in its
/// place. The number of firms follows from run.scale. The file is removed.
/// Throws sim::IoError, sim::InvalidInput
SnapshotTimes time_snapshot(const Config& config, const Nation& nation, sim::Window days,
                            const sim::EngineOptions& options, const std::string& file);

} // namespace fabrica
