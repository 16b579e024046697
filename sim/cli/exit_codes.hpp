#pragma once

namespace sim::cli {

/// What the program returns to the shell.
enum ExitCode : int {
    exit_ok = 0,
    exit_failed = 1, ///< a failure while running; also a guard that stopped the run, or a broken identity
    exit_usage = 2,  ///< the command line is wrong
    exit_invalid =
        3, ///< the scenario is invalid, names a missing file, is too large for memory, or forks with another past
    exit_different = 4, ///< a comparison found a difference
    exit_io = 5, ///< a file cannot be read or written, or would be overwritten; also a damaged or foreign checkpoint
    exit_resumable = 75,    ///< interrupted with a checkpoint to resume
    exit_interrupted = 130, ///< interrupted by SIGINT without one
    exit_terminated = 143   ///< interrupted by SIGTERM without one
};

} // namespace sim::cli
