#include "sim/cli/effect/plan.hpp"

#include <algorithm>

namespace sim::cli {
namespace {

using scenario::RunSettings;

std::string why_no_pair(const RunSettings& a, const RunSettings& b, const std::string& label)
{
    const auto differ = [&](const char* key, const std::string& x, const std::string& y) {
        return fmt::format("run.{} is {} in the base and {} in {}: pairs need the same", key, x, y, label);
    };
    if (a.start != b.start) return differ("start", to_string(a.start), to_string(b.start));
    if (a.end != b.end) return differ("end", to_string(a.end), to_string(b.end));
    if (a.calendar_name != b.calendar_name) return differ("calendar", a.calendar_name, b.calendar_name);
    if (a.scale != b.scale) return differ("scale", fmt::format("{}", a.scale), fmt::format("{}", b.scale));
    return "";
}

/// Whether the rows of one can be gone on with by the other: it has all of its series, with the same cells.
bool keeps_rows(const Case& past, const Case& future)
{
    const auto all = future.recorded();
    for (const SeriesShape& mine : past.recorded()) {
        const auto at = std::find_if(all.begin(), all.end(), [&](const auto& s) { return s.name == mine.name; });
        if (at == all.end() || at->axes.size() != mine.axes.size()) return false;
        for (std::size_t i = 0; i < mine.axes.size(); ++i)
            if (mine.axes[i].labels != at->axes[i].labels) return false;
    }
    return true;
}

} // namespace

bool EffectPlan::is_forked(const Arm& arm) const
{
    return arm.past.from && start < *arm.past.from && *arm.past.from < end;
}

std::optional<Date> EffectPlan::fork() const
{
    std::optional<Date> first;
    for (const Arm& arm : arms)
        if (is_forked(arm) && (!first || *arm.past.from < *first)) first = arm.past.from;
    return first;
}

Prepared prepare(const EffectPlan& plan, const Arm& arm, std::int64_t seed, Errors& errors)
{
    auto overrides = arm.overrides;
    overrides.push_back(fmt::format("run.seed={}", seed));
    if (!arm.text.empty())
        return prepare_text(plan.application, arm.label, arm.text, std::move(overrides), arm.scenario, errors);
    return prepare_scenario(plan.application, arm.scenario, std::move(overrides), plan.root, errors);
}

std::string relate(EffectPlan& plan, std::int64_t seed, Errors& errors)
{
    const Prepared base = prepare(plan, plan.arms[0], seed, errors);
    std::vector<Prepared> policies;
    for (std::size_t i = 1; i < plan.arms.size(); ++i) policies.push_back(prepare(plan, plan.arms[i], seed, errors));
    if (!errors.empty()) return "";
    plan.arms[0].notes = base.notes;
    const RunSettings& run = base.model->settings();
    plan.start = run.start, plan.end = run.end, plan.calendar = run.calendar();
    for (std::size_t i = 1; i < plan.arms.size(); ++i) {
        const Prepared& policy = policies[i - 1];
        if (const auto reason = why_no_pair(run, policy.model->settings(), plan.arms[i].label); !reason.empty())
            return reason;
        plan.arms[i].past = scenario::first_divergence(base.loaded, policy.loaded, base.table);
        if (!keeps_rows(*base.model, *policy.model)) plan.arms[i].past.from.reset(); // run from the start
        plan.arms[i].notes = policy.notes;
    }
    return "";
}

} // namespace sim::cli
