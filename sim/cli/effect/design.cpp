#include "sim/cli/effect/design.hpp"

#include <algorithm>
#include <bit>

#include "sim/experiment/factorial.hpp"
#include "sim/scenario/combine.hpp"

namespace sim::cli {
namespace {

/// Names of the policies in a set, such as "rain + night".
std::string names_of(const EffectPlan& plan, unsigned set, const char* between)
{
    std::string names;
    for (const Arm& arm : plan.arms)
        if (std::popcount(arm.policies) == 1 && (arm.policies & set) != 0)
            names += (names.empty() ? "" : between) + arm.label;
    return names;
}

/// All sets of two or more policies, smaller ones first.
std::vector<unsigned> sets_of_several(std::size_t policies)
{
    std::vector<unsigned> sets;
    for (unsigned set = 1; set < 1U << policies; ++set)
        if (std::popcount(set) > 1) sets.push_back(set);
    std::stable_sort(sets.begin(), sets.end(),
                     [](unsigned a, unsigned b) { return std::popcount(a) < std::popcount(b); });
    return sets;
}

std::string listed(const std::vector<std::string>& keys)
{
    std::string text;
    for (const std::string& key : keys) text += (text.empty() ? "" : ", ") + key;
    return text;
}

} // namespace

std::vector<Comparison> against_base(const EffectPlan& plan)
{
    std::vector<Comparison> all;
    for (std::size_t i = 1; i < plan.arms.size(); ++i) all.push_back({plan.arms[i].label, {0, i}, {-1, 1}});
    return all;
}

std::string add_combinations(EffectPlan& plan, std::int64_t seed, Errors& errors)
{
    std::vector<Prepared> singles;
    for (const Arm& arm : plan.arms) singles.push_back(prepare(plan, arm, seed, errors));
    if (!errors.empty()) return "";
    for (const unsigned set : sets_of_several(singles.size() - 1)) {
        std::vector<const scenario::Loaded*> changes;
        for (std::size_t i = 1; i < singles.size(); ++i)
            if ((plan.arms[i].policies & set) != 0) changes.push_back(&singles[i].loaded);
        auto all = combine(singles[0].loaded, changes, singles[0].table);
        if (!all.conflicts.empty())
            return fmt::format("{} cannot be in force together: they set {} differently", names_of(plan, set, " and "),
                               listed(all.conflicts));
        Arm arm{names_of(plan, set, " + "), singles[0].loaded.root, {}, {}};
        arm.text = std::move(all.text), arm.policies = set;
        plan.arms.push_back(std::move(arm));
    }
    return relate(plan, seed, errors);
}

std::vector<Comparison> factorial_effects(const EffectPlan& plan)
{
    int factors = 0;
    for (const Arm& arm : plan.arms) factors += std::popcount(arm.policies) == 1;
    std::vector<Comparison> effects;
    for (std::size_t i = 1; i < plan.arms.size(); ++i) {
        const auto weights = experiment::factorial_weights(factors, plan.arms[i].policies);
        Comparison effect{names_of(plan, plan.arms[i].policies, " x "), {}, {}};
        for (std::size_t arm = 0; arm < plan.arms.size(); ++arm) {
            effect.arms.push_back(arm);
            effect.weights.push_back(weights[plan.arms[arm].policies]);
        }
        effect.is_interaction = std::popcount(plan.arms[i].policies) > 1;
        effects.push_back(std::move(effect));
    }
    return effects;
}

} // namespace sim::cli
