#include "sim/cli/effect/estimate.hpp"

#include <algorithm>

namespace sim::cli {
namespace {

using experiment::SteinRule;

/// Calls f(policy, series) for each effect that is asked for.
template <class F>
void each_effect(const EffectPlan& plan, F&& f)
{
    for (std::size_t policy = 1; policy < plan.arms.size(); ++policy)
        for (std::size_t series = 0; series < plan.series.size(); ++series) f(policy, series);
}

/// The rule from the pairs of the first stage; nothing when there are fewer than two.
std::optional<SteinRule> rule_of(const EffectPlan& plan, const PairedValues& first)
{
    if (first.seeds.size() < 2) return std::nullopt;
    const auto differences = experiment::paired_differences(first.base, first.policy);
    return SteinRule(differences, static_cast<int>(plan.policies() * plan.series.size()));
}

double wanted_half_width(const AskedSeries& series, const PairedValues& first)
{
    if (!series.wanted) return 0;
    double base = 0;
    for (const double x : first.base) base += x / static_cast<double>(first.base.size());
    return series.wanted->absolute(base);
}

void add_estimate(const EffectPlan& plan, EffectResult& result, std::size_t policy, std::size_t series)
{
    const std::vector<SeedOutcome> stage(result.seeds.begin(),
                                         result.seeds.begin() + static_cast<std::ptrdiff_t>(result.first_stage));
    const PairedValues first = paired_values(stage, policy, series), all = paired_values(result.seeds, policy, series);
    const auto rule = rule_of(plan, first);
    if (!rule) return;
    Estimated estimated{policy, series, {}, wanted_half_width(plan.series[series], first), 0};
    estimated.effect = paired_effect(all.base, all.policy, *rule, make_key(policy, series));
    if (estimated.wanted > 0) estimated.pairs_needed = rule->pairs(estimated.wanted);
    result.estimates.push_back(std::move(estimated));
}

void count_run(EffectResult& result, const SeedOutcome& seed, std::size_t arm)
{
    const ArmOutcome& outcome = seed.arms[arm];
    if (!outcome.failure.empty()) result.failed.push_back({seed.seed, arm, outcome.failure});
    (outcome.is_reused ? result.runs_reused : result.runs_made) += outcome.failure.empty();
}

} // namespace

PairedValues paired_values(const std::vector<SeedOutcome>& seeds, std::size_t policy, std::size_t series)
{
    PairedValues values;
    for (const SeedOutcome& seed : seeds) {
        if (!seed.arms[0].failure.empty() || !seed.arms[policy].failure.empty()) continue;
        values.seeds.push_back(seed.seed);
        values.base.push_back(seed.arms[0].values[series]);
        values.policy.push_back(seed.arms[policy].values[series]);
    }
    return values;
}

std::int64_t seeds_needed(const EffectPlan& plan, const std::vector<SeedOutcome>& first_stage)
{
    auto most = static_cast<std::int64_t>(first_stage.size());
    each_effect(plan, [&](std::size_t policy, std::size_t series) {
        const PairedValues first = paired_values(first_stage, policy, series);
        const auto rule = rule_of(plan, first);
        const double wanted = wanted_half_width(plan.series[series], first);
        const bool is_one_run = plan.arms[policy].past.is_equal; // it differs by its name only: more pairs tell nothing
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
    each_effect(plan, [&](std::size_t policy, std::size_t series) { add_estimate(plan, result, policy, series); });
    result.is_interrupted = Progress::signal() != 0;
    return result;
}

} // namespace sim::cli
