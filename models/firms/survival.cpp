// E14-E15 and the yearly review: tax, zombies, closure, insolvency, bail-out, option value.
#include "models/firms/exit.hpp"
#include "models/firms/investment.hpp"
#include "models/firms/plan.hpp"
#include "models/firms/pricing.hpp"
#include "models/firms/state_firm.hpp"
#include "models/technology/technology.hpp"
#include "sim/base/math.hpp"

namespace fabrica {

void review_capital(Desk& desk);             // capital.cpp
void close_plants(Desk& desk, double share); // capital.cpp

bool is_in_distress(Money cash, Money equity) { return cash.fen < 0 || equity.fen < 0; }

Money bail_out_money(Money cash, Money assets, Money equity)
{
    const Money floor = rounded_fen(0.1 * static_cast<double>(assets.fen));
    return std::max(Money{}, std::max(-cash, floor - equity));
}

namespace {

double hazard_of(const Desk& desk)
{
    const Firm& f = desk.firm;
    const auto& rule = desk.config().exit;
    const double age = desk.world.years_at(desk.context.window() - f.born);
    const double last =
        static_cast<double>(f.last_year_profit.fen) / std::max(1.0, static_cast<double>(assets_of(f).fen));
    const double hazard = closure_hazard(desk.world.nation.exogenous_hazard, age, real_employees(f, desk.world), last,
                                         rule.hazard_scale, rule.size_exponent, rule.profit_slope);
    const double pull = is_foreign_owned(f.ownership) ? desk.world.trade.sector[f.sector].relocation : 0;
    const double leaves = pull == 0 ? 1 : sim::math::exp(-pull); // for another country
    return hazard * (f.ownership == Ownership::state ? rule.state_factor : 1) * leaves;
}

void leave(Desk& desk, ExitCause cause)
{
    if (desk.firm.exit_cause != ExitCause::none) return;
    desk.firm.exit_cause = cause;
    desk.context.die();
}

/// Closes one plant or, where it is more, a part of them.
/// @return whether the firm lives on with the rest
bool closes_plants(Desk& desk, double least)
{
    const double share =
        share_to_close(share_of_sector(desk.firm, desk.world), desk.config().exit.largest_closure, least);
    if (share >= 1) return false;
    close_plants(desk, share);
    return true;
}

/// E14: a distressed firm is bailed out by its province, or not. The injection restores cash and a tenth of equity.
bool is_bailed_out(Desk& desk)
{
    Firm& f = desk.firm;
    const auto& rule = desk.config().state_firms;
    if (rule.hard_budget) return false;
    const double base = desk.world.nation.ownerships[static_cast<std::size_t>(f.ownership)].bail_out;
    const double p =
        bail_out_probability(base, rule.bail_out_size, rule.bail_out_room,
                             real_employees(f, desk.world) / desk.world.mean_employees, desk.region().room) *
        desk.terms->bail_out;
    const auto month = static_cast<std::uint32_t>(desk.world.national.month);
    if (desk.context.draw(static_cast<std::uint16_t>(Purpose::bail_out), month).uniform() >= p) return false;
    const Money injected = bail_out_money(f.cash, assets_of(f), equity_of(f));
    desk.pay(Transaction::bail_outs, desk.world.accounts.province(f.region), -injected);
    desk.note(EventKind::bail_out, sim::no_agent, {}, injected);
    desk.add(desk.world.flows.bail_outs(), 1), desk.add(desk.world.flows.bail_out_money(), injected.fen);
    desk.add(desk.world.flows.bail_outs_of(f.region), injected.fen);
    f.equity_at_month += injected; // not a profit
    f.loss_quarters = 0;
    return true;
}

/// E15, option value: what the owners would get now against what the firm is expected to earn; expectations lean on the sector's return.
bool would_rather_close(const Desk& desk)
{
    const Firm& f = desk.firm;
    const auto& rule = desk.config().exit;
    const auto assets = static_cast<double>(assets_of(f).fen);
    const double machines =
        static_cast<double>(f.fixed_assets.fen) * (1 - desk.config().investment.resale_loss) * rule.scrap_value;
    const double expected =
        rule.own_weight * static_cast<double>(f.year_profit.fen) + (1 - rule.own_weight) * desk.sector().roa * assets;
    const double wages =
        static_cast<double>(f.wage) * desk.region().wage_index * static_cast<double>(f.workers) * 1e-3 * 12;
    const double profit = perceived_profit(expected, 0, wages, objective_of(f, desk.config(), desk.terms->state_dial));
    return exit_pays(machines, profit, rule.option_rate, hazard_of(desk));
}

/// Laplace-distributed, scale falling with size; keyed by the year's review.
double laplace(const sim::Draw& draw)
{
    const double u = draw.uniform() - 0.5;
    return (u < 0 ? 1 : -1) * sim::math::log(1 - 2 * std::abs(u));
}

void shift_appeal(Desk& desk)
{
    Firm& f = desk.firm;
    const auto& rule = desk.config();
    if (!rule.switches.appeal) return;
    const auto month = static_cast<std::uint32_t>(desk.world.national.month);
    const double size = sim::math::pow(real_employees(f, desk.world), -rule.market.appeal_size_exponent);
    const double shock = rule.market.appeal_shock * size *
                         laplace(desk.context.draw(static_cast<std::uint16_t>(Purpose::appeal_shock), month));
    f.appeal = appeal_after_year(f.appeal, f.normal_appeal, shock);
    const double luck = desk.context.draw(static_cast<std::uint16_t>(Purpose::efficiency_shock), month).normal();
    const double usual = desk.technology().overhead +
                         (f.ownership == Ownership::state ? rule.state_firms.efficiency_gap : 0) -
                         usual_research(f, desk.world);
    f.overhead = static_cast<float>(std::max(0.0, usual + 0.8 * (static_cast<double>(f.overhead) - usual) +
                                                      0.6 * rule.population.efficiency_sd * luck));
}

/// Counts firms by their year's investment over the book value of machines: a spike is more than a fifth.
void report_investment_rate(Desk& desk)
{
    const Firm& f = desk.firm;
    if (desk.context.window() - f.born < desk.world.days_per_year() || f.fixed_assets.fen <= 0) return;
    desk.report(desk.world.statistics.cell(Measure::reviews, f.sector, f.ownership), 1);
    if (f.year_investment.fen * 5 > f.fixed_assets.fen)
        desk.report(desk.world.statistics.cell(Measure::spikes, f.sector, f.ownership), 1);
}

void pay_profit_tax(Desk& desk, Money profit)
{
    Firm& f = desk.firm;
    const Money tax = rounded_fen(desk.config().credit.profit_tax * std::max(0.0, static_cast<double>(profit.fen)));
    desk.pay(Transaction::profit_tax, desk.world.accounts.treasury(), tax);
    desk.note(EventKind::profit_tax, sim::no_agent, {}, tax);
    f.equity_at_month -= tax; // profit is stated before tax
}

} // namespace

void review_year(Desk& desk)
{
    Firm& f = desk.firm;
    pay_profit_tax(desk, f.year_profit);
    const bool earns_interest = f.year_profit.fen >= 0;
    f.zombie_years = earns_interest ? 0 : static_cast<std::uint8_t>(std::min(250, f.zombie_years + 1));
    const bool has_full_year =
        desk.world.national.month >= 12 && desk.world.years_at(desk.context.window() - f.born) > 1.5;
    const bool closing_pays = desk.config().switches.exit && has_full_year && would_rather_close(desk);
    const bool is_reduced = closing_pays && closes_plants(desk, desk.config().exit.closed_share);
    if (closing_pays && !is_reduced) leave(desk, ExitCause::option_value);
    shift_appeal(desk);
    report_investment_rate(desk);
    review_research(desk);
    if (!is_reduced) review_capital(desk);
    f.last_year_profit = f.year_profit;
    f.year_profit = {}, f.year_investment = {};
}

void settle_taxes(Desk& desk)
{
    const Firm& f = desk.firm;
    pay_production_tax(desk);
    pay_profit_tax(desk, f.year_profit + equity_of(f) - f.equity_at_month);
}

/// E15: the clock of a firm of several plants closes one of them, and starts again.
void close(Desk& desk)
{
    if (!closes_plants(desk, 0)) return leave(desk, ExitCause::closure);
    const auto month = static_cast<std::uint32_t>(desk.world.national.month);
    const auto draw = desk.context.draw(static_cast<std::uint16_t>(Purpose::exit_clock), month + 1);
    desk.firm.exit_clock = -static_cast<float>(draw.exponential());
}

void face_hazards(Desk& desk)
{
    Firm& f = desk.firm;
    if (!desk.config().switches.exit) return;
    f.exit_clock += static_cast<float>(hazard_of(desk) / 12);
    if (f.exit_clock > 0) close(desk);
    if (!is_review_month(f, desk.world, 3)) return;
    f.loss_quarters = is_in_distress(f.cash, equity_of(f)) ? static_cast<std::uint8_t>(f.loss_quarters + 1) : 0;
    if (f.loss_quarters >= desk.config().exit.insolvency_quarters && !is_bailed_out(desk))
        leave(desk, ExitCause::insolvency);
}

} // namespace fabrica
