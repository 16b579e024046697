// What each firm reports at the end of a month; flows of the month are reset.
#include "models/energy/rules.hpp"
#include "models/firms/bills.hpp"
#include "models/firms/investment.hpp"
#include "models/firms/plan.hpp"
#include "models/firms/settlement.hpp"
#include "models/labour/people.hpp"
#include "models/policy/firm_policy.hpp"
#include "models/series/size_class.hpp"
#include "models/technology/technology.hpp"

namespace fabrica {
namespace {

/// Adds to the statistics of the firm's sector and ownership.
class Report {
public:
    explicit Report(Desk& desk) : desk_(desk) {}
    void operator()(Measure m, std::int64_t x)
    {
        desk_.report(desk_.world.statistics.cell(m, desk_.firm.sector, desk_.firm.ownership), x);
    }

private:
    Desk& desk_;
};

void report_balance(Desk& desk, Report& report, Money assets, Money liabilities)
{
    const Firm& f = desk.firm;
    Money inputs{};
    for (int j = 0; j < f.slots; ++j) {
        inputs += f.slot[j].cost;
        desk.report(desk.world.statistics.input_stock(f.links[j].sector), f.slot[j].stock.milli);
    }
    report(Measure::stock, f.stock.milli), report(Measure::stock_cost, f.stock_cost.fen),
        report(Measure::input_cost, inputs.fen);
    report(Measure::cash, f.cash.fen), report(Measure::overdraft, std::max<std::int64_t>(0, -f.cash.fen)),
        report(Measure::debt, f.debt.fen);
    report(Measure::assets, assets.fen), report(Measure::liabilities, liabilities.fen),
        report(Measure::fixed_assets, f.fixed_assets.fen);
    report(Measure::market_receivables, f.market_receivables.fen);
    report(Measure::tangibles,
           (f.stock_cost + inputs - f.absorbed + f.fixed_assets + f.under_construction + f.other_assets).fen);
    report(Measure::machines, (f.fixed_assets + f.under_construction + f.other_assets).fen);
    const Balance b = Balance::of(f);
    const std::int64_t items[] = {b.cash, b.debt, b.receivables, b.payables, b.market_receivables, b.market_payables,
                                  b.goods};
    for (int i = 0; i < FlowPlan::balance_items; ++i) desk.report(desk.world.statistics.balance(i), items[i]);
}

void report_activity(Desk& desk, Report& report, Money profit)
{
    const Firm& f = desk.firm;
    report(Measure::firms, 1), report(Measure::output, f.month_output.milli),
        report(Measure::sales, f.month_sales.milli);
    report(Measure::capacity, nearest(total_capacity(f.capacity)));
    report(Measure::revenue, f.month_revenue.fen), report(Measure::profit, profit.fen),
        report(Measure::investment, f.month_investment.fen);
    report(Measure::jobs, f.workers), report(Measure::backlog, f.backlog.milli);
    report(Measure::zombies, f.zombie_years >= 3 ? 1 : 0);
    report(Measure::cost_of_output, amount(f.month_output, static_cast<double>(f.unit_cost)).fen);
    report(Measure::price_weight, amount(f.month_output, static_cast<double>(f.price)).fen);
    const Measure levels[] = {Measure::capacity_1, Measure::capacity_2, Measure::capacity_3, Measure::capacity_4};
    for (std::size_t m = 0; m < maturity_levels; ++m) report(levels[m], nearest(static_cast<double>(f.capacity[m])));
}

/// E29: energy of the month's output by level, each level working in proportion to its capacity; and that of usual output.
void report_energy(Desk& desk, Report& report)
{
    const Firm& f = desk.firm;
    const double per_unit = desk.world.energy.sector[f.sector].energy, total = total_capacity(f.capacity);
    const Measure levels[] = {Measure::energy_1, Measure::energy_2, Measure::energy_3, Measure::energy_4};
    for (std::size_t m = 0; m < maturity_levels && total > 0; ++m)
        report(levels[m], nearest(static_cast<double>(f.month_output.milli) * static_cast<double>(f.capacity[m]) /
                                  total * energy_of_level[m] * per_unit));
    const double usual = usual_demand(f, desk.world) * desk.world.calendar.days_in_month(desk.context.window());
    report(Measure::usual_output, nearest(usual));
    report(Measure::usual_energy, nearest(usual * per_unit * energy_intensity(f.capacity)));
}

void report_above_scale(Desk& desk, Report& report, Money profit, Money assets, Money liabilities)
{
    const Firm& f = desk.firm;
    if (!f.is_above_scale) return;
    report(Measure::scale_firms, 1), report(Measure::scale_revenue, f.month_revenue.fen),
        report(Measure::scale_profit, profit.fen);
    report(Measure::scale_assets, assets.fen), report(Measure::scale_liabilities, liabilities.fen);
    report(Measure::scale_output, f.month_output.milli),
        report(Measure::scale_capacity, nearest(total_capacity(f.capacity)));
    report(Measure::scale_stock_cost, f.stock_cost.fen);
    if (f.size_class != SizeClass::large) report(Measure::scale_small_revenue, f.month_revenue.fen);
}

void report_classes(Desk& desk, Money profit)
{
    const Firm& f = desk.firm;
    const auto& plan = desk.world.statistics;
    desk.report(plan.by_size(StatisticsPlan::size_firms, f.size_class, f.sector), 1);
    desk.report(plan.by_size(StatisticsPlan::size_jobs, f.size_class, f.sector), f.workers);
    desk.report(plan.by_size(StatisticsPlan::size_revenue, f.size_class, f.sector), f.month_revenue.fen);
    desk.report(plan.by_size(StatisticsPlan::size_output, f.size_class, f.sector), f.month_output.milli);
    desk.report(plan.by_size(StatisticsPlan::size_capacity, f.size_class, f.sector),
                nearest(total_capacity(f.capacity)));
    desk.report(plan.by_size(StatisticsPlan::size_profit, f.size_class, f.sector), profit.fen);
    desk.report(plan.by_region(StatisticsPlan::region_firms, f.region), 1);
    desk.report(plan.by_region(StatisticsPlan::region_jobs, f.region), f.workers);
    desk.report(plan.by_region(StatisticsPlan::region_output, f.region), f.month_output.milli);
    desk.report(plan.by_region(StatisticsPlan::region_skilled, f.region),
                nearest(static_cast<double>(f.workers) * skilled_need(f.capacity)));
    const int age = static_cast<int>(desk.world.years_at(desk.context.window() - f.born));
    desk.report(plan.by_age(std::clamp(age, 0, hazard_ages - 1)), 1);
}

} // namespace

void classify(Firm& firm, const World& world)
{
    const double revenue =
        expected_yearly_revenue(firm) * 0.01 * world.real_size(firm.sector) / world.config.prices.level;
    firm.size_class = size_class(world.nation, real_employees(firm, world), revenue);
    firm.is_above_scale = revenue >= 20e6;
}

void Manufacturing::visit(MonthEnd, Firm& firm, Context& context) const
{
    if (firm.exit_cause != ExitCause::none) return; // leaves today: the liquidator has it
    Desk desk(firm, context, world_);
    pay_bills_due(desk, month_end_visit(world_.national.month));
    settle(desk, context.window());
    pay_production_tax(desk);
    classify(firm, world_);
    settle_with_programmes(desk);
    const Money assets = assets_of(firm), liabilities = liabilities_of(firm);
    const Money profit = assets - liabilities - firm.equity_at_month;
    firm.equity_at_month = assets - liabilities;
    firm.year_profit += profit;
    desk.note(EventKind::month_end, sim::no_agent, firm.month_output, profit);
    Report report(desk);
    report_activity(desk, report, profit);
    report_balance(desk, report, assets, liabilities);
    report_energy(desk, report);
    report_above_scale(desk, report, profit, assets, liabilities);
    report_classes(desk, profit);
    report_technology(desk);
    firm.month_output = {}, firm.month_sales = {}, firm.month_revenue = {}, firm.month_investment = {};
}

} // namespace fabrica
