// How long it takes to write a checkpoint and to go on from it.
#pragma once

#include "models/manufacturing.hpp"

#include <string>

namespace fabrica {

struct SnapshotTimes {
    std::int64_t firms = 0;     // simulated
    std::int64_t bytes = 0;     // of the file
    double save_seconds = 0;    // all of it: written, on the disk, read again and checked
    double restore_seconds = 0; // from the file to an engine that can run
    bool is_same = false;       // the state restored has the hash of the one saved
};

/// Builds the first day of a nation, runs some days so that messages are under way, saves the state to a file, and restores it in its
/// place. The number of firms follows from run.scale. The file is removed.
/// Throws sim::IoError, sim::InvalidInput
SnapshotTimes time_snapshot(const Config& config, const Nation& nation, sim::Window days,
                            const sim::EngineOptions& options, const std::string& file);

} // namespace fabrica
