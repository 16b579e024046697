#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/bench/benchmark.hpp"
#include "sim/cli/bench_report.hpp"
#include "sim/cli/scenario_arguments.hpp"

namespace sim::cli {

/// Benchmarks of the application's own model, with a scenario of it.
class BenchCase {
public:
    BenchCase(const Session& session, const ScenarioArguments& scenario, BenchReport& report)
        : session_(session), scenario_(scenario), report_(report)
    {
    }

    [[nodiscard]] std::vector<bench::Benchmark> benchmarks();

private:
    struct Timed {
        RunResult result;
        double seconds = 0;
        double bytes = 0; ///< the most memory it took
    };

    void national(const bench::Options& options, const bench::Report& report);
    void output(const bench::Options& options, const bench::Report& report);
    void replications(const bench::Options& options, const bench::Report& report);
    void snapshot(const bench::Options& options, const bench::Report& report);

    [[nodiscard]] std::unique_ptr<Prepared> prepare() const;
    static Timed run(const Prepared& prepared, int threads, const std::string& out);
    [[nodiscard]] std::optional<SnapshotTimes> time_snapshot(int threads) const;
    [[nodiscard]] bench::Result result(const std::string& name, const std::string& metric,
                                       const std::string& unit) const;

    const Session& session_;
    const ScenarioArguments& scenario_;
    BenchReport& report_;
};

} // namespace sim::cli
