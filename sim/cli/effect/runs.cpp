#include "sim/cli/effect/runs.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <mutex>
#include <numeric>
#include <optional>
#include <thread>

#include "sim/base/io_error.hpp"
#include "sim/cli/effect/store.hpp"
#include "sim/cli/output_path.hpp"
#include "sim/record/first_change.hpp"

namespace sim::cli {
namespace {

namespace fs = std::filesystem;

/// All runs of one seed.
class SeedRuns {
public:
    SeedRuns(const EffectPlan& plan, int threads, std::int64_t seed, bool discard)
        : plan_(plan), threads_(threads), seed_(seed), discard_(discard), outcome_{seed, {}}
    {
        outcome_.arms.resize(plan.arms.size());
        runs_.resize(plan.arms.size());
    }

    SeedOutcome operator()()
    {
        each_arm([&](std::size_t i) { prepare_arm(i); });
        make_past();
        each_arm([&](std::size_t i) { run_arm(i); });
        remove_past();
        each_arm([&](std::size_t i) { read(i); });
        if (discard_)
            for (const ArmOutcome& arm : outcome_.arms)
                if (!arm.is_reused && arm.failure.empty()) remove_stored(arm.file);
        return std::move(outcome_);
    }

private:
    /// Does something for each arm that has not failed; what it throws is the arm's failure.
    template <class F>
    void each_arm(F&& f)
    {
        for (std::size_t i = 0; i < outcome_.arms.size(); ++i) {
            std::string& failure = outcome_.arms[i].failure;
            if (failure.empty()) failure = failure_of([&] { f(i); });
        }
    }

    template <class F>
    static std::string failure_of(F&& f)
    {
        try {
            f();
            return "";
        } catch (const std::bad_alloc&) {
            return "out of memory";
        } catch (const std::exception& error) {
            return error.what();
        }
    }

    void prepare_arm(std::size_t i)
    {
        Errors errors;
        runs_[i] = prepare(plan_, plan_.arms[i], seed_, errors);
        if (!errors.empty()) throw InvalidInput(errors);
        ArmOutcome& arm = outcome_.arms[i];
        arm.file = stored_path(plan_.folder, runs_[i], plan_.application);
        arm.is_reused = is_stored(arm.file, runs_[i], plan_.application);
        if (const auto reason = why_not_writable(arm.file, true, true)) throw IoError(*reason);
    }

    [[nodiscard]] bool is_to_run(std::size_t i) const
    {
        return outcome_.arms[i].failure.empty() && !outcome_.arms[i].is_reused;
    }

    /// Runs the base up to the first difference, when more than one arm can go on from there.
    void make_past()
    {
        const auto date = plan_.fork();
        if (!date || !outcome_.arms[0].failure.empty() || !runs_[0].model->can_resume()) return;
        int users = 0;
        for (std::size_t i = 0; i < runs_.size(); ++i) users += is_to_run(i) && continues_past(i);
        if (users < 2) return;
        past_ = outcome_.arms[0].file + ".past.ckpt.h5";
        remove_past(); // of a process that was killed
        std::string& failure = outcome_.arms[0].failure;
        failure = failure_of([&] {
            Errors errors;
            const Prepared past = prepare(plan_, plan_.arms[0], seed_, errors);
            if (!errors.empty()) throw InvalidInput(errors);
            Progress progress(Progress::Style::none);
            RunRequest request = request_for(past, outcome_.arms[0].file, progress);
            request.stop_at = date, request.checkpoint_out = past_;
            simulate(*past.model, request);
        });
        if (!failure.empty()) blame_past(failure);
    }

    void remove_past() const
    {
        std::error_code ignored;
        if (!past_.empty()) fs::remove(past_, ignored);
    }

    /// Without the past there is no future: the arms that share it fail with it.
    void blame_past(const std::string& reason)
    {
        for (std::size_t i = 1; i < runs_.size(); ++i)
            if (is_to_run(i) && continues_past(i)) outcome_.arms[i].failure = "the shared past failed: " + reason;
    }

    [[nodiscard]] bool continues_past(std::size_t i) const { return i == 0 || plan_.is_forked(plan_.arms[i]); }

    void run_arm(std::size_t i)
    {
        ArmOutcome& arm = outcome_.arms[i];
        if (!arm.is_reused) arm.is_reused = is_stored(arm.file, runs_[i], plan_.application); // another arm's run
        if (arm.is_reused) return;
        Progress progress(Progress::Style::none);
        RunRequest request = request_for(runs_[i], arm.file, progress);
        if (continues_past(i)) request.resume = past_;
        simulate(*runs_[i].model, request);
    }

    [[nodiscard]] RunRequest request_for(const Prepared& run, const std::string& out, Progress& progress) const
    {
        return {run.loaded, out, threads_, 0, "tbb", "", false, progress};
    }

    static void simulate(Case& model, const RunRequest& request)
    {
        const scenario::RunSettings& settings = model.settings();
        request.progress.start(settings.windows(), settings.calendar());
        const RunResult result = model.run(request);
        if (result.status == RunResult::Status::interrupted) throw std::runtime_error("interrupted");
        if (result.status == RunResult::Status::stopped) throw std::runtime_error("stopped: " + result.reason);
    }

    void read(std::size_t i)
    {
        ArmOutcome& arm = outcome_.arms[i];
        record::ResultFile file(arm.file);
        if (base_) check_past(i, file);
        arm.periods = record::periods_of(file);
        for (const AskedSeries& series : plan_.series) {
            const double from = plan_.calendar.window(plan_.period.from), to = plan_.calendar.window(plan_.period.to);
            // A flow that only a programme records is nothing without it.
            const bool is_there = !series.is_flow || has(file, series.selection);
            arm.paths.push_back(is_there ? period_totals(file, series.selection)
                                         : std::vector<double>(arm.periods.size(), 0.0));
            arm.values.push_back(mean_of_periods(file, arm.paths.back(), from, to));
            if (std::isnan(arm.values.back()))
                throw std::runtime_error(fmt::format("{} has no value from {} to {}", series.text,
                                                     to_string(plan_.period.from), to_string(plan_.period.to)));
        }
        if (plan_.money && has(file, plan_.money->selection)) { // else nothing in this run pays that money
            const auto months = period_totals(file, plan_.money->selection);
            arm.money = std::accumulate(months.begin(), months.end(), 0.0);
        }
        if (i == 0) base_.emplace(std::move(file));
    }

    /// The shared past is checked, not assumed: before its first difference a policy's result is the base's, bit for bit.
    void check_past(std::size_t i, const record::ResultFile& file)
    {
        const auto change = first_change(*base_, file);
        outcome_.arms[i].is_identical = !change;
        const scenario::Divergence& past = plan_.arms[i].past;
        if (!change || past.is_undated()) return;
        if (past.is_equal || change->date < to_string(*past.from))
            throw std::runtime_error(
                fmt::format("differs from the base on {} ({}), before anything in the scenario does", change->date,
                            change->variable));
    }

    const EffectPlan& plan_;
    int threads_;
    std::int64_t seed_;
    bool discard_;
    SeedOutcome outcome_;
    std::vector<Prepared> runs_;
    std::string past_;
    std::optional<record::ResultFile> base_; // open while the others are compared with it
};

/// Says how many seeds are done, a line per tenth.
class SeedCount {
public:
    SeedCount(const Session& session, std::int64_t total) : session_(session), total_(total) {}

    void done()
    {
        const std::lock_guard lock(mutex_);
        ++done_;
        if (10 * done_ / total_ == 10 * (done_ - 1) / total_) return;
        const double spent = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
        session_.say(fmt::format("{} of {} seeds run, {:.0f} s, {:.0f} s left", done_, total_, spent,
                                 spent / static_cast<double>(done_) * static_cast<double>(total_ - done_)));
    }

private:
    const Session& session_;
    std::int64_t total_, done_ = 0;
    std::mutex mutex_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

SeedOutcome not_run(const EffectPlan& plan, std::int64_t seed)
{
    SeedOutcome outcome{seed, std::vector<ArmOutcome>(plan.arms.size())};
    for (ArmOutcome& arm : outcome.arms) arm.failure = "interrupted before it began";
    return outcome;
}

} // namespace

Lanes choose_lanes(const Estimate& estimate, int threads, double memory, std::int64_t seeds)
{
    const int all = threads > 0 ? threads : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    const double fit = std::floor(0.8 * memory / std::max(estimate.memory_bytes, 1.0));
    const auto most = static_cast<int>(std::clamp(fit, 1.0, static_cast<double>(std::min<std::int64_t>(all, seeds))));
    return {most, std::max(1, all / most)};
}

std::vector<SeedOutcome> run_seeds(const Session& session, const EffectPlan& plan, const Lanes& lanes,
                                   std::int64_t first, std::int64_t count, bool discard)
{
    std::vector<SeedOutcome> outcomes(static_cast<std::size_t>(count));
    std::atomic<std::int64_t> next{0};
    SeedCount finished(session, count);
    const auto work = [&] {
        for (std::int64_t i = next++; i < count; i = next++) {
            const bool is_stopped = Progress::signal() != 0;
            outcomes[static_cast<std::size_t>(i)] =
                is_stopped ? not_run(plan, first + i) : SeedRuns(plan, lanes.threads, first + i, discard)();
            if (!is_stopped) finished.done();
        }
    };
    std::vector<std::thread> others;
    for (int i = 1; i < std::min<std::int64_t>(lanes.seeds, count); ++i) others.emplace_back(work);
    work();
    for (std::thread& other : others) other.join();
    return outcomes;
}

} // namespace sim::cli
