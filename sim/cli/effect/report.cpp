#include "sim/cli/effect/report.hpp"

#include <algorithm>
#include <cmath>

namespace sim::cli {
namespace {

using Cells = std::vector<std::string>;

std::string number(double value)
{
    if (std::isnan(value)) return "-";
    return fmt::format("{:.5g}", value);
}

std::string bound(double value) { return std::isinf(value) ? "not bounded" : number(value); }

std::string interval(const experiment::Interval& interval)
{
    return bound(interval.low) + " to " + bound(interval.high);
}

std::string aligned(const std::vector<Cells>& rows)
{
    std::vector<std::size_t> width(rows[0].size());
    for (const Cells& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) width[i] = std::max(width[i], row[i].size());
    std::string text;
    for (const Cells& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) line += fmt::format("{:<{}}  ", row[i], width[i]);
        text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return text;
}

class EffectText {
public:
    EffectText(const EffectPlan& plan, const EffectResult& result) : plan_(plan), result_(result) {}

    std::string operator()()
    {
        text_ = fmt::format("Base    {}\n", plan_.arms[0].scenario);
        for (std::size_t i = 1; i < plan_.arms.size(); ++i)
            text_ += fmt::format("Policy  {}: {}\n", plan_.arms[i].label, past_text(plan_, plan_.arms[i]));
        text_ += fmt::format("Mean of {} to {}, seeds {} to {}, {} runs made, {} reused\n\n",
                             to_string(plan_.period.from), last_day(), result_.seeds.front().seed,
                             result_.seeds.back().seed, result_.runs_made, result_.runs_reused);
        if (!result_.estimates.empty()) text_ += table();
        for (const Estimated& e : result_.estimates) remarks(e);
        if (plan_.is_factorial()) means();
        identical();
        budgets();
        failures();
        return text_;
    }

private:
    [[nodiscard]] std::string last_day() const
    {
        return to_string(plan_.calendar.date(plan_.calendar.window(plan_.period.to) - 1));
    }

    std::string table() const
    {
        std::vector<Cells> rows{{"policy", "series", "unit", "base", "effect", "95 % interval", "pairs", "zero pairs",
                                 "variance ratio", "runs without pairs"}};
        for (const Estimated& e : result_.estimates) {
            const auto& x = e.effect;
            const Comparison& comparison = plan_.comparisons[e.comparison];
            rows.push_back({comparison.label, plan_.series[e.series].text, plan_.series[e.series].unit,
                            comparison.is_interaction ? "-" : number(x.base), number(x.effect), interval(x.interval),
                            fmt::format("{}", x.pairs), fmt::format("{:.0f} %", 100 * x.zero_share),
                            number(x.variance_ratio),
                            std::isnan(x.unpaired_runs) ? "-" : fmt::format("{:.0f}", x.unpaired_runs)});
        }
        std::string text = aligned(rows);
        if (result_.estimates.size() > 1)
            text += fmt::format("The {} intervals hold together with 95 % (Bonferroni).\n", result_.estimates.size());
        return text;
    }

    void remark(const Estimated& e, const std::string& what)
    {
        text_ += fmt::format("{}, {}: {}\n", plan_.comparisons[e.comparison].label, plan_.series[e.series].text, what);
    }

    void remarks(const Estimated& e)
    {
        const auto& x = e.effect;
        if (x.bootstrap)
            remark(e, fmt::format("the differences are skewed ({:.1f}), so that the interval holds less often than it "
                                  "says. Bootstrap: {}",
                                  x.skewness, interval(*x.bootstrap)));
        if (x.zero_share == 1)
            remark(e, fmt::format("no pair differs. Up to {:.1f} % of pairs may (95 %)",
                                  100 * (1 - std::pow(0.05, 1.0 / x.pairs))));
        if (e.wanted > 0 && x.interval.half_width() > e.wanted)
            remark(e, fmt::format("the half-width is {}, not {} ({}), which takes {} pairs: raise --max-pairs",
                                  number(x.interval.half_width()), plan_.series[e.series].wanted->text,
                                  number(e.wanted), e.pairs_needed));
        if (e.wanted == 0 && plan_.series[e.series].wanted)
            remark(e, "the base is 0, and no part of it can be a half-width");
    }

    /// The runs that the effects of a factorial design are made of.
    void means()
    {
        text_ +=
            "A policy's effect is averaged over the settings of the others; A x B is what A and B together do beyond "
            "the sum of what each does\n\n";
        std::vector<Cells> rows{{"runs"}};
        for (const AskedSeries& series : plan_.series) rows[0].push_back(series.text);
        for (std::size_t arm = 0; arm < plan_.arms.size(); ++arm) {
            Cells& row = rows.emplace_back(Cells{plan_.arms[arm].label});
            for (std::size_t i = 0; i < plan_.series.size(); ++i) row.push_back(number(mean_of(result_.seeds, arm, i)));
        }
        text_ += aligned(rows);
    }

    void identical()
    {
        for (std::size_t i = 1; i < plan_.arms.size(); ++i) {
            const auto same = std::count_if(result_.seeds.begin(), result_.seeds.end(),
                                            [&](const SeedOutcome& seed) { return seed.arms[i].is_identical; });
            const bool are_all = same == static_cast<std::ptrdiff_t>(result_.seeds.size());
            if (are_all)
                text_ +=
                    fmt::format("{}: the runs are bit-identical to the base's in every series, in all {} pairs: the "
                                "policy never mattered\n",
                                plan_.arms[i].label, same);
            else if (same > 0)
                text_ +=
                    fmt::format("{}: in {} of {} pairs the runs are bit-identical in every series: there the policy "
                                "never mattered\n",
                                plan_.arms[i].label, same, result_.seeds.size());
        }
    }

    void budgets()
    {
        if (result_.dials.empty()) return;
        const auto money = mean_money(plan_, result_);
        text_ += fmt::format("Equal budget: {} summed over the run, less the base's\n", plan_.money->text);
        std::vector<Cells> rows{{"policy", "dial", "times", "money", "of the first"}};
        for (std::size_t i = 1; i <= result_.dials.size(); ++i) {
            const DialSetting& dial = result_.dials[i - 1];
            rows.push_back({plan_.arms[i].label, dial.key + " = " + dial.value, number(dial.match.factor),
                            number(money[i]), fmt::format("{:.2f} %", 100 * money[i] / money[1])});
        }
        text_ += aligned(rows);
    }

    void failures()
    {
        if (result_.failed.empty()) return;
        text_ +=
            fmt::format("{} runs gave no numbers; their pairs are not in the effects above:\n", result_.failed.size());
        for (const FailedRun& run : result_.failed)
            text_ += fmt::format("  seed {}, {}: {}\n", run.seed, plan_.arms[run.arm].label, run.reason);
    }

    const EffectPlan& plan_;
    const EffectResult& result_;
    std::string text_;
};

} // namespace

std::string past_text(const EffectPlan& plan, const Arm& policy)
{
    const scenario::Divergence& past = policy.past;
    if (past.is_equal) return "differs in nothing that can change a run";
    if (past.is_undated())
        return fmt::format("{} differs from the first day on; there is no shared past, run from the start", past.key);
    if (plan.is_forked(policy))
        return fmt::format("shares the past up to {} (then {} differs)", to_string(*past.from), past.key);
    return fmt::format("{} differs from {} on, {}", past.key, to_string(*past.from),
                       plan.start < *past.from ? "after the run: it has no effect" : "from the first day of the run");
}

std::string effect_table(const EffectPlan& plan, const EffectResult& result) { return EffectText(plan, result)(); }

} // namespace sim::cli
