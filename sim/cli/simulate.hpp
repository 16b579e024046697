#pragma once

#include <string>

#include "sim/cli/continuation.hpp"
#include "sim/cli/scenario_arguments.hpp"
#include "sim/cli/trace_arguments.hpp"

namespace sim::cli {

/// The options of verbs that simulate, and what follows once the scenario is known: estimate, refusals, the run, its report.
class Simulate {
public:
    void declare(Arguments& arguments);

    /// Simulates from the first day, or from where a checkpoint stands.
    /// @param past  the checkpoint, nullptr for none
    /// @param out   result file when none was asked for
    int operator()(const Session& session, const Prepared& prepared, const Continuation* past,
                   const std::string& out) const;

    [[nodiscard]] const std::string& out() const { return out_; }
    [[nodiscard]] const std::string& panel() const { return panel_; }
    [[nodiscard]] const std::string& max_memory() const { return max_memory_; }
    [[nodiscard]] int threads() const { return threads_; }
    [[nodiscard]] int checkpoint_every() const { return checkpoint_every_; } ///< -1: not given

private:
    [[nodiscard]] int check_options(const Session& session, const Continuation* past) const;
    static int refuse_until(const Session& session, const scenario::RunSettings& run, const Continuation* past,
                            const RunRequest& request);
    [[nodiscard]] int refuse_too_large(const Session& session, const Estimate& estimate) const;
    [[nodiscard]] int refuse_unwritable(const Session& session, const RunRequest& request) const;
    static int show_estimate(const Session& session, const Estimate& estimate, const RunRequest& request);
    static int simulate(const Session& session, Case& model, const RunRequest& request);
    static void show_result(const Session& session, const RunResult& result, const RunRequest& request);
    static void say_what_next(const Session& session, const RunResult& result, const RunRequest& request);
    static int exit_code(const Session& session, const RunResult& result);

    TraceArguments trace_;
    std::string out_, max_memory_, panel_, until_, backend_ = "tbb";
    int threads_ = 0, block_size_ = 0, checkpoint_every_ = -1;
    bool force_ = false, dry_run_ = false, profile_ = false;
};

} // namespace sim::cli
