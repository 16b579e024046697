#pragma once

#include <optional>
#include <span>
#include <vector>

#include "sim/base/key.hpp"
#include "sim/experiment/stein.hpp"

namespace sim::experiment {

/// Runs of the same seeds in several ways, and an effect as a weighted sum of them: {-1, 1} for a policy less the base, see factorial.hpp for
/// more. Weights sum to 0; a way of weight 0 takes no part.
struct Contrast {
    std::vector<double> weights{};
    std::vector<std::vector<double>> values{}; ///< of each way one number per seed, in the same order
};

/// What pairs of runs say about an effect: each pair is one seed, run without and with the policy (or in all ways of a design).
struct PairedEffect {
    int pairs = 0;
    double base = 0;       ///< mean without the policy: of what is subtracted
    double effect = 0;     ///< mean difference, with less without
    Interval interval{};   ///< of the effect, by Stein's rule
    double zero_share = 0; ///< share of pairs whose difference is exactly 0 [1]
    double skewness = 0;   ///< of the differences
    std::optional<Interval>
        bootstrap{}; ///< where the differences are skewed: Student's interval is then right too seldom

    /// (Var A + Var B) / Var(A - B): how many times as many runs it would take without pairing. NaN when the difference has no variance.
    double variance_ratio = 0;
    double unpaired_runs =
        0; ///< runs, of all ways together, that give the same interval without pairing; paired they are ways x pairs
};

/// Differences of more than this skewness (either way) get a bootstrap interval beside Student's.
inline constexpr double skewness_limit = 1;

/// The effect seed by seed, policy less base. Differences that are equal but for the rounding of the values are made equal: rounding is no
/// variance. So is one of more than two ways that is 0 but for rounding made 0.
std::vector<double> paired_differences(const Contrast& runs);
std::vector<double> paired_differences(std::span<const double> base, std::span<const double> policy);

/// @param runs  at least two seeds
/// @param rule  made from the first stage of paired_differences
/// @param key   of the bootstrap's draws
PairedEffect paired_effect(const Contrast& runs, const SteinRule& rule, Key key);
PairedEffect paired_effect(std::span<const double> base, std::span<const double> policy, const SteinRule& rule,
                           Key key);

} // namespace sim::experiment
