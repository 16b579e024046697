#pragma once

#include <string>
#include <vector>

#include "sim/cli/effect/budget.hpp"
#include "sim/experiment/paired_effect.hpp"

namespace sim::cli {

/// One effect on one series.
struct Estimated {
    std::size_t comparison = 0;
    std::size_t series = 0;
    experiment::PairedEffect effect{};
    double wanted = 0;             ///< half-width asked for, in the series' unit; 0 for none
    std::int64_t pairs_needed = 0; ///< by the first stage, for that half-width
};

/// A run that gave no numbers.
struct FailedRun {
    std::int64_t seed = 0;
    std::size_t arm = 0;
    std::string reason{};
};

/// All that `effect` found out.
struct EffectResult {
    std::vector<SeedOutcome> seeds{};
    std::vector<Estimated> estimates{};
    std::vector<FailedRun> failed{};
    std::vector<DialSetting> dials{};
    std::int64_t runs_made = 0;
    std::int64_t runs_reused = 0;
    std::int64_t first_stage = 0; ///< seeds of it
    bool is_interrupted = false;
};

/// Values of a series in the arms of a comparison, seed by seed; seeds that lack a run are left out (and told in EffectResult::failed).
struct PairedValues {
    std::vector<std::int64_t> seeds{};
    experiment::Contrast runs{};
};
PairedValues paired_values(const std::vector<SeedOutcome>& seeds, const Comparison& comparison, std::size_t series);

/// Mean of a series over the seeds in which an arm has numbers; NaN when there is none.
double mean_of(const std::vector<SeedOutcome>& seeds, std::size_t arm, std::size_t series);

/// Number of seeds that the first stage asks for by Stein's rule, over all comparisons and series.
std::int64_t seeds_needed(const EffectPlan& plan, const std::vector<SeedOutcome>& first_stage);

/// Mean over the seeds of each policy's money less the base's, by arm; 0 for the base.
std::vector<double> mean_money(const EffectPlan& plan, const EffectResult& result);

/// Effects, intervals and failures from all seeds; those of the first stage come first.
EffectResult estimate_effects(const EffectPlan& plan, std::vector<SeedOutcome> seeds, std::int64_t first_stage);

} // namespace sim::cli
