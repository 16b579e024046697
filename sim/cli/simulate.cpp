#include "sim/cli/simulate.hpp"

#include <csignal>
#include <limits>

#include "sim/cli/option_values.hpp"
#include "sim/cli/output_path.hpp"
#include "sim/scenario/json.hpp"

namespace sim::cli {
namespace {

/// "", "all", or a whole number above 0.
bool is_panel(const std::string& which)
{
    if (which.empty() || which == "all") return true;
    return which.find_first_not_of("0123456789") == std::string::npos &&
           which.find_first_not_of('0') != std::string::npos && which.size() <= 9;
}

} // namespace

void Simulate::declare(Arguments& arguments)
{
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
    arguments.option(
        checkpoint_every_, "--checkpoint-every", 0, 1200,
        "Write a checkpoint beside the result (X.ckpt.h5 of X.h5) every so many months, and when interrupted; 0: none");
    arguments.option(
        until_, "--until", "DATE",
        "Stop while the state knows nothing of this date, and leave a checkpoint (see fork) instead of a result");
    arguments.flag(profile_, "--profile", "Show where the time goes, by kind of event");
    trace_.declare(arguments);
}

int Simulate::operator()(const Session& session, const Prepared& prepared, const Continuation* past,
                         const std::string& out) const
{
    if (const int refused = check_options(session, past); refused != exit_ok) return refused;
    for (const std::string& note : prepared.notes) session.say("note: " + note);

    Progress progress(session.progress_style());
    RunRequest request{prepared.loaded, out_.empty() ? out : out_, threads_, block_size_, backend_, panel_, profile_,
                       progress};
    if (const int code =
            trace_.prepare(session, prepared.model->settings(), request.out, dry_run_ || force_, request.trace);
        code != exit_ok)
        return code;
    if (past != nullptr) request.resume = past->file, request.panel = past->head.panel;
    request.checkpoint_every = checkpoint_every_ >= 0 ? checkpoint_every_
                               : past == nullptr      ? 0
                                                      : static_cast<int>(past->head.every);
    if (!until_.empty()) request.stop_at = parse_date(until_);
    if (request.checkpoint_every > 0 || request.stop_at) request.checkpoint_out = record::checkpoint_path(request.out);
    if (const int refused = refuse_until(session, prepared.model->settings(), past, request); refused != exit_ok)
        return refused;
    const Estimate estimate = prepared.model->estimate(request);
    if (const int refused = refuse_too_large(session, estimate); refused != exit_ok) return refused;
    if (dry_run_) return show_estimate(session, estimate, request);
    if (const int refused = refuse_unwritable(session, request); refused != exit_ok) return refused;
    return simulate(session, *prepared.model, request);
}

int Simulate::check_options(const Session& session, const Continuation* past) const
{
    if (!is_panel(panel_)) {
        session.complain(fmt::format("--panel '{}' is neither a number of agents nor 'all'", panel_),
                         "write --panel 20, or --panel all");
        return exit_usage;
    }
    if (!until_.empty() && !parse_date(until_)) {
        session.complain(fmt::format("--until '{}' is no date", until_), "write it like 2020-01-01");
        return exit_usage;
    }
    if (past == nullptr || panel_.empty() || panel_ == past->head.panel) return exit_ok;
    session.complain(past->head.panel.empty()
                         ? fmt::format("--panel {} cannot begin in the middle of a run", panel_)
                         : fmt::format("--panel {} differs from the run's, which is {}", panel_, past->head.panel),
                     "leave it out: the panel of the checkpoint goes on");
    return exit_usage;
}

int Simulate::refuse_until(const Session& session, const scenario::RunSettings& run, const Continuation* past,
                           const RunRequest& request)
{
    if (!request.stop_at) return exit_ok;
    const std::string date = to_string(*request.stop_at);
    if (*request.stop_at < run.start || run.end < *request.stop_at)
        session.complain(fmt::format("--until {} is outside the run", date),
                         fmt::format("the run goes from {} to {}", to_string(run.start), to_string(run.end)));
    else if (past != nullptr && date < past->head.open_from)
        session.complain(
            fmt::format("--until {} lies behind: the checkpoint knows all before {}", date, past->head.open_from),
            "write a later date, or begin from the first day");
    else
        return exit_ok;
    return exit_usage;
}

int Simulate::refuse_too_large(const Session& session, const Estimate& estimate) const
{
    const std::optional<double> limit =
        max_memory_.empty() ? std::optional(physical_memory()) : parse_bytes(max_memory_);
    if (!limit) {
        session.complain(fmt::format("--max-memory '{}' is no size", max_memory_), "write it like 8G or 500M");
        return exit_usage;
    }
    if (estimate.memory_bytes <= *limit) return exit_ok;
    session.complain(fmt::format("the run would take {} of memory, and may take {}", bytes_text(estimate.memory_bytes),
                                 bytes_text(*limit)),
                     "simulate a part with --set run.scale=0.1, or raise --max-memory");
    return exit_invalid;
}

// With --until the checkpoint is what is written.
int Simulate::refuse_unwritable(const Session& session, const RunRequest& request) const
{
    const std::string& file = request.stop_at ? request.checkpoint_out : request.out;
    const auto reason = why_not_writable(file, force_, out_.empty());
    if (!reason) return exit_ok;
    const bool exists = reason->ends_with(" exists");
    session.complain(*reason, exists ? "add --force to overwrite it, or choose another file with --out"
                                     : "choose another file with --out");
    return exit_io;
}

int Simulate::show_estimate(const Session& session, const Estimate& estimate, const RunRequest& request)
{
    Summary summary = {{"runs", std::int64_t{1}}, {"result", request.out}};
    if (session.json()) {
        summary.emplace_back("memory_bytes", estimate.memory_bytes);
        summary.emplace_back("output_bytes", estimate.output_bytes);
        if (estimate.seconds > 0) summary.emplace_back("seconds_on_one_core", estimate.seconds);
    } else {
        summary.emplace_back("memory", bytes_text(estimate.memory_bytes));
        summary.emplace_back("output", bytes_text(estimate.output_bytes));
        if (estimate.seconds > 0) summary.emplace_back("time on one core", fmt::format("{:.3g} s", estimate.seconds));
    }
    summary.insert(summary.end(), estimate.details.begin(), estimate.details.end());
    session.show(summary);
    return exit_ok;
}

int Simulate::simulate(const Session& session, Case& model, const RunRequest& request)
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

void Simulate::show_result(const Session& session, const RunResult& result, const RunRequest& request)
{
    static constexpr const char* statuses[] = {"finished", "stopped", "interrupted"};
    Summary summary = {{"status", std::string(statuses[static_cast<std::size_t>(result.status)])}};
    if (!request.stop_at) summary.emplace_back("result", result.file.empty() ? request.out : result.file);
    if (!result.checkpoint.empty()) summary.emplace_back("checkpoint", result.checkpoint);
    if (!result.reason.empty()) summary.emplace_back("reason", result.reason);
    summary.insert(summary.end(), result.summary.begin(), result.summary.end());
    if (session.json()) summary.insert(summary.end(), result.profile.begin(), result.profile.end());
    session.show(summary);
    if (session.json()) return;
    if (!result.profile_table.empty()) session.print("\n" + result.profile_table + "\n");
    say_what_next(session, result, request);
}

void Simulate::say_what_next(const Session& session, const RunResult& result, const RunRequest& request)
{
    const std::string& program = session.application().name;
    const std::string& file = result.file.empty() ? request.out : result.file;
    if (result.has_checkpoint && !result.checkpoint.empty())
        return session.print(
            fmt::format("The run was interrupted. Go on with: {} run --resume {}\n", program, result.checkpoint));
    if (result.status == RunResult::Status::finished && request.stop_at)
        return session.print(fmt::format("The state is in {}. Next: {} fork {} SCENARIO\n", result.checkpoint, program,
                                         result.checkpoint));
    if (result.status == RunResult::Status::finished)
        return session.print(fmt::format("Results are in {}. Next: {} compare {} OTHER.h5\n", file, program, file));
    if (!result.file.empty())
        session.print(fmt::format("The run did not finish. What was recorded until then is in {}\n", file));
}

int Simulate::exit_code(const Session& session, const RunResult& result)
{
    if (result.status == RunResult::Status::finished) return exit_ok;
    if (result.status == RunResult::Status::stopped) {
        session.complain("the run was stopped: " + result.reason);
        return exit_failed;
    }
    if (result.has_checkpoint) return exit_resumable;
    return Progress::signal() == SIGINT ? exit_interrupted : exit_terminated;
}

} // namespace sim::cli
