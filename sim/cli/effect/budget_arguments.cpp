#include "sim/cli/effect/budget_arguments.hpp"

#include <algorithm>

#include "sim/cli/effect/budget.hpp"

namespace sim::cli {
namespace {

/// Scenario of a policy; there were no errors when it was first read.
Prepared read_again(const EffectPlan& plan, std::size_t policy, std::int64_t seed)
{
    Errors errors;
    return prepare(plan, plan.arms[policy], seed, errors);
}

} // namespace

void BudgetArguments::declare(Arguments& arguments)
{
    arguments.flag(is_equal_budget_, "--equal-budget",
                   "Scale the --dial of each further policy until it costs what the first one costs");
    arguments.repeated(dials_, "--dial", "KEY", "Key to scale: one for all policies, or one for each in their order");
    arguments.option(money_, "--money", "SERIES",
                     "Flow of money that is the cost (default: what the model's policies pay out)");
}

void BudgetArguments::check(std::size_t policies, UsageProblems& problems) const
{
    if (is_equal_budget_ == dials_.empty() || (!money_.empty() && !is_equal_budget_))
        problems.push_back({"--equal-budget and --dial go together", "--equal-budget --dial KEY [--money SERIES]"});
    else if (is_equal_budget_ && policies < 2)
        problems.push_back({"--equal-budget compares at least two policies", ""});
    else if (dials_.size() > 1 && dials_.size() != policies)
        problems.push_back(
            {fmt::format("{} dials for {} policies", dials_.size(), policies), "give one for all, or one for each"});
}

void BudgetArguments::read(EffectPlan& plan, std::size_t policies, std::int64_t seed, UsageProblems& problems) const
{
    if (!is_equal_budget_) return;
    read_money(plan, policies, seed, problems);
    for (std::size_t i = 1; i <= policies; ++i)
        check_dial(plan, i, dials_[dials_.size() == 1 ? 0 : i - 1], seed, problems);
}

// Each policy has to record the money; the base pays none where it has no such series.
void BudgetArguments::read_money(EffectPlan& plan, std::size_t policies, std::int64_t seed,
                                 UsageProblems& problems) const
{
    const std::string& name = money_.empty() ? plan.application.money : money_;
    if (name.empty()) {
        problems.push_back(
            {"this model names no series of money that policies pay out", "name one with --money SERIES"});
        return;
    }
    for (std::size_t i = 1; i <= policies; ++i) {
        const auto recorded = read_again(plan, i, seed).model->recorded();
        UsageProblems found;
        const auto money = parse_series(name, recorded, found);
        for (const UsageProblem& problem : found)
            problems.push_back({fmt::format("in {} {}", plan.arms[i].label, problem.message), problem.help});
        if (money.size() != 1) continue;
        plan.money = money[0];
        const auto is_money = [&](const SeriesShape& shape) { return shape.name == money[0].selection.series; };
        if (std::find_if(recorded.begin(), recorded.end(), is_money)->is_flow) continue;
        return problems.push_back({name + " is no flow: it cannot be summed over the run", ""});
    }
}

void BudgetArguments::check_dial(const EffectPlan& plan, std::size_t policy, const std::string& dial, std::int64_t seed,
                                 UsageProblems& problems) const
{
    if (scaled_value(read_again(plan, policy, seed).loaded.values, dial, 1).empty())
        problems.push_back({fmt::format("--dial {} is no number in {}", dial, plan.arms[policy].label),
                            "name a key such as GROUP.KEY or LIST.ID.KEY; `check --resolved` lists them"});
}

} // namespace sim::cli
