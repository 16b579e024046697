#pragma once

#include <optional>
#include <span>
#include <vector>

#include "sim/base/key.hpp"
#include "sim/experiment/stein.hpp"

namespace sim::experiment {

/// What pairs of runs say about an effect: each pair is one seed, run without and with the policy.
struct PairedEffect {
    int pairs = 0;
    double base = 0;       ///< mean without the policy
    double effect = 0;     ///< mean difference, with less without
    Interval interval{};   ///< of the effect, by Stein's rule
    double zero_share = 0; ///< share of pairs whose difference is exactly 0 [1]
    double skewness = 0;   ///< of the differences
    std::optional<Interval>
        bootstrap{}; ///< where the differences are skewed: Student's interval is then right too seldom

    /// (Var A + Var B) / Var(A - B): how many times as many runs it would take without pairing. NaN when the difference has no variance.
    double variance_ratio = 0;
    double unpaired_runs =
        0; ///< runs, of both kinds together, that give the same interval without pairing; paired they are 2 x pairs
};

/// Differences of more than this skewness (either way) get a bootstrap interval beside Student's.
inline constexpr double skewness_limit = 1;

/// Policy less base, pair by pair. Differences that are equal but for the rounding of the values are made equal: rounding is no variance.
std::vector<double> paired_differences(std::span<const double> base, std::span<const double> policy);

/// @param base, policy  one value per seed, in the same order; at least two
/// @param rule          made from the first stage of paired_differences
/// @param key           of the bootstrap's draws
PairedEffect paired_effect(std::span<const double> base, std::span<const double> policy, const SteinRule& rule,
                           Key key);

} // namespace sim::experiment
