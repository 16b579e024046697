#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/cli/scenario_arguments.hpp"
#include "sim/record/compare.hpp"

namespace sim::cli {

/// One way to run a scenario; none may change its results.
struct Way {
    std::string backend;
    int threads = 1;
    int block_size = 0;
    [[nodiscard]] std::string text() const; ///< "tbb, 2 threads, blocks of 1024"
};

/// What a run gave.
struct Witness {
    Way way;
    std::string state_hash{}; ///< as the summary tells it; "" when it tells none
    std::string digest{};     ///< of all data and attributes of the result
    double seconds = 0.0;
    bool same = true; ///< as the first run
};

/// All runs of a scenario in several ways, and where the first that differs from the first run does so.
struct DeterminismReport {
    std::vector<Witness> runs{};
    std::optional<Way> odd{};
    std::optional<record::Difference> difference{}; ///< none when only the state hashes differ

    [[nodiscard]] bool is_same() const { return !odd; }
};

/// Every combination; the serial back end knows one thread only.
std::vector<Way> all_ways(const std::vector<std::string>& backends, const std::vector<int>& threads,
                          const std::vector<int>& block_sizes);

/// A run ended before its end; `result` says how.
struct Unfinished {
    RunResult result;
};

/// A run would take more than the memory of this machine.
struct TooLarge {
    double bytes = 0.0;
};

/// Runs the scenario in each way, into `folder`, where the results are left when `keep` says so.
/// @throws InvalidInput     the scenario is wrong
/// @throws TooLarge, Unfinished
/// @throws IoError          a result cannot be written or read
DeterminismReport run_all_ways(const Session& session, const ScenarioArguments& scenario, const std::vector<Way>& ways,
                               const std::string& folder, bool keep);

std::string to_text(const DeterminismReport& report);
std::string to_json(const DeterminismReport& report);

} // namespace sim::cli
