#include <cmath>

#include "sim/cli/effect/report.hpp"
#include "sim/cli/effect/report_parts.hpp"
#include "sim/report/texts.hpp"
#include "sim/scenario/json.hpp"

namespace sim::cli {
namespace {

using report::texts;
using scenario::make_node;
using scenario::Node;

Node nothing() { return make_node(std::nan("")); } // written as null

Node as_node(const experiment::Interval& interval)
{
    return make_node(Node::Table{{"low", make_node(interval.low)}, {"high", make_node(interval.high)}});
}

Node as_node(const EffectPlan& plan, const Arm& arm)
{
    return make_node(Node::Table{{"name", make_node(arm.label)},
                                 {"scenario", make_node(arm.scenario)},
                                 {"set", texts(arm.overrides)},
                                 {"fork", plan.is_forked(arm) ? make_node(*arm.past.from) : nothing()},
                                 {"past", make_node(past_text(plan, arm))},
                                 {"first_difference", make_node(arm.past.key)}});
}

/// The values that an effect was made of: in a factorial design the effect of each seed, else both sides of each pair.
Node pairs_of(const EffectPlan& plan, const EffectResult& result, const Estimated& e)
{
    const PairedValues values = paired_values(result.seeds, plan.comparisons[e.comparison], e.series);
    const std::vector<double> differences = experiment::paired_differences(values.runs);
    Node::Array all;
    for (std::size_t i = 0; i < values.seeds.size(); ++i) {
        Node::Table pair{{"seed", make_node(values.seeds[i])}};
        if (plan.is_factorial())
            pair.emplace("effect", make_node(differences[i]));
        else
            pair.emplace("base", make_node(values.runs.values[0][i])),
                pair.emplace("policy", make_node(values.runs.values[1][i]));
        all.push_back(make_node(std::move(pair)));
    }
    return make_node(std::move(all));
}

/// Mean of each series in each kind of run.
Node means_of(const EffectPlan& plan, const EffectResult& result)
{
    Node::Array all;
    for (std::size_t arm = 0; arm < plan.arms.size(); ++arm) {
        Node::Table means;
        for (std::size_t i = 0; i < plan.series.size(); ++i)
            means.emplace(plan.series[i].text, make_node(mean_of(result.seeds, arm, i)));
        all.push_back(
            make_node(Node::Table{{"name", make_node(plan.arms[arm].label)}, {"means", make_node(std::move(means))}}));
    }
    return make_node(std::move(all));
}

Node as_node(const EffectPlan& plan, const EffectResult& result, const Estimated& e)
{
    const auto& x = e.effect;
    const Comparison& comparison = plan.comparisons[e.comparison];
    return make_node(Node::Table{{"policy", make_node(comparison.label)},
                                 {"series", make_node(plan.series[e.series].text)},
                                 {"unit", make_node(plan.series[e.series].unit)},
                                 {"is_ratio", make_node(plan.series[e.series].is_ratio)},
                                 {"base", comparison.is_interaction ? nothing() : make_node(x.base)},
                                 {"effect", make_node(x.effect)},
                                 {"interval", as_node(x.interval)},
                                 {"half_width", make_node(x.interval.half_width())},
                                 {"half_width_wanted", e.wanted > 0 ? make_node(e.wanted) : nothing()},
                                 {"pairs", make_node(std::int64_t{x.pairs})},
                                 {"pairs_needed", e.pairs_needed > 0 ? make_node(e.pairs_needed) : nothing()},
                                 {"zero_share", make_node(x.zero_share)},
                                 {"skewness", make_node(x.skewness)},
                                 {"bootstrap", x.bootstrap ? as_node(*x.bootstrap) : nothing()},
                                 {"variance_ratio", make_node(x.variance_ratio)},
                                 {"unpaired_runs", make_node(x.unpaired_runs)},
                                 {"values", pairs_of(plan, result, e)}});
}

Node budget_of(const EffectPlan& plan, const EffectResult& result)
{
    if (result.dials.empty()) return nothing();
    const auto money = mean_money(plan, result);
    Node::Array policies;
    for (std::size_t i = 1; i <= result.dials.size(); ++i) {
        const DialSetting& dial = result.dials[i - 1];
        policies.push_back(make_node(Node::Table{{"policy", make_node(plan.arms[i].label)},
                                                 {"dial", make_node(dial.key)},
                                                 {"value", make_node(dial.value)},
                                                 {"factor", make_node(dial.match.factor)},
                                                 {"pilot_money", make_node(dial.money)},
                                                 {"money", make_node(money[i])},
                                                 {"ratio", make_node(money[i] / money[1])}}));
    }
    return make_node(
        Node::Table{{"series", make_node(plan.money->text)}, {"policies", make_node(std::move(policies))}});
}

Node failures_of(const EffectPlan& plan, const EffectResult& result)
{
    Node::Array all;
    for (const FailedRun& run : result.failed)
        all.push_back(make_node(Node::Table{{"seed", make_node(run.seed)},
                                            {"name", make_node(plan.arms[run.arm].label)},
                                            {"reason", make_node(run.reason)}}));
    return make_node(std::move(all));
}

Node identical_of(const EffectPlan& plan, const EffectResult& result)
{
    Node::Table counts;
    for (std::size_t i = 1; i < plan.arms.size(); ++i) {
        std::int64_t same = 0;
        for (const SeedOutcome& seed : result.seeds) same += seed.arms[i].is_identical;
        counts[plan.arms[i].label] = make_node(same);
    }
    return make_node(std::move(counts));
}

} // namespace

Node::Table effect_parts(const EffectPlan& plan, const EffectResult& result)
{
    Node::Array policies, effects;
    for (std::size_t i = 1; i < plan.arms.size(); ++i) policies.push_back(as_node(plan, plan.arms[i]));
    for (const Estimated& e : result.estimates) effects.push_back(as_node(plan, result, e));
    return {{"base", as_node(plan, plan.arms[0])},
            {"policies", make_node(std::move(policies))},
            {"design", make_node(plan.is_factorial() ? "factorial" : "pairs")},
            {"from", make_node(plan.period.from)},
            {"to", make_node(plan.period.to)},
            {"confidence", make_node(0.95)},
            {"comparisons", make_node(static_cast<std::int64_t>(plan.comparisons.size() * plan.series.size()))},
            {"first_seed", make_node(result.seeds.front().seed)},
            {"seeds", make_node(static_cast<std::int64_t>(result.seeds.size()))},
            {"runs_made", make_node(result.runs_made)},
            {"runs_reused", make_node(result.runs_reused)},
            {"effects", make_node(std::move(effects))},
            {"runs", means_of(plan, result)},
            {"identical_pairs", identical_of(plan, result)},
            {"budget", budget_of(plan, result)},
            {"failed", failures_of(plan, result)},
            {"interrupted", make_node(result.is_interrupted)}};
}

std::string effect_json(const EffectPlan& plan, const EffectResult& result)
{
    return scenario::write_json(make_node(effect_parts(plan, result)), -1) + "\n";
}

} // namespace sim::cli
