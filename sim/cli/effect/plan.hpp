#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/cli/effect/asked.hpp"
#include "sim/cli/scenario_arguments.hpp"
#include "sim/scenario/past.hpp"

namespace sim::cli {

/// One kind of run: the base, a policy, or several policies together.
struct Arm {
    std::string label;                    ///< in tables
    std::string scenario;                 ///< as on the command line; of several policies the folder of their files
    std::vector<std::string> overrides{}; ///< "key=value" each
    scenario::Divergence past{};          ///< how far it shares the base's past
    std::vector<std::string> notes{};     ///< remarks of the model on the scenario
    std::string text{};                   ///< the scenario of several policies together, see scenario::combine; else ""
    unsigned policies = 0;                ///< in force: bit i for the i-th of the command line
};

/// An effect that is asked for: a weighted sum of arms.
struct Comparison {
    std::string label;             ///< in tables
    std::vector<std::size_t> arms; ///< indices of those that take part
    std::vector<double> weights;   ///< of each, summing to 0
    bool is_interaction = false;   ///< of several policies: there is no level that it starts from
};

/// What is run for each seed, and what is read from it.
struct EffectPlan {
    const Application& application;
    std::string root{};      ///< scenario root, "" to find it
    std::string folder{};    ///< of the results
    std::vector<Arm> arms{}; ///< the base first
    Period period{};         ///< over which series are averaged
    Date start{}, end{};     ///< of every run
    Calendar calendar{Calendar::Kind::proleptic_gregorian, {}};
    std::vector<AskedSeries> series{};
    std::optional<AskedSeries> money{}; ///< summed over the run, for policies of equal budget
    std::vector<Comparison> comparisons{};

    /// Whether the arms are all combinations of the policies.
    [[nodiscard]] bool is_factorial() const { return !arms.back().text.empty(); }

    /// Whether a policy shares a past with the base that can be run once: its first difference lies inside the run.
    [[nodiscard]] bool is_forked(const Arm& arm) const;

    /// First day on which any of the policies that share a past can differ; none when there is no such.
    [[nodiscard]] std::optional<Date> fork() const;
};

/// Reads the scenario of an arm for a seed.
Prepared prepare(const EffectPlan& plan, const Arm& arm, std::int64_t seed, Errors& errors);

/// Compares each policy with the base: how far they share the past, and what the model remarks on each.
/// @return  why they cannot make pairs (other days, calendar or scale); empty when they can
std::string relate(EffectPlan& plan, std::int64_t seed, Errors& errors);

} // namespace sim::cli
