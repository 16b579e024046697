#include <algorithm>
#include <cmath>

#include "sim/cli/effect/report.hpp"
#include "sim/cli/effect/report_parts.hpp"
#include "sim/record/result_file.hpp"
#include "sim/report/numbers.hpp"
#include "sim/scenario/json.hpp"

namespace sim::cli {
namespace {

using scenario::make_node;
using scenario::Node;

Node numbers(const std::vector<double>& all)
{
    Node::Array items;
    for (const double x : all) items.push_back(make_node(x));
    return make_node(std::move(items));
}

/// Calls f(values of the seeds that have run all these arms, in their order) for each period of a series.
template <class F>
void each_period(const EffectResult& result, const std::vector<std::size_t>& arms, std::size_t series, F&& f)
{
    std::vector<const SeedOutcome*> seeds;
    for (const SeedOutcome& seed : result.seeds)
        if (std::all_of(arms.begin(), arms.end(), [&](std::size_t arm) { return seed.arms[arm].failure.empty(); }))
            seeds.push_back(&seed);
    if (seeds.empty()) return;
    for (std::size_t period = 0; period < seeds[0]->arms[arms[0]].paths[series].size(); ++period) {
        std::vector<std::vector<double>> values(arms.size());
        for (const SeedOutcome* seed : seeds)
            for (std::size_t i = 0; i < arms.size(); ++i)
                values[i].push_back(seed->arms[arms[i]].paths[series][period]);
        f(values);
    }
}

Node path_of_arm(const EffectPlan& plan, const EffectResult& result, std::size_t arm, std::size_t series)
{
    std::vector<double> low, mid, high;
    each_period(result, {arm}, series, [&](const auto& values) {
        low.push_back(report::quantile(values[0], 0.1));
        mid.push_back(report::quantile(values[0], 0.5));
        high.push_back(report::quantile(values[0], 0.9));
    });
    return make_node(Node::Table{{"name", make_node(plan.arms[arm].label)},
                                 {"low", numbers(low)},
                                 {"mid", numbers(mid)},
                                 {"high", numbers(high)}});
}

Node path_of_effect(const EffectResult& result, const Comparison& comparison, std::size_t series)
{
    std::vector<double> low, mean, high;
    each_period(result, comparison.arms, series, [&](const auto& values) {
        if (values[0].size() < 2) return;
        const auto differences = experiment::paired_differences({comparison.weights, values});
        const auto interval = experiment::SteinRule(differences, 1).interval(differences);
        mean.push_back((interval.low + interval.high) / 2);
        low.push_back(interval.low), high.push_back(interval.high);
    });
    return make_node(Node::Table{{"policy", make_node(comparison.label)},
                                 {"low", numbers(low)},
                                 {"mean", numbers(mean)},
                                 {"high", numbers(high)}});
}

/// First and last days of the periods, from any run; none when all failed.
Node periods_of(const EffectResult& result)
{
    Node::Array from, to;
    for (const SeedOutcome& seed : result.seeds)
        for (const ArmOutcome& arm : seed.arms) {
            if (!from.empty()) continue;
            for (const auto& [first, last] : arm.periods)
                from.push_back(make_node(first)), to.push_back(make_node(last));
        }
    return make_node(Node::Table{{"from", make_node(std::move(from))}, {"to", make_node(std::move(to))}});
}

Node paths_of(const EffectPlan& plan, const EffectResult& result)
{
    Node::Array all;
    for (std::size_t series = 0; series < plan.series.size(); ++series) {
        Node::Array runs, effects;
        for (std::size_t arm = 0; arm < plan.arms.size(); ++arm) runs.push_back(path_of_arm(plan, result, arm, series));
        for (const Comparison& comparison : plan.comparisons)
            effects.push_back(path_of_effect(result, comparison, series));
        all.push_back(make_node(Node::Table{{"series", make_node(plan.series[series].text)},
                                            {"runs", make_node(std::move(runs))},
                                            {"effects", make_node(std::move(effects))}}));
    }
    return make_node(Node::Table{{"periods", periods_of(result)}, {"series", make_node(std::move(all))}});
}

Node scenario_of(const EffectPlan& plan, const Arm& arm, std::int64_t seed)
{
    Errors errors;
    const Prepared run = prepare(plan, arm, seed, errors);
    Node::Array files;
    for (const scenario::FileRead& file : run.loaded.files)
        files.push_back(make_node(Node::Table{{"name", make_node(file.name)}, {"sha256", make_node(file.sha256)}}));
    return make_node(Node::Table{{"name", make_node(arm.label)},
                                 {"title", make_node(run.model->settings().title)},
                                 {"toml", make_node(run.loaded.text)},
                                 {"sha256", make_node(run.loaded.sha256)},
                                 {"files", make_node(std::move(files))}});
}

} // namespace

std::string effect_file(const EffectPlan& plan, const EffectResult& result, const std::string& command)
{
    Node::Table all = effect_parts(plan, result);
    Node::Array scenarios;
    for (const Arm& arm : plan.arms) scenarios.push_back(scenario_of(plan, arm, result.seeds.front().seed));
    all.emplace("command", make_node(command));
    all.emplace("model_version", make_node(plan.application.model_version));
    all.emplace("scenarios", make_node(std::move(scenarios)));
    all.emplace("paths", paths_of(plan, result));
    return scenario::write_json(make_node(std::move(all)), -1) + "\n";
}

} // namespace sim::cli
