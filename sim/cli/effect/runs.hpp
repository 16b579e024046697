#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/cli/effect/plan.hpp"
#include "sim/cli/session.hpp"

namespace sim::cli {

/// What the run of one arm gave.
struct ArmOutcome {
    std::string file{};
    std::string failure{}; ///< why there are no numbers; "" when there are
    bool is_reused = false;
    bool is_identical = false;                ///< to the base's run, in every number of the result
    std::vector<double> values{};             ///< one per series: mean over the period
    std::vector<std::vector<double>> paths{}; ///< one per series: its number of each period of the run
    std::vector<std::pair<std::string, std::string>> periods{}; ///< first and last day of each
    double money = 0.0;                                         ///< over the run
};

/// The runs of one seed, in the order of the arms.
struct SeedOutcome {
    std::int64_t seed = 0;
    std::vector<ArmOutcome> arms{};
};

/// How runs share the machine: so many seeds at a time, each run with so many threads.
struct Lanes {
    int seeds = 1;
    int threads = 1;
};

/// Many small runs go side by side with a thread each; runs too large for that one after another with all threads.
/// @param memory  that may be taken [byte]
Lanes choose_lanes(const Estimate& estimate, int threads, double memory, std::int64_t seeds);

/// Runs every arm for `count` seeds from `first` on. The past that arms share is run once per seed. Runs whose result is in the folder are
/// not repeated. Nothing is thrown: a run that fails or is interrupted says so in its outcome.
/// @param discard  remove the results made here when they have been read
std::vector<SeedOutcome> run_seeds(const Session& session, const EffectPlan& plan, const Lanes& lanes,
                                   std::int64_t first, std::int64_t count, bool discard);

} // namespace sim::cli
