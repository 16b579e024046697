#include <csignal>
#include <limits>

#include "sim/cli/output_path.hpp"
#include "sim/cli/scenario_arguments.hpp"
#include "sim/cli/trace_arguments.hpp"
#include "sim/scenario/json.hpp"

namespace sim::cli {
namespace {

class Run final : public Verb {
public:
    std::string name() const override { return "run"; }
    std::string help() const override { return "Run a scenario and write its results"; }

    void declare(Arguments& arguments) override
    {
        scenario_.declare(arguments);
        arguments.option(out_, "-o,--out", "FILE", "Result file (default results/NAME/ID.h5)");
        arguments.flag(force_, "--force", "Overwrite an existing result");
        arguments.flag(dry_run_, "--dry-run", "Print what the run would take, and stop");
        arguments.option(max_memory_, "--max-memory", "SIZE",
                         "Refuse a run that takes more, such as 8G (default: the memory of this machine)");
        arguments.option(threads_, "--threads", 0, 4096, "Threads; 0 for all cores. Does not change the results");
        arguments.option(block_size_, "--block-size", 0, std::numeric_limits<int>::max(),
                         "Agents per block; 0 to let the engine choose");
        arguments.choice(backend_, "--backend", {"tbb", "threads", "serial"}, "Who schedules the threads");
        arguments.option(panel_, "--panel", "WHICH", "Record single agents too: how many of the first day's, or 'all'");
        arguments.flag(profile_, "--profile", "Show where the time goes, by kind of event");
        trace_.declare(arguments);
    }

    int run(const Session& session) override
    {
        if (!is_panel(panel_)) {
            session.complain(fmt::format("--panel '{}' is neither a number of agents nor 'all'", panel_),
                             "write --panel 20, or --panel all");
            return exit_usage;
        }
        Errors errors;
        const Prepared prepared = scenario_.prepare(session.application(), errors);
        if (!errors.empty()) return session.report(errors), exit_invalid;
        for (const std::string& note : prepared.notes) session.say("note: " + note);

        const std::string out = output_path(out_, prepared, session.application());
        TraceRequest trace;
        if (const int code = trace_.prepare(session, prepared.model->settings(), out, dry_run_ || force_, trace);
            code != exit_ok)
            return code;
        Progress progress(session.progress_style());
        const RunRequest request{prepared.loaded, out,      threads_, block_size_, backend_,
                                 panel_,          profile_, progress, trace};
        const Estimate estimate = prepared.model->estimate(request);
        if (const int refused = refuse_too_large(session, estimate); refused != exit_ok) return refused;
        if (dry_run_) return show_estimate(session, estimate, request);
        if (const auto reason = why_not_writable(request.out, force_, out_.empty())) {
            const bool exists = reason->ends_with(" exists");
            session.complain(*reason, exists ? "add --force to overwrite it, or choose another file with --out"
                                             : "choose another file with --out");
            return exit_io;
        }
        return simulate(session, *prepared.model, request);
    }

private:
    /// "", "all", or a whole number above 0.
    static bool is_panel(const std::string& which)
    {
        if (which.empty() || which == "all") return true;
        return which.find_first_not_of("0123456789") == std::string::npos &&
               which.find_first_not_of('0') != std::string::npos && which.size() <= 9;
    }

    int refuse_too_large(const Session& session, const Estimate& estimate) const
    {
        const std::optional<double> limit =
            max_memory_.empty() ? std::optional(physical_memory()) : parse_bytes(max_memory_);
        if (!limit) {
            session.complain(fmt::format("--max-memory '{}' is no size", max_memory_), "write it like 8G or 500M");
            return exit_usage;
        }
        if (estimate.memory_bytes <= *limit) return exit_ok;
        session.complain(fmt::format("the run would take {} of memory, and may take {}",
                                     bytes_text(estimate.memory_bytes), bytes_text(*limit)),
                         "simulate a part with --set run.scale=0.1, or raise --max-memory");
        return exit_invalid;
    }

    static int show_estimate(const Session& session, const Estimate& estimate, const RunRequest& request)
    {
        Summary summary = {{"runs", std::int64_t{1}}, {"result", request.out}};
        if (session.json()) {
            summary.emplace_back("memory_bytes", estimate.memory_bytes);
            summary.emplace_back("output_bytes", estimate.output_bytes);
            if (estimate.seconds > 0) summary.emplace_back("seconds_on_one_core", estimate.seconds);
        } else {
            summary.emplace_back("memory", bytes_text(estimate.memory_bytes));
            summary.emplace_back("output", bytes_text(estimate.output_bytes));
            if (estimate.seconds > 0)
                summary.emplace_back("time on one core", fmt::format("{:.3g} s", estimate.seconds));
        }
        summary.insert(summary.end(), estimate.details.begin(), estimate.details.end());
        session.show(summary);
        return exit_ok;
    }

    int simulate(const Session& session, Case& model, const RunRequest& request) const
    {
        const scenario::RunSettings& settings = model.settings();
        session.detail(fmt::format("{} to {}, seed {}, result {}", to_string(settings.start), to_string(settings.end),
                                   settings.seed, request.out));
        Progress::catch_signals();
        request.progress.start(settings.windows(), settings.calendar());
        const RunResult result = model.run(request);
        request.progress.finish();
        for (const std::string& note : result.notes) session.say("note: " + note);
        show_result(session, result, request);
        return exit_code(session, result);
    }

    void show_result(const Session& session, const RunResult& result, const RunRequest& request) const
    {
        static constexpr const char* statuses[] = {"finished", "stopped", "interrupted"};
        const std::string& file = result.file.empty() ? request.out : result.file;
        Summary summary = {{"status", std::string(statuses[static_cast<std::size_t>(result.status)])},
                           {"result", file}};
        if (!result.reason.empty()) summary.emplace_back("reason", result.reason);
        summary.insert(summary.end(), result.summary.begin(), result.summary.end());
        if (session.json()) summary.insert(summary.end(), result.profile.begin(), result.profile.end());
        session.show(summary);
        if (session.json()) return;
        if (!result.profile_table.empty()) session.print("\n" + result.profile_table + "\n");
        if (result.status == RunResult::Status::finished)
            session.print(fmt::format("Results are in {}. Next: {} compare {} OTHER.h5\n", file,
                                      session.application().name, file));
        else if (!result.file.empty())
            session.print(fmt::format("The run did not finish. What was recorded until then is in {}\n", file));
    }

    static int exit_code(const Session& session, const RunResult& result)
    {
        if (result.status == RunResult::Status::finished) return exit_ok;
        if (result.status == RunResult::Status::stopped) {
            session.complain("the run was stopped: " + result.reason);
            return exit_failed;
        }
        if (result.has_checkpoint) return exit_resumable;
        return Progress::signal() == SIGINT ? exit_interrupted : exit_terminated;
    }

    ScenarioArguments scenario_;
    TraceArguments trace_;
    std::string out_, max_memory_, panel_, backend_ = "tbb";
    int threads_ = 0, block_size_ = 0;
    bool force_ = false, dry_run_ = false, profile_ = false;
};

} // namespace

std::unique_ptr<Verb> run_verb() { return std::make_unique<Run>(); }

} // namespace sim::cli
