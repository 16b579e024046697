// Series of programmes: money announced, granted and received, and who received it. Only runs with programmes have them.
#include "models/series/catalogue_parts.hpp"

namespace fabrica::catalogue {
namespace {

using Cell = std::function<std::size_t(const PolicyPlan&)>;

/// One cell of each programme's accounts, x k.
std::function<Ints(const World&)> of_programmes(Cell cell)
{
    return [cell](const World& w) {
        Ints row;
        for (const auto& p : w.policy.programme) row.push_back(p.month[cell(w.policy.plan)] * w.k);
        return row;
    };
}

std::function<Ints(const World&)> of_programmes(PolicyPlan::Count count)
{
    return of_programmes([count](const PolicyPlan& plan) { return plan.count(count); });
}

/// A block of cells of each programme's accounts, x k.
std::function<Ints(const World&)> by(std::function<std::size_t(const PolicyPlan&)> first,
                                     std::function<int(const PolicyPlan&)> count)
{
    return [first, count](const World& w) {
        Ints row;
        const PolicyPlan& plan = w.policy.plan;
        for (const auto& p : w.policy.programme)
            for (int i = 0; i < count(plan); ++i)
                row.push_back(p.month[first(plan) + static_cast<std::size_t>(i)] * w.k);
        return row;
    };
}

/// 0 before a programme can change anything: a past shared with runs that do not have it says nothing of it.
std::function<Reals(const World&)> state(double ProgrammeState::*field)
{
    return [field](const World& w) {
        Reals row;
        for (std::size_t i = 0; i < w.policy.programme.size(); ++i)
            row.push_back(w.config.policies[i].known_from() < w.policy.today ? w.policy.programme[i].*field : 0);
        return row;
    };
}

/// Yearly budget in force [fen], 0 without a limit.
Ints budgets(const World& w)
{
    Ints row;
    for (std::size_t i = 0; i < w.policy.programme.size(); ++i) {
        const Programme& p = w.config.policies[i];
        const double yearly = p.has_budget() ? std::max(0.0, p.budget.at(w.policy.today)) : 0;
        const bool is_on = std::find(w.policy.in_force.begin(), w.policy.in_force.end(), i) != w.policy.in_force.end();
        row.push_back(is_on ? nearest(yearly * 100 * p.intensity * w.policy.programme[i].budget_factor / 12) : 0);
    }
    return row;
}

} // namespace

void programmes(Catalogue& c)
{
    c.of("policy");
    const Names each{"policy"};
    using Plan = PolicyPlan;
    c.flow("policy_eligible", "1", "Eligible firms", "Simulated firms x k eligible in the month.", each,
           of_programmes(Plan::eligible));
    c.flow("policy_applicants", "1", "Applicants", "Firms that asked for support in the month, x k.", each,
           of_programmes(Plan::applicants));
    c.flow("policy_awards", "1", "Awards", "Awards received in the month, x k.", each, of_programmes(Plan::awards));
    c.flow("policy_audits", "1", "Audits", "Awards audited, x k.", each, of_programmes(Plan::audits));
    c.flow("policy_asked", "fen", "Announced money", "What recipients may ask for by the programme's rate (E24).", each,
           of_programmes(Plan::asked));
    c.flow("policy_budget", "fen", "Budgeted money", "A month's part of the yearly budget in force; 0 without limit.",
           each, budgets);
    c.flow("policy_granted", "fen", "Granted money", "Awards decided, after implementation and budget.", each,
           of_programmes(Plan::granted));
    c.flow("disbursed", "fen", "Disbursed money", "What recipients received, less what was clawed back.", each,
           of_programmes(Plan::disbursed));
    c.flow("clawed_back", "fen", "Clawed back", "Paid back after audits.", each, of_programmes(Plan::clawed_back));
    c.flow("levied", "fen", "Levied", "Paid by firms under the programme.", each, of_programmes(Plan::levied));
    c.flow("disbursed_by_recipient", "fen", "Disbursed by recipient", "Incidence: sums to `disbursed` to the fen.",
           {"policy", "recipient"},
           by([](const Plan& p) { return p.by_recipient(Recipient::private_firms); },
              [](const Plan&) { return recipient_count; }));
    c.flow("disbursed_by_size", "fen", "Disbursed by size class", "Of what firms received.", {"policy", "size_class"},
           by([](const Plan& p) { return p.by_size(SizeClass::micro); }, [](const Plan&) { return size_class_count; }));
    c.flow("disbursed_by_sector", "fen", "Disbursed by sector", "Of recipients, or of the goods bought.",
           {"policy", "sector"},
           by([](const Plan& p) { return p.by_sector(0); }, [](const Plan& p) { return p.sectors; }));
    c.flow("disbursed_by_region", "fen", "Disbursed by province", "Of recipients.", {"policy", "region"},
           by([](const Plan& p) { return p.by_region(0); }, [](const Plan& p) { return p.regions; }));
    c.real("policy_fill", "1", "Granted over asked", "In the last round.", each, state(&ProgrammeState::fill));
    c.real("target_gap", "1", "Gap to the target", "(Target - actual) / target at the end of the last year (E26).",
           each, state(&ProgrammeState::target_gap));
    c.real("budget_factor", "1", "Budget factor", "What evaluations have made of the budget (E26).", each,
           state(&ProgrammeState::budget_factor));
}

} // namespace fabrica::catalogue
