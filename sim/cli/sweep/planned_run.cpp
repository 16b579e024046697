#include "sim/cli/sweep/planned_run.hpp"

#include <csignal>
#include <filesystem>
#include <new>

#include "sim/base/io_error.hpp"
#include "sim/cli/continuation.hpp"
#include "sim/cli/output_path.hpp"
#include "sim/cli/sweep/make_plan.hpp"
#include "sim/sweep/failures.hpp"
#include "sim/sweep/run_lock.hpp"
#include "sim/sweep/stored_result.hpp"

namespace sim::cli {
namespace {

namespace fs = std::filesystem;
using sweep::Failure;
using sweep::Stored;

constexpr double long_run_seconds = 120;

class PlannedRun {
public:
    PlannedRun(const Session& session, const std::string& folder, const sweep::Plan& plan, const sweep::PlanRow& row,
               const PlannedOptions& options)
        : session_(session), application_(session.application()), folder_(folder), plan_(plan), row_(row),
          options_(options), scenario_(plan.scenario(row.scenario)), result_(sweep::result_path(folder, plan, row.id))
    {
    }

    int operator()()
    {
        return guarded([this] { return make(); });
    }

private:
    int make()
    {
        if (plan_.program != application_.name || plan_.model_version != application_.model_version)
            return stale(fmt::format("it is of {} model {}, and this is {} model {}", plan_.program,
                                     plan_.model_version, application_.name, application_.model_version));
        Errors errors; // every point was valid when it was planned
        Prepared prepared = prepare(errors);
        if (!errors.empty()) return stale("its scenario is not valid any more:\n" + errors.report());
        if (const std::string id = run_id(prepared.loaded, application_); id != row_.id)
            return stale(fmt::format("its scenario or data have changed, so that its id would be {}", id));
        if (is_done() && !sweep::has_leftovers(result_)) return tell("is done already", exit_ok);
        if (const auto reason = why_not_writable(result_, true, true)) {
            session_.complain(*reason, "choose another store with --store when planning");
            return exit_io;
        }
        if (const auto reason = failed_for_good()) return tell("failed before: " + *reason, exit_failed);
        Progress::catch_signals(); // who is told to end lets go of the lock
        const auto lock = sweep::RunLock::try_take(sweep::lock_path(result_));
        if (!lock) return is_done() ? tell("is done already", exit_ok) : leave_to_owner(); // it may just be letting go
        const bool is_done_now = is_done(); // since it may have been published meanwhile
        sweep::sweep_leftovers(result_, is_done_now);
        return is_done_now ? tell("is done already", exit_ok) : simulate(prepared);
    }

    [[nodiscard]] int leave_to_owner() const
    {
        const auto owner = sweep::RunLock::owner_of(sweep::lock_path(result_));
        return tell(fmt::format("is being run by {}", owner ? owner->text() : "another process"), exit_resumable);
    }

    int tell(const std::string& what, int code) const
    {
        if (session_.json())
            session_.show({{"index", row_.index}, {"id", row_.id}, {"status", what}, {"result", result_}});
        else
            session_.say(fmt::format("run {} ({}) {}", row_.index, row_.id, what));
        return code;
    }

    [[nodiscard]] bool is_done() const
    {
        std::string why;
        const Stored stored = sweep::check_result(result_, row_.id, plan_, scenario_, &why);
        if (stored == Stored::damaged)
            session_.say(fmt::format("run {}: {} is damaged ({}), and is made again", row_.index, result_, why));
        return stored == Stored::good;
    }

    [[nodiscard]] std::optional<std::string> failed_for_good() const
    {
        if (options_.retry) return std::nullopt;
        const auto all = sweep::read_failures(sweep::failures_path(folder_));
        const auto found = all.find(row_.id);
        if (found == all.end() || !is_final(found->second)) return std::nullopt;
        return found->second.back().reason + " (--retry tries it again)";
    }

    /// Turns whatever goes wrong into a line of failures.jsonl and an exit code.
    template <class F>
    int guarded(F&& f)
    {
        try {
            return f();
        } catch (const InvalidInput& error) {
            return fail(Failure::Kind::scenario, exit_invalid, error.what());
        } catch (const IoError& error) {
            return fail(Failure::Kind::io, exit_io, error.what());
        } catch (const fs::filesystem_error& error) {
            return fail(Failure::Kind::io, exit_io, error.what());
        } catch (const std::bad_alloc&) {
            return fail(Failure::Kind::memory, exit_failed, "out of memory");
        } catch (const std::exception& error) {
            return fail(Failure::Kind::model, exit_failed, error.what());
        }
    }

    int fail(Failure::Kind kind, int code, const std::string& reason)
    {
        session_.complain(fmt::format("run {} ({}) failed: {}", row_.index, row_.id, reason));
        Failure failure{row_.index, row_.id, kind, code, 0, reason};
        sweep::add_failure(sweep::failures_path(folder_), failure);
        return code;
    }

    [[nodiscard]] Prepared prepare(Errors& errors) const
    {
        return prepare_planned(application_, folder_, scenario_, plan_.settings(row_), errors);
    }

    int simulate(Prepared& prepared)
    {
        for (const std::string& checkpoint : checkpoints(prepared.loaded)) {
            if (const auto code = attempt(prepared, checkpoint)) return *code;
            Errors errors;
            prepared = prepare(errors); // nothing of the attempt is left in it
            if (!errors.empty()) throw InvalidInput(errors);
        }
        return attempt(prepared, "").value_or(exit_failed);
    }

    [[nodiscard]] int stale(const std::string& why) const
    {
        session_.complain(fmt::format("run {} ({}) is stale: {}", row_.index, row_.id, why),
                          "give the same `sweep` or `batch` command again: it plans anew, and makes what is missing");
        return exit_invalid;
    }

    /// Checkpoints that are of this run, the newest first; others are removed.
    [[nodiscard]] std::vector<std::string> checkpoints(const scenario::Loaded& loaded) const
    {
        std::vector<std::string> good;
        const std::string last = record::checkpoint_path(result_);
        for (const std::string& file : {last, record::previous_path(last)}) {
            std::error_code failed;
            if (!fs::exists(file, failed)) continue;
            try {
                const Continuation all = read_checkpoint(file, loaded.root, application_);
                if (all.past.loaded.sha256 != loaded.sha256) throw IoError("it is of another scenario");
                good.push_back(file);
            } catch (const std::runtime_error& error) {
                session_.say(fmt::format("run {}: the checkpoint {} is not used: {}", row_.index, file, error.what()));
                fs::remove(file, failed);
            }
        }
        return good;
    }

    /// One run, from a checkpoint or from the first day. Nothing when the checkpoint turned out to be damaged.
    std::optional<int> attempt(const Prepared& prepared, const std::string& checkpoint)
    {
        Progress progress(session_.progress_style());
        RunRequest request{prepared.loaded, result_, options_.threads, 0, "tbb", "", false, progress};
        request.resume = checkpoint;
        request.checkpoint_every = checkpoint_months(plan_, options_.checkpoint_every);
        if (request.checkpoint_every > 0) request.checkpoint_out = record::checkpoint_path(result_);
        refuse_too_large(prepared.model->estimate(request));
        if (!checkpoint.empty()) session_.say(fmt::format("run {} goes on from {}", row_.index, checkpoint));
        const scenario::RunSettings& settings = prepared.model->settings();
        progress.start(settings.windows(), settings.calendar());
        try {
            const RunResult result = prepared.model->run(request);
            progress.finish();
            return end(result);
        } catch (const record::CheckpointError& error) {
            if (checkpoint.empty()) throw IoError(error.what());
            session_.say(fmt::format("run {}: the checkpoint is not used: {}", row_.index, error.what()));
            std::error_code ignored;
            fs::remove(checkpoint, ignored);
            return std::nullopt;
        }
    }

    static void refuse_too_large(const Estimate& estimate)
    {
        if (estimate.memory_bytes <= physical_memory()) return;
        Errors errors;
        errors.add({}, "the run would take {} of memory, and this machine has {}", bytes_text(estimate.memory_bytes),
                   bytes_text(physical_memory()));
        throw InvalidInput(errors);
    }

    int end(const RunResult& result)
    {
        if (result.status == RunResult::Status::finished) {
            sweep::sweep_leftovers(result_, true);
            return tell("has finished", exit_ok);
        }
        if (result.status == RunResult::Status::stopped)
            return fail(Failure::Kind::model, exit_failed, "stopped: " + result.reason);
        if (result.has_checkpoint) return tell("was interrupted, and has a checkpoint", exit_resumable);
        return tell("was interrupted", Progress::signal() == SIGINT ? exit_interrupted : exit_terminated);
    }

    const Session& session_;
    const Application& application_;
    const std::string& folder_;
    const sweep::Plan& plan_;
    const sweep::PlanRow& row_;
    const PlannedOptions& options_;
    const sweep::PlanScenario& scenario_;
    std::string result_;
};

} // namespace

int checkpoint_months(const sweep::Plan& plan, int asked)
{
    if (asked >= 0) return asked;
    return plan.seconds >= long_run_seconds ? 12 : 0;
}

int run_planned(const Session& session, const std::string& folder, const sweep::Plan& plan, const sweep::PlanRow& row,
                const PlannedOptions& options)
{
    return PlannedRun(session, folder, plan, row, options)();
}

} // namespace sim::cli
