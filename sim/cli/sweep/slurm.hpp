#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/cli/sweep/planned_run.hpp"

namespace sim::cli {

/// How runs of a plan go to Slurm.
struct SlurmOptions {
    PlannedOptions run{};
    std::int64_t pack = 0;             ///< runs of one task of the array; 0: so many that a task takes a minute
    std::vector<std::string> sbatch{}; ///< further options of sbatch, such as --partition=long
    enum class Do { submit, write_only, show_only } what = Do::submit;
};

/// Runs of each task as ranges "A:B", half-open: packs of so many indices, in order.
std::vector<std::vector<std::string>> pack_ranges(const std::vector<std::int64_t>& indices, std::int64_t pack);

/// Runs of a task that takes a minute or more.
std::int64_t runs_of_a_minute(double seconds_of_a_run);

/// MaxArraySize of `scontrol show config`: 1001 where it says nothing.
std::int64_t max_array_size(const std::string& config);

/// The script of the array, which takes a file of ranges, a line per task, as its argument.
std::string slurm_script(const std::string& program, const std::string& folder, const sweep::Plan& plan,
                         const SlurmOptions& options);

/// Writes script and tasks of the runs that have no result to FOLDER/slurm, and submits them as one array or several. A run that failed for good is
/// left out unless asked for. Returns an ExitCode.
int launch_slurm(const Session& session, const std::string& folder, const sweep::Plan& plan,
                 const SlurmOptions& options);

} // namespace sim::cli
