#include "models/platforms/lumpy_orders.hpp"

#include "models/firms/plan.hpp"
#include "models/platforms/rules.hpp"
#include "sim/base/random.hpp"

#include <cmath>

namespace fabrica {
namespace {

/// Founders and entrants have average orders until their first plan.
bool takes_orders(const Firm& f, const World& w)
{
    return w.config.switches.lumpy_orders && f.last_plan >= 0 && f.last_plan >= f.born &&
           real_employees(f, w) < w.config.platform_demand.largest_employees;
}

/// Orders of the month, known at its plan: one draw for each plan.
double orders_of_month(const Firm& f, const World& w)
{
    const auto seed = static_cast<std::uint32_t>(w.config.run.seed);
    const sim::Draw draw(seed, f.key, static_cast<std::uint16_t>(Purpose::custom_orders),
                         static_cast<std::uint32_t>(f.last_plan));
    return static_cast<double>(draw.poisson(w.config.platform_demand.orders_per_month));
}

/// Thousandths that one order asks for: the mean order of a firm of this demand.
double order_size(const Firm& f, const World& w)
{
    const auto& rule = w.config.platform_demand;
    return rule.custom_share * static_cast<double>(f.expected_market) * w.days_per_month() / rule.orders_per_month;
}

/// So many days of the output of the sector's mean firm.
double efficient_lot(const Firm& f, const World& w)
{
    return w.config.platform_demand.efficient_lot_days * w.first_output_per_firm[f.sector] * w.size_trend(f.sector);
}

double extra_share(const Firm& f, const World& w)
{
    const auto& rule = w.config.platform_demand;
    const double size = order_size(f, w);
    return size < 1 ? 0 : small_run_cost(size, efficient_lot(f, w), rule.set_up_cost, rule.most_set_up_cost);
}

} // namespace

double month_factor(const Firm& f, const World& w)
{
    if (!takes_orders(f, w)) return 1;
    const auto& rule = w.config.platform_demand;
    return lumpy_demand(rule.custom_share, orders_of_month(f, w), rule.orders_per_month);
}

std::int64_t lumpy_share(const Firm& f, const World& w)
{
    const double factor = month_factor(f, w);
    return factor == 1 ? 0 : static_cast<std::int64_t>(std::floor(f.share * (factor - 1) * share_scale));
}

CustomRun custom_run(const Firm& f, const World& w)
{
    if (!takes_orders(f, w)) return {};
    return {rounded_goods(orders_of_month(f, w) * order_size(f, w)), extra_share(f, w)};
}

double usual_small_run_cost(const Firm& f, const World& w)
{
    return takes_orders(f, w) ? w.config.platform_demand.custom_share * extra_share(f, w) : 0;
}

void pay_small_runs(Desk& desk, Goods quantity, double extra)
{
    const Money hours = amount(quantity, extra * static_cast<double>(desk.firm.unit_cost));
    if (hours.fen <= 0) return;
    desk.pay(Transaction::wages, desk.world.accounts.households(), hours);
    desk.note(EventKind::wages, sim::no_agent, {}, hours);
    desk.report(desk.world.statistics.cell(Measure::wages, desk.firm.sector, desk.firm.ownership), hours.fen);
}

double peak_output(const Firm& f, const World& w)
{
    const double factor = month_factor(f, w);
    if (factor <= 1) return 0;
    const double asked = factor * static_cast<double>(f.expected_market) + static_cast<double>(f.expected_orders);
    return asked - static_cast<double>((f.stock - f.backlog).milli) / w.days_per_month();
}

} // namespace fabrica
