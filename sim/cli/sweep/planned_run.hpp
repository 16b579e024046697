#pragma once

#include <string>

#include "sim/cli/session.hpp"
#include "sim/sweep/plan.hpp"

namespace sim::cli {

/// How runs of a plan are done; none of it changes the results.
struct PlannedOptions {
    int threads = 0;           ///< 0: all cores
    int checkpoint_every = -1; ///< months; 0: none; -1: by the time that a run takes
    bool retry = false;        ///< runs that failed before, too
};

/// Makes the result of one run of a plan, in this process: skips what is there, waits for nobody, continues from the newest good checkpoint,
/// publishes in one step. A failure is noted in failures.jsonl.
/// @return  an ExitCode: exit_resumable also when another process has the run
int run_planned(const Session& session, const std::string& folder, const sweep::Plan& plan, const sweep::PlanRow& row,
                const PlannedOptions& options);

/// Months between checkpoints of a run of this plan: none for short ones, which are sooner run again.
int checkpoint_months(const sweep::Plan& plan, int asked);

} // namespace sim::cli
