#include "sim/report/facts/scorecard.hpp"

#include <algorithm>
#include <cmath>

#include "sim/report/facts/run_numbers.hpp"
#include "sim/report/numbers.hpp"

namespace sim::report {

using scenario::make_node;
using scenario::Node;

double Score::middle() const { return quantile(simulated, 0.5); }
double Score::low() const { return quantile(simulated, 0.1); }
double Score::high() const { return quantile(simulated, 0.9); }

std::string Score::verdict() const
{
    if (simulated.empty()) return "-";
    return middle() < fact->low ? "low" : middle() > fact->high ? "high" : "ok";
}

std::optional<bool> Score::beats_naive() const
{
    if (simulated.empty() || !fact->observed || !fact->naive) return std::nullopt;
    return std::abs(middle() - *fact->observed) < std::abs(*fact->naive - *fact->observed);
}

std::vector<Run> scored_runs(const Collection& all)
{
    if (!all.files[0].is_ensemble() || all.grouped_by == "scenario") return all.groups[0].runs;
    std::vector<Run> runs;
    for (const Group& group : all.groups) runs.insert(runs.end(), group.runs.begin(), group.runs.end());
    return runs;
}

std::vector<Score> score(const Collection& all, const std::vector<Run>& runs, const FactTable& table)
{
    std::vector<Score> scores;
    for (const Fact& fact : table.facts) scores.push_back({.fact = &fact});
    for (const Run& run : runs) {
        RunNumbers numbers(all.files[run.file], run);
        for (Score& one : scores) try {
                std::string remark;
                const double value = one.fact->simulated.value([&](const Call& call) {
                    const double number = numbers(call);
                    if (!numbers.remark().empty()) remark = numbers.remark();
                    return number;
                });
                if (one.simulated.empty()) one.remark = remark;
                one.simulated.push_back(value);
            } catch (const Missing& reason) {
                if (one.simulated.empty()) one.remark = reason.what();
            }
    }
    return scores;
}

std::string shown(const Fact& fact, double number)
{
    if (!std::isfinite(number)) return "-";
    return fmt::format("{:.{}f}{}{}", number * fact.factor, fact.digits, fact.unit.empty() ? "" : " ", fact.unit);
}

std::string told(const std::vector<Score>& scores)
{
    int held = 0, good = 0, evidence = 0, good_evidence = 0, rivals = 0, beaten = 0;
    for (const Score& one : scores) {
        if (one.verdict() == "-") continue;
        const bool is_good = one.verdict() == "ok", counts = report::scores(*one.fact) && one.fact->observed;
        ++held, good += is_good ? 1 : 0;
        evidence += counts ? 1 : 0, good_evidence += counts && is_good ? 1 : 0;
        if (const auto better = one.beats_naive(); better && counts) ++rivals, beaten += *better ? 1 : 0;
    }
    std::string text = fmt::format("{} of {} facts lie in their band; not held by what was run: {}. ", good, held,
                                   static_cast<int>(scores.size()) - held);
    if (evidence == 0)
        return text + "All the observed ones among them were given to the model, or it was fitted to them.";
    text += fmt::format("Of the observed ones that the model was neither given nor fitted to, {} of {} do",
                        good_evidence, evidence);
    if (rivals > 0) text += fmt::format("; {} of {} are nearer than the last value known before", beaten, rivals);
    return text + ".";
}

Node node_of(const std::vector<Score>& scores, std::size_t runs, const FactTable& table)
{
    const auto number = [](double x) { return make_node(std::isfinite(x) ? fmt::format("{}", x) : "-"); };
    Node::Array rows;
    for (const Score& one : scores) {
        const Fact& fact = *one.fact;
        const auto better = one.beats_naive();
        rows.push_back(make_node(Node::Table{
            {"fact", make_node(fact.name)},
            {"firms", make_node(fact.population)},
            {"formula", make_node(fact.simulated.text())},
            {"simulated", number(one.middle())},
            {"simulated_low", number(one.low())},
            {"simulated_high", number(one.high())},
            {"runs", make_node(static_cast<std::int64_t>(one.simulated.size()))},
            {"observed", number(fact.observed.value_or(std::nan("")))},
            {"naive", number(fact.naive.value_or(std::nan("")))},
            {"beats_naive", better ? make_node(*better) : Node{}},
            {"low", number(fact.low)},
            {"high", number(fact.high)},
            {"unit", make_node(fact.unit)},
            {"factor", make_node(fact.factor)},
            {"digits", make_node(static_cast<std::int64_t>(fact.digits))},
            {"kind", make_node(fact.kind)},
            {"verdict", make_node(one.verdict())},
            {"remark", make_node(one.remark)},
            {"source", make_node(fact.source)},
        }));
    }
    return make_node(Node::Table{{"table", make_node(table.path)},
                                 {"runs", make_node(static_cast<std::int64_t>(runs))},
                                 {"told", make_node(told(scores))},
                                 {"rows", make_node(std::move(rows))}});
}

} // namespace sim::report
