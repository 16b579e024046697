#include "sim/cli/effect/estimate.hpp"

#include <algorithm>

namespace sim::cli {
namespace {

using experiment::SteinRule;

/// Calls f(comparison, series) for each effect that is asked for.
template <class F>
void each_effect(const EffectPlan& plan, F&& f)
{
    for (std::size_t comparison = 0; comparison < plan.comparisons.size(); ++comparison)
        for (std::size_t series = 0; series < plan.series.size(); ++series) f(comparison, series);
}

/// The rule from the pairs of the first stage; nothing when there are fewer than two.
std::optional<SteinRule> rule_of(const EffectPlan& plan, const PairedValues& first)
{
    if (first.seeds.size() < 2) return std::nullopt;
    const auto differences = experiment::paired_differences(first.runs);
    return SteinRule(differences, static_cast<int>(plan.comparisons.size() * plan.series.size()));
}

/// Asked for in the unit of the series; 0 for none, or for a part of a base that is 0.
double wanted_half_width(const EffectPlan& plan, const std::vector<SeedOutcome>& first_stage, std::size_t series)
{
    const auto& wanted = plan.series[series].wanted;
    return wanted ? wanted->absolute(mean_of(first_stage, 0, series)) : 0;
}

void add_estimate(const EffectPlan& plan, EffectResult& result, std::size_t comparison, std::size_t series)
{
    const std::vector<SeedOutcome> stage(result.seeds.begin(),
                                         result.seeds.begin() + static_cast<std::ptrdiff_t>(result.first_stage));
    const auto first = paired_values(stage, plan.comparisons[comparison], series);
    const auto all = paired_values(result.seeds, plan.comparisons[comparison], series);
    const auto rule = rule_of(plan, first);
    if (!rule) return;
    Estimated estimated{comparison, series, {}, wanted_half_width(plan, stage, series), 0};
    estimated.effect = paired_effect(all.runs, *rule, make_key(comparison + 1, series));
    if (estimated.wanted > 0) estimated.pairs_needed = rule->pairs(estimated.wanted);
    result.estimates.push_back(estimated);
}

void count_run(EffectResult& result, const SeedOutcome& seed, std::size_t arm)
{
    const ArmOutcome& outcome = seed.arms[arm];
    if (!outcome.failure.empty()) result.failed.push_back({seed.seed, arm, outcome.failure});
    (outcome.is_reused ? result.runs_reused : result.runs_made) += outcome.failure.empty();
}

} // namespace

PairedValues paired_values(const std::vector<SeedOutcome>& seeds, const Comparison& comparison, std::size_t series)
{
    PairedValues values{{}, {comparison.weights, {}}};
    values.runs.values.resize(comparison.arms.size());
    for (const SeedOutcome& seed : seeds) {
        const auto has_failed = [&](std::size_t arm) { return !seed.arms[arm].failure.empty(); };
        if (std::any_of(comparison.arms.begin(), comparison.arms.end(), has_failed)) continue;
        values.seeds.push_back(seed.seed);
        for (std::size_t i = 0; i < comparison.arms.size(); ++i)
            values.runs.values[i].push_back(seed.arms[comparison.arms[i]].values[series]);
    }
    return values;
}

double mean_of(const std::vector<SeedOutcome>& seeds, std::size_t arm, std::size_t series)
{
    double sum = 0, count = 0;
    for (const SeedOutcome& seed : seeds)
        if (seed.arms[arm].failure.empty()) sum += seed.arms[arm].values[series], ++count;
    return sum / count;
}

std::int64_t seeds_needed(const EffectPlan& plan, const std::vector<SeedOutcome>& first_stage)
{
    auto most = static_cast<std::int64_t>(first_stage.size());
    each_effect(plan, [&](std::size_t comparison, std::size_t series) {
        const auto& arms = plan.comparisons[comparison].arms;
        const auto rule = rule_of(plan, paired_values(first_stage, plan.comparisons[comparison], series));
        const double wanted = wanted_half_width(plan, first_stage, series);
        // Arms that differ from the base by their name only are one run: more pairs tell nothing.
        const bool is_one_run =
            std::all_of(arms.begin(), arms.end(), [&](std::size_t arm) { return plan.arms[arm].past.is_equal; });
        if (rule && wanted > 0 && !is_one_run) most = std::max(most, rule->pairs(wanted));
    });
    return most;
}

std::vector<double> mean_money(const EffectPlan& plan, const EffectResult& result)
{
    std::vector<double> means(plan.arms.size(), 0.0);
    for (std::size_t i = 1; i < plan.arms.size(); ++i) {
        double count = 0;
        for (const SeedOutcome& seed : result.seeds) {
            if (!seed.arms[0].failure.empty() || !seed.arms[i].failure.empty()) continue;
            means[i] += seed.arms[i].money - seed.arms[0].money, ++count;
        }
        means[i] /= count;
    }
    return means;
}

EffectResult estimate_effects(const EffectPlan& plan, std::vector<SeedOutcome> seeds, std::int64_t first_stage)
{
    EffectResult result;
    result.seeds = std::move(seeds);
    result.first_stage = first_stage;
    for (const SeedOutcome& seed : result.seeds)
        for (std::size_t arm = 0; arm < seed.arms.size(); ++arm) count_run(result, seed, arm);
    each_effect(plan,
                [&](std::size_t comparison, std::size_t series) { add_estimate(plan, result, comparison, series); });
    result.is_interrupted = Progress::signal() != 0;
    return result;
}

} // namespace sim::cli
