#include "models/technology/upgrading.hpp"

#include "models/firms/investment.hpp"
#include "models/firms/plan.hpp"
#include "models/technology/technology.hpp"
#include "models/technology/terms.hpp"
#include "sim/base/math.hpp"

#include <algorithm>

namespace fabrica {

double upgrade_hazard(double rate, const UpgradePull& pull, const UpgradeWeights& weights)
{
    return rate * sim::math::exp(weights.size * pull.size + weights.neighbours * pull.neighbours +
                                 weights.platform * pull.platform + weights.grant * pull.grant -
                                 weights.skill_gap * pull.skill_gap);
}

namespace {

double hazard_of(const Desk& desk, const TechnologyTerms& terms)
{
    const Firm& f = desk.firm;
    const auto& rule = desk.config().upgrading;
    const UpgradePull pull{sim::math::log(real_employees(f, desk.world) / rule.reference_size),
                           desk.region().mature[f.level + std::size_t{1}], terms.platform, terms.upgrade_grant,
                           terms.skill_gap};
    return upgrade_hazard(
        rule.rate[f.level], pull,
        {rule.size_weight, rule.neighbour_weight, rule.platform_weight, rule.grant_weight, rule.skill_weight});
}

/// Own cash, and what a bank would lend on today's assets (as for other projects, E9).
double affordable(const Desk& desk)
{
    const Firm& f = desk.firm;
    const auto& rule = desk.config().credit;
    const double factor = f.ownership == Ownership::state ? rule.state_loan_factor : 1;
    const double credit = rule.loan_to_value * factor * static_cast<double>(assets_of(f).fen) -
                          static_cast<double>(liabilities_of(f).fen);
    return std::max(0.0, static_cast<double>(f.cash.fen)) + std::max(0.0, credit);
}

/// Begins the upgrade that is due, as soon as the firm can pay for it.
void begin_upgrade(Desk& desk, const TechnologyTerms& terms)
{
    Firm& f = desk.firm;
    const auto& rule = desk.config().upgrading;
    const double cost = upgrade_cost(static_cast<double>(f.capacity[f.level]), price_of_capacity(desk.world, f.sector),
                                     rule.cost_share) *
                        terms.upgrade_cost;
    if (f.loss_quarters > 0 || f.exit_cause != ExitCause::none || cost <= 0 || cost > affordable(desk)) return;
    const double luck = desk.context.draw(static_cast<std::uint16_t>(Purpose::upgrade), f.level, 1).uniform();
    f.upgrade_months = static_cast<std::uint8_t>(std::min(250, gestation_months(rule.months, luck)));
    f.upgrade_instalment = static_cast<float>(cost / f.upgrade_months);
    desk.note(EventKind::upgrade_begun);
}

void finish_upgrade(Desk& desk)
{
    Firm& f = desk.firm;
    f.capacity[f.level + 1] += f.capacity[f.level];
    f.capacity[f.level] = 0;
    ++f.level;
    f.upgrade_instalment = 0;
    f.upgrade_clock =
        -static_cast<float>(desk.context.draw(static_cast<std::uint16_t>(Purpose::upgrade), f.level).exponential());
    desk.note(EventKind::upgrade_finished);
    desk.report(desk.world.statistics.cell(Measure::upgrades, f.sector, f.ownership), 1);
}

} // namespace

void run_upgrade(Desk& desk)
{
    Firm& f = desk.firm;
    if (!desk.config().switches.technology) return;
    if (f.upgrade_months > 0) {
        const Money part = rounded_fen(static_cast<double>(f.upgrade_instalment));
        buy_capital_goods(desk, part);
        f.fixed_assets += part; // machines in use are rebuilt
        if (--f.upgrade_months == 0) finish_upgrade(desk);
        return;
    }
    if (f.level + 1 >= maturity_levels) return;
    const TechnologyTerms terms = technology_terms(desk.world, f);
    if (f.upgrade_clock <= 0) f.upgrade_clock += static_cast<float>(hazard_of(desk, terms) / 12);
    if (f.upgrade_clock > 0) begin_upgrade(desk, terms);
}

} // namespace fabrica
