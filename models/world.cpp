#include "models/world.hpp"

#include "models/firms/plan.hpp"
#include "models/transactions.hpp"

#include "models/manufacturing.hpp"
#include "models/markets/institutions.hpp"
#include "sim/base/math.hpp"

#include <algorithm>
#include <set>

namespace fabrica {

namespace {

/// The run's calendar, started so many whole years earlier.
sim::Calendar calendar_of(const Config& config)
{
    sim::Date start = config.run.start;
    start.year -= static_cast<int>(config.population.spin_up_years);
    return {config.run.calendar().kind(), start};
}

} // namespace

World::World(const Config& c, const Nation& n, int thread_count)
    : config(c), nation(n), calendar(calendar_of(c)), recording_from(calendar.window(c.run.start)), S(n.sector_count()),
      R(n.region_count()), O(n.outside_count()), B(static_cast<int>(c.credit.bank_count)), k(nearest(1 / c.run.scale)),
      technology(make_technology(n, 0.03, c.production.overhead_scale)), market_weight(c.production.market_weight),
      order_weight(c.production.order_weight), slow_weight(c.production.slow_weight),
      trade_credit_due(1 - sim::math::exp(-30.0 / static_cast<double>(c.credit.receivable_days))), threads(thread_count)
{
    const auto s_count = static_cast<std::size_t>(S), r_count = static_cast<std::size_t>(R);
    set_due_day(0);
    int partners = 0;
    for (const auto& d : n.demand) partners += d.is_export;
    accounts = {S, R, O, B, partners};
    flows = {accounts};
    statistics = {S, R};
    flow_tally = sim::Tally(threads, flows.count());
    statistics_tally = sim::Tally(threads, statistics.count());
    loan_requests = sim::Claims<LoanRequest>(threads);
    month.assign(statistics.count(), 0);
    sector.resize(s_count), region.resize(r_count), directory.resize(s_count), wholesaler.resize(s_count),
        bundle.resize(s_count);
    for (auto& b : sector) {
        b.worked[63] = -1; // the day before the first
        b.price = b.import_price = b.world_price = c.prices.level, b.home_ratio = 1;
        b.growth = b.firm_growth = c.switches.growth ? c.investment.growth : 0;
        b.roa = c.entry.required_return;
    }
    for (std::size_t s = 0; s < s_count; ++s) sector[s].critical_share = n.sectors[s].critical_import_share;
    bundle_prices.assign(s_count, c.prices.level), bundle_import_prices = bundle_prices;
    outside_prices.assign(n.outside.size(), c.prices.level);
    const double g = c.switches.growth ? c.investment.growth : 0;
    for (const auto& s : n.sectors) {
        first_utilisation.push_back(std::clamp(s.utilisation, 0.70, 0.80));
        for (int kind = 0; kind < project_kinds; ++kind)
            capacity_target.push_back(first_utilisation.back() * utilisation_aim(kind, g));
        const auto& commodities = c.prices.commodity_sectors;
        is_commodity.push_back(std::find(commodities.begin(), commodities.end(), s.code) != commodities.end());
        const auto& learning = c.learning.sectors;
        learns.push_back(c.switches.technology &&
                         std::find(learning.begin(), learning.end(), s.code) != learning.end());
    }
    Books& b = books;
    b.account.assign(accounts.count(), 0), b.loans.assign(static_cast<std::size_t>(B), 0);
    for (auto* goods :
         {&b.made, &b.imported, &b.used, &b.final_use, &b.capital_use, &b.scrapped, &b.goods_under_way, &b.first_stock})
        goods->assign(s_count, 0);
    pool.assign(r_count, 0), employed.assign(r_count, 0), hires.assign(r_count, 0), bailed_out.assign(r_count, 0),
        province_first.assign(r_count, 0);
    cell_share.assign(s_count * r_count * ownership_count, 0);
    for (auto* v : {&first_firms, &first_output_per_firm, &size_scale, &wage_scale, &real_firms}) v->assign(s_count, 0);
    adoption_factor.assign(s_count, 1);
    price_index.assign(s_count, 1), sales_history.resize(s_count);
    reference_price.assign(s_count, 1), reference_target = reference_price;
    platforms = Platforms(threads);
    platforms.individual_asked.assign(s_count, 0), platforms.individual_served.assign(s_count, 0);
    lumpy_total.assign(s_count, 0), share_total.assign(s_count, 0), attraction_total.assign(s_count, 0);
    std::set<std::string> names;
    for (const auto& s : n.sectors) names.insert(s.group);
    groups.assign(names.begin(), names.end());
    for (const auto& s : n.sectors)
        group_of.push_back(static_cast<int>(std::find(groups.begin(), groups.end(), s.group) - groups.begin()));
    normal_price.assign(s_count, 1);
    double jobs = 0, firms = 0, mean_wage = 0;
    for (const auto& s : n.sectors) jobs += s.employment, firms += s.firms;
    mean_employees = jobs / firms;
    for (const auto& r : n.regions) mean_wage += r.employment_share * r.wage_index;
    for (const auto& r : n.regions) wage_level.push_back(r.wage_index / mean_wage);
    builder = n.builder;
    for (int o = 0; o < O; ++o)
        if (n.outside[static_cast<std::size_t>(o)].is_overhead) servicer = o;
    int partner = 0;
    for (const auto& d : n.demand) {
        if (d.is_export)
            demand.payer.push_back(accounts.partner(partner++));
        else if (d.name == "government")
            demand.payer.push_back(accounts.treasury());
        else if (!d.is_outside)
            demand.payer.push_back(accounts.households());
        else
            for (int o = 0; o < O; ++o)
                if (n.outside[static_cast<std::size_t>(o)].category == d.name)
                    demand.payer.push_back(accounts.outside(o));
    }
    for (std::size_t d = 0; d < n.demand.size(); ++d)
        if (n.demand[d].name == "households") consumption = d;
    const auto counts = firms_per_sector(n, c);
    const double growth = c.switches.growth ? c.population.firm_growth : 0;
    for (std::size_t s = 0; s < s_count; ++s)
        real_firms[s] = n.sectors[s].firms * sim::math::exp(-growth * c.population.spin_up_years) /
                        static_cast<double>(std::max<std::int64_t>(1, counts[s]));
    for (const Shock& shock : c.shocks)
        if (shock.kind == "disaster" && c.switches.shocks && !(shock.from < c.run.start))
            disasters.emplace_back(calendar.window(shock.from), &shock);
    people.resize(r_count);
    open_trade(*this), open_energy(*this);
    policy = PolicyState(c.policies, n, threads);
    reset_month();
}

void World::set_due_day(sim::Window day)
{
    const auto due = day + static_cast<sim::Window>(config.credit.receivable_days);
    national.bills_due = {calendar.month_index(due), calendar.day_of_month(due), calendar.days_in_month(due)};
}

void World::reset_month()
{
    const auto s = sector.size();
    for (auto* v : {&monthly.final_demand, &monthly.unmet, &monthly.left_to_imports, &monthly.imports, &monthly.exports,
                    &monthly.market_demand, &monthly.demand_left})
        v->assign(s, 0);
    monthly.demand_by_category.assign(nation.demand.size(), 0);
    monthly.served.assign(nation.demand.size() * s, 0), monthly.procured.assign(s, 0);
    monthly.entries.assign(s * ownership_count, 0), monthly.exits.assign(s * exit_cause_count, 0);
    monthly.bad_loans.assign(1, 0), monthly.loans_asked.assign(1, 0), monthly.loans_paid.assign(1, 0);
    monthly.exits_by_age.assign(hazard_ages, 0);
    monthly.transactions.assign(transaction_cells, 0);
    for (auto& p : policy.programme) std::fill(p.month.begin(), p.month.end(), 0);
    monthly.bail_outs = monthly.bail_out_money = 0;
    for (Platform& p : platforms.all) p.month = {}, p.has_failed = false;
    month_direct = 0;
    for (auto& t : trade.sector) t.exported = 0;
    for (auto& p : people) p.vacancies = 0;
}

double World::slow_lag(double growth) const { return 1 + growth / (12 * config.production.slow_weight); }

InvestmentCycle World::investment_cycle_of(int kind, double growth) const
{
    const auto& rule = config.investment;
    const double wear = config.production.depreciation * (1 - rule.maintained_share);
    return investment_cycle(std::max(0.0, growth + wear), is_lumpy(kind) ? rule.threshold_max : 0,
                            std::max(0.0, usual_gestation(kind, config) - 1) /
                                12); // the first month is that of the decision
}

double World::utilisation_aim(int kind, double growth) const
{
    const auto& rule = config.investment;
    if (!config.switches.lumpy_investment) return 1;
    const double ahead = sim::math::exp(rule.horizon_months / 12 * sim::math::log1p(growth));
    return rule.utilisation_correction * ahead / slow_lag(growth) * investment_cycle_of(kind, growth).mean_worn;
}

double World::size_trend(int s) const
{
    const double technical = sector[static_cast<std::size_t>(s)].technical;
    return technical == 0 ? national.productivity : national.productivity * sim::math::exp(technical);
}

double World::jobs_factor() const
{
    if (!config.switches.growth) return 1;
    return sim::math::exp((config.production.productivity_growth - config.investment.growth) *
                          config.population.spin_up_years);
}

double World::depreciation_per_unit(int s) const
{
    return config.production.depreciation * technology[static_cast<std::size_t>(s)].capital_price *
           national.capital_price;
}

} // namespace fabrica
