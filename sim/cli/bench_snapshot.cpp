// How long a checkpoint of the application's model takes.
#include <algorithm>

#include "sim/bench/measure.hpp"
#include "sim/cli/bench_case.hpp"
#include "sim/cli/temporary_folder.hpp"
#include "sim/record/checkpoint_file.hpp"

namespace sim::cli {
namespace {

constexpr int most_snapshots = 3;       // each takes a first day and a month
constexpr Window snapshot_windows = 40; // until messages of all kinds are under way

/// Reports numbers of several snapshots on the same threads.
class SnapshotLines {
public:
    SnapshotLines(bench::Result common, std::vector<SnapshotTimes> all, const bench::Report& report)
        : common_(std::move(common)), all_(std::move(all)), report_(report)
    {
    }

    void number(const std::string& metric, const std::string& unit, std::int64_t SnapshotTimes::*value) const
    {
        bench::Result line = named(metric, unit);
        for (const SnapshotTimes& times : all_) line.samples.push_back(static_cast<double>(times.*value));
        report_(line);
    }

    void time(const std::string& metric, SnapshotTimes::Spent SnapshotTimes::*spent) const
    {
        bench::Result whole = named(metric, "s"), rate = named(metric + "_of_a_million_agents", "s");
        for (const SnapshotTimes& times : all_) {
            const double millions = 1e-6 * static_cast<double>(std::max<std::int64_t>(1, times.agents));
            const auto [seconds, cpu_seconds] = times.*spent;
            whole.samples.push_back(seconds), whole.cpu_samples.push_back(cpu_seconds);
            rate.samples.push_back(seconds / millions), rate.cpu_samples.push_back(cpu_seconds / millions);
        }
        report_(whole);
        report_(rate);
    }

private:
    [[nodiscard]] bench::Result named(const std::string& metric, const std::string& unit) const
    {
        bench::Result line = common_;
        line.metric = metric, line.unit = unit;
        return line;
    }

    bench::Result common_;
    std::vector<SnapshotTimes> all_;
    const bench::Report& report_;
};

} // namespace

void BenchCase::snapshot(const bench::Options& options, const bench::Report& report)
{
    bench::Agreement agree("snapshot");
    for (const int threads : options.threads) {
        bench::Result common = result("snapshot", "save", "s");
        common.parameters.emplace_back("threads", std::int64_t{threads});
        std::vector<SnapshotTimes> all;
        for (int i = 0; i < std::min(options.repetitions, most_snapshots); ++i) {
            const auto times = time_snapshot(threads);
            if (!times) return common.note = "the model keeps no states", report(common);
            all.push_back(*times);
            common.hash = agree(times->hash, fmt::format("{} threads", threads));
        }
        const SnapshotLines lines(std::move(common), std::move(all), report);
        lines.number("agents", "1", &SnapshotTimes::agents);
        lines.number("file", "byte", &SnapshotTimes::bytes);
        lines.time("save", &SnapshotTimes::save);
        lines.time("restore", &SnapshotTimes::restore);
    }
}

std::optional<SnapshotTimes> BenchCase::time_snapshot(int threads) const
{
    const TemporaryFolder folder;
    const auto prepared = prepare();
    Progress progress(Progress::Style::none);
    RunRequest request{prepared->loaded, "", threads, 0, "tbb", "", false, progress};
    request.checkpoint_out = record::checkpoint_path(folder.result());
    return prepared->model->time_snapshot(request, snapshot_windows);
}

} // namespace sim::cli
