// E8-E10: machines. Depreciation, maintenance, projects, the yearly review of capacity.
#include "models/credit/lending.hpp"
#include "models/energy/energy.hpp"
#include "models/energy/rules.hpp"
#include "models/firms/investment.hpp"
#include "models/firms/plan.hpp"
#include "models/firms/state_firm.hpp"
#include "models/markets/institutions.hpp"
#include "models/policy/firm_policy.hpp"
#include "sim/base/math.hpp"

#include <algorithm>

namespace fabrica {
namespace {

double price_of_capacity(const Desk& desk) { return price_of_capacity(desk.world, desk.firm.sector); }

/// Capacity a firm would like to have for a demand (E8).
double capacity_for(const Desk& desk, double demand)
{
    const Firm& f = desk.firm;
    const auto& rule = desk.config();
    const auto kind = static_cast<std::size_t>(project_kind(f, desk.world));
    const double aim =
        desk.world.capacity_target[f.sector * std::size_t{project_kinds} + kind] /
        (f.ownership == Ownership::state ? 1 + rule.state_firms.capacity_margin * desk.terms->state_dial : 1);
    return desired_capacity(demand, desk.sector().firm_growth + desk.terms->growth, rule.investment.horizon_months / 12,
                            aim);
}

double wanted_capacity(const Desk& desk) { return capacity_for(desk, static_cast<double>(desk.firm.slow_demand)); }

/// Part of wear that is replaced continuously: less by a firm with too much capacity, nothing from a fifth too much.
double maintained_share(const Desk& desk)
{
    if (!desk.config().switches.lumpy_investment) return 1;
    const double gap = wanted_capacity(desk) / std::max(1.0, total_capacity(desk.firm.capacity)) - 1;
    return desk.config().investment.maintained_share * std::clamp(1 + 5 * gap, 0.0, 1.0);
}

void wear_and_maintain(Desk& desk)
{
    Firm& f = desk.firm;
    const double monthly = desk.config().production.depreciation / 12, kept = maintained_share(desk);
    const Money worn = rounded_fen(static_cast<double>(f.fixed_assets.fen) * monthly);
    f.fixed_assets -= worn;
    desk.report(desk.world.statistics.cell(Measure::machines_worn, f.sector, f.ownership), worn.fen);
    const Money spent = rounded_fen(price_of_capacity(desk) * total_capacity(f.capacity) * monthly * kept);
    buy_capital_goods(desk, spent);
    f.fixed_assets += spent;
    for (float& k : f.capacity) k = static_cast<float>(static_cast<double>(k) * (1 - monthly * (1 - kept)));
}

/// What a firm can lay out on machines [fen]. Profit enters only here, as a limit of finance: own cash beyond the half of its target at which it
/// would have to borrow, and what a bank would lend on today's assets and on the new machines.
double affordable_outlay(const Firm& f, const Config& rule, const Terms& terms)
{
    const double factor =
        f.ownership == Ownership::state ? wedge(rule.credit.state_loan_factor, 1, terms.state_dial) : 1;
    const double own = static_cast<double>(f.cash.fen) - static_cast<double>(cash_target(f, rule).fen) / 2;
    return largest_outlay(std::max(0.0, own), rule.credit.loan_to_value * factor + terms.loan_to_value,
                          static_cast<double>(assets_of(f).fen), static_cast<double>(liabilities_of(f).fen));
}

/// Takes machines of a capacity out of the books.
/// @return their book value
Money remove_machines(Firm& f, double capacity)
{
    const Money book = book_share(f.fixed_assets, capacity, total_capacity(f.capacity));
    f.fixed_assets -= book;
    return book;
}

/// E10: vintages whose labour costs more than new capacity would, over the payback time, leave; their book value is lost.
double scrap_old_levels(Desk& desk, double payback)
{
    Firm& f = desk.firm;
    const double base = labour_per_unit(f, desk.world) / labour_intensity(f.capacity);
    const auto unit_cost = [&](std::size_t m) {
        return base * labour_of_level[m] + carbon_levy(desk.world, f.sector, energy_of_level[m]);
    };
    const double price_per_unit = price_of_capacity(desk) * 10 / 365;
    double scrapped = 0;
    for (std::size_t m = 0; m < f.level; ++m)
        if (is_obsolete(unit_cost(m), unit_cost(f.level), price_per_unit, payback)) {
            scrapped += static_cast<double>(f.capacity[m]);
            const Money lost = remove_machines(f, static_cast<double>(f.capacity[m]));
            desk.report(desk.world.statistics.cell(Measure::machines_lost, f.sector, f.ownership), lost.fen);
            f.capacity[m] = 0;
        }
    return scrapped;
}

/// Sells machines to dealers, at a loss.
void sell_machines(Desk& desk, double capacity)
{
    Firm& f = desk.firm;
    const double have = total_capacity(f.capacity);
    const Money book = remove_machines(f, capacity);
    const Money price = rounded_fen(static_cast<double>(book.fen) * (1 - desk.config().investment.resale_loss));
    for (float& k : f.capacity) k = static_cast<float>(static_cast<double>(k) * (have - capacity) / have);
    desk.pay(Transaction::used_machines, desk.world.accounts.households(), -price);
    desk.note(EventKind::machines_sold, sim::no_agent, {}, price);
    desk.add(desk.world.flows.machines_resold(), book.fen);
    const auto& cells = desk.world.statistics;
    desk.report(cells.cell(Measure::machines_sold, f.sector, f.ownership), price.fen);
    desk.report(cells.cell(Measure::machines_lost, f.sector, f.ownership), (book - price).fen);
}

/// E9: sells machines down to the desired capacity where neither the year's demand nor the last months' has use for them, to dealers, at a
/// loss. Not in a firm's first two years, while its customers are still coming.
/// @return whether it sold any
bool sell_excess(Desk& desk, double threshold)
{
    Firm& f = desk.firm;
    const auto& rule = desk.config().investment;
    const double have = total_capacity(f.capacity),
                 wanted = capacity_for(desk, std::max(static_cast<double>(f.slow_demand), f.expected_demand()));
    const bool is_young = desk.world.years_at(desk.context.window() - f.born) < 2;
    if (is_young || have <= 0 || !disinvests(wanted / have - 1, rule.resale_threshold, threshold)) return false;
    sell_machines(desk, have - wanted);
    return true;
}

} // namespace

double price_of_capacity(const World& world, int sector)
{
    const auto s = static_cast<std::size_t>(sector);
    return world.technology[s].capital_price * world.first_utilisation[s] * 365 * world.national.capital_price * 0.1;
}

namespace {

/// A unit's profit per year as the owner sees it, per thousandth per day of capacity [fen].
double yearly_profit_of_capacity(const Firm& f, const World& world, const Terms& terms)
{
    const double price = static_cast<double>(f.price),
                 cost = static_cast<double>(f.unit_cost) +
                        price * (static_cast<double>(f.overhead) + world.technology[f.sector].tax);
    const double wages = labour_per_unit(f, world);
    const double tax = world.config.credit.profit_tax;
    return perceived_profit(price + terms.unit_subsidy, cost + terms.unit_levy, wages,
                            objective_of(f, world.config, terms.state_dial)) *
           365 * world.first_utilisation[f.sector] * 0.1 * ((1 - tax - terms.profit_tax) / (1 - tax));
}

} // namespace

double longest_payback(const Firm& firm, const Config& config, double dial)
{
    const double market = config.investment.payback_private_years;
    return firm.ownership == Ownership::state ? wedge(config.investment.payback_state_years, market, dial) : market;
}

double payback_of_capacity(const Firm& firm, const World& world, const Terms& terms)
{
    const double profit = yearly_profit_of_capacity(firm, world, terms);
    return profit > 0 ? price_of_capacity(world, firm.sector) * (1 - terms.capital_subsidy) / profit : -1;
}

int project_kind(const Firm& firm, const World& world)
{
    const double payback = payback_of_capacity(firm, world);
    return project_kind(payback <= 0 || payback > longest_payback(firm, world.config),
                        real_employees(firm, world) >= world.config.investment.small_threshold);
}

double usual_gestation(int kind, const Config& config)
{
    return is_large(kind) ? config.investment.gestation_large_months : config.investment.gestation_small_months;
}

void buy_capital_goods(Desk& desk, Money m)
{
    if (m.fen <= 0) return;
    desk.firm.cash -= m;
    desk.note(EventKind::capital_goods, sim::no_agent, {}, m);
    desk.add(desk.world.flows.investment_money(), m.fen);
    desk.firm.month_investment += m, desk.firm.year_investment += m;
}

void run_projects(Desk& desk)
{
    Firm& f = desk.firm;
    wear_and_maintain(desk);
    if (f.months_left == 0) return;
    const Money part = rounded_fen(static_cast<double>(f.instalment));
    buy_capital_goods(desk, part);
    f.under_construction += part;
    if (--f.months_left > 0) return;
    f.capacity[f.level] += f.project;
    f.fixed_assets += f.under_construction;
    f.project = 0, f.instalment = 0, f.under_construction = {};
}

void suffer_disasters(Desk& desk)
{
    Firm& f = desk.firm;
    for (const auto& [day, shock] : desk.world.disasters) {
        if (day <= std::max(f.last_plan, f.born - 1) || day > desk.context.window()) continue;
        if (!hits_sector(*shock, desk.world, f.sector) || !hits_region(*shock, desk.world, f.region)) continue;
        double destroyed = 0;
        for (std::size_t m = 0; m < maturity_levels; ++m)
            if (hits_level(*shock, static_cast<int>(m) + 1))
                destroyed -= shock->size * static_cast<double>(f.capacity[m]);
        const Money lost = remove_machines(f, destroyed);
        desk.report(desk.world.statistics.cell(Measure::machines_lost, f.sector, f.ownership), lost.fen);
        for (std::size_t m = 0; m < maturity_levels; ++m)
            if (hits_level(*shock, static_cast<int>(m) + 1))
                f.capacity[m] = static_cast<float>(static_cast<double>(f.capacity[m]) * (1 + shock->size));
    }
}

void close_plants(Desk& desk, double share)
{
    const double have = total_capacity(desk.firm.capacity);
    if (have > 0) sell_machines(desk, share * have);
}

void review_capital(Desk& desk)
{
    Firm& f = desk.firm;
    if (!desk.config().switches.lumpy_investment || f.months_left > 0) return;
    const auto& rule = desk.config();
    const double longest = longest_payback(f, rule, desk.terms->state_dial);
    const double scrapped = scrap_old_levels(desk, longest);
    const double have = total_capacity(f.capacity);
    const double wanted = wanted_capacity(desk);
    if (have <= 0 && wanted <= 0) return;
    const double gap = have > 0 ? wanted / have - 1 : 1;
    const auto month = static_cast<std::uint32_t>(desk.world.national.month);
    const double threshold =
        rule.investment.threshold_max *
        desk.context.draw(static_cast<std::uint16_t>(Purpose::investment_threshold), month).uniform();
    if (sell_excess(desk, threshold)) return;
    const Terms expected = expected_terms_of(f, desk.world, desk.context.window());
    if (scrapped <= 0 && !invests(gap, threshold, payback_of_capacity(f, desk.world, expected), longest)) return;
    const double price = price_of_capacity(desk);
    const double added = std::min(std::max(0.0, wanted - have),
                                  affordable_outlay(f, rule, *desk.terms) / (price * (1 - expected.capital_subsidy)));
    if (added < 0.005 * have || f.loss_quarters > 0) return;
    const double luck = desk.context.draw(static_cast<std::uint16_t>(Purpose::gestation), month).uniform();
    f.months_left =
        static_cast<std::uint8_t>(gestation_months(usual_gestation(project_kind(f, desk.world), rule), luck));
    f.project = static_cast<float>(added);
    f.instalment = static_cast<float>(added * price / f.months_left);
}

} // namespace fabrica
