#include "models/firms/plan.hpp"

#include "models/credit/lending.hpp"
#include "models/energy/energy.hpp"
#include "models/firms/bills.hpp"
#include "models/firms/investment.hpp"
#include "models/firms/pricing.hpp"
#include "models/firms/production.hpp"
#include "models/firms/settlement.hpp"
#include "models/firms/state_firm.hpp"
#include "models/labour/jobs.hpp"
#include "models/labour/people.hpp"
#include "models/platforms/lumpy_orders.hpp"
#include "models/platforms/sharing.hpp"
#include "models/policy/firm_policy.hpp"
#include "models/technology/technology.hpp"
#include "sim/base/math.hpp"

namespace fabrica {

double labour_productivity(const Firm& firm, const World& world)
{
    const double own = static_cast<double>(firm.productivity) * world.national.productivity /
                       (labour_intensity(firm.capacity) * extra_labour(firm, world));
    return world.platforms.any() ? own * world.platforms.design(firm.id) : own;
}

double expected_yearly_revenue(const Firm& firm)
{
    return static_cast<double>(firm.slow_demand) * 365 * static_cast<double>(firm.price) * 0.1;
}

ObjectiveWeights objective_of(const Firm& firm, const Config& config, double dial)
{
    if (firm.ownership != Ownership::state) return {};
    return {config.state_firms.jobs_weight * dial, config.state_firms.output_weight * dial};
}

double real_employees(const Firm& firm, const World& world)
{
    return std::max(1.0, static_cast<double>(firm.workers) * 1e-3 * world.real_size(firm.sector));
}

bool is_review_month(const Firm& firm, const World& world, int every)
{
    return (world.national.month - firm.year_month) % every == 0;
}

void learn_demand(Desk& desk)
{
    Firm& f = desk.firm;
    const int days = desk.context.window() - f.last_plan;
    const auto average = [days](float& expected, Goods demand, const SmoothingWeight& weight, double factor = 1) {
        expected = static_cast<float>(expectation(
            static_cast<double>(expected), static_cast<double>(demand.milli) / factor / days, weight.over(days)));
    };
    // The month's orders are known: they tell nothing about the next one's.
    average(f.expected_market, f.demand - f.ordered, desk.world.market_weight, month_factor(f, desk.world));
    average(f.expected_orders, f.ordered, desk.world.order_weight);
    average(f.slow_demand, f.demand, desk.world.slow_weight);
    const auto wanted = static_cast<double>(f.demand.milli);
    if (wanted > 0) {
        const double short_of =
            static_cast<double>((f.backlog + f.missed).milli) / (wanted + static_cast<double>(f.backlog.milli));
        f.fill += 0.3F * (static_cast<float>(1 - short_of) - f.fill);
    }
    f.ordered = {}, f.demand = {}, f.made = {}, f.missed = {};
    f.last_plan = desk.context.window();
}

namespace {

/// Q* (E2).
double output_plan(const Desk& desk)
{
    const Firm& f = desk.firm;
    const auto& rule = desk.config().production;
    return planned_output(f.expected_demand(), static_cast<double>(f.backlog.milli), static_cast<double>(f.stock.milli),
                          rule.inventory_months * 30, rule.adjustment_months * 30);
}

/// What machines and their power allow.
double output_limit(const Desk& desk)
{
    const double powered = desk.world.energy.sector[desk.firm.sector].usable[desk.firm.region];
    return desk.config().production.usable_capacity * desk.terms->usable_capacity * total_capacity(desk.firm.capacity) *
           powered;
}

/// A plan as far as critical imports (E27) and permits (E29) reach; both are shared out by usual demand.
double supplied_plan(const Desk& desk, double plan)
{
    const double usual = usual_demand(desk.firm, desk.world);
    const double cap = desk.world.trade.sector[desk.firm.sector].output_cap;
    const double permitted = permitted_output(desk.firm, desk.world, usual);
    return std::min({plan, permitted, cap == 1 ? plan : cap * usual});
}

/// Part of wanted hires that can be served.
double hire_fill(const Desk& desk)
{
    const double fill = desk.region().hire_fill;
    if (!desk.config().switches.skills) return fill;
    return hires_served(fill, skilled_need(desk.firm.capacity), desk.world.people[desk.firm.region].skill_fill);
}

} // namespace

double usual_demand(const Firm& firm, const World& world)
{
    const double growth = world.config.switches.growth ? world.sector[firm.sector].growth : 0;
    // Buyers who get less order again: at most what its machines make in normal use, or a shortage would lift its own limit.
    return std::min(std::max(firm.expected_demand(), static_cast<double>(firm.slow_demand) * world.slow_lag(growth)),
                    total_capacity(firm.capacity) * world.first_utilisation[firm.sector]);
}

void adjust_staff(Desk& desk, double productivity)
{
    Firm& f = desk.firm;
    const auto& rule = desk.config();
    const bool is_state = f.ownership == Ownership::state;
    const double dial = desk.terms->state_dial;
    const auto& owners = desk.world.nation.ownerships;
    const double slack = rule.production.labour_slack +
                         wedge(owners[static_cast<std::size_t>(f.ownership)].slack, owners.front().slack, dial);
    const double desired =
        desired_staff(std::min(supplied_plan(desk, output_plan(desk)), output_limit(desk)), productivity, slack);
    // Layoffs are weighed by profit as the owner sees it: a wage that counts as a benefit is cut back more slowly.
    const double keep = objective_of(f, rule, desk.terms->state_dial).jobs;
    const double fire =
        (is_state ? wedge(rule.labour.state_fire_speed, rule.labour.fire_speed, dial) : rule.labour.fire_speed) *
        std::max(0.0, 1 - keep);
    const std::int64_t before = f.workers;
    f.workers = adjusted_staff(before, desired, rule.labour.hire_speed, fire, hire_fill(desk));
    const std::int64_t wanted = adjusted_staff(before, desired, rule.labour.hire_speed, fire, 1);
    if (wanted <= before) return;
    desk.add(desk.world.flows.hires(f.region), wanted - before);
    desk.add(desk.world.flows.vacancies(f.region), wanted - f.workers);
}

void plan_output(Desk& desk, double productivity)
{
    Firm& f = desk.firm;
    const double labour = static_cast<double>(f.workers) * 1e-3 * productivity;
    const double planned = supplied_plan(desk, std::max(output_plan(desk), peak_output(f, desk.world)));
    f.daily_rate = feasible_output(planned, output_limit(desk), labour);
}

void update_unit_cost(Firm& f, const World& world, double productivity)
{
    const auto& board = world.sector[f.sector];
    double materials = board.bundle_price;
    for (int j = 0; j < f.slots; ++j)
        materials += board.alpha[static_cast<std::size_t>(j)] * static_cast<double>(f.slot[j].unit_price);
    const double slack =
        1 + world.config.production.labour_slack + world.nation.ownerships[static_cast<std::size_t>(f.ownership)].slack;
    const double monthly_wage = static_cast<double>(f.wage) * world.region[f.region].wage_index;
    const double labour = monthly_wage / world.days_per_month() / productivity * slack * 10;
    const double levy = carbon_levy(f, world);
    f.unit_conversion = static_cast<float>(board.bundle_price + labour + levy);
    f.unit_cost = static_cast<float>(materials + labour + levy + world.depreciation_per_unit(f.sector));
}

double labour_per_unit(const Firm& f, const World& world)
{
    return static_cast<double>(f.unit_conversion) - world.sector[f.sector].bundle_price - carbon_levy(f, world);
}

double cost_to_cover(const Firm& f, const World& world, double dial)
{
    return perceived_unit_cost(static_cast<double>(f.unit_cost), labour_per_unit(f, world),
                               objective_of(f, world.config, dial));
}

/// A price covers at least this part of cost, whatever the subsidy.
constexpr double least_cost_part = 0.1;

void set_price(Desk& desk, double productivity)
{
    Firm& f = desk.firm;
    update_unit_cost(f, desk.world, productivity);
    const auto& board = desk.sector();
    const PriceRule rule = price_rule(desk.world, f.sector);
    const double reference = rule.world_part == 0 ? board.price
                                                  : sim::math::exp((1 - rule.world_part) * sim::math::log(board.price) +
                                                                   rule.world_part * sim::math::log(board.world_price));
    const Terms& terms = *desk.terms;
    const auto markup = static_cast<double>(f.markup);
    // What is passed on lowers the marked-up price by itself, not by itself times one plus the markup; goods are not given away.
    const double due = cost_to_cover(f, desk.world, terms.state_dial) + terms.unit_levy;
    const double cost = std::max(due - terms.price_subsidy / (1 + markup), least_cost_part * due);
    const double target = target_price(cost, markup, reference, rule.sector_weight);
    const double before = static_cast<double>(f.price);
    f.price = static_cast<float>(adjusted_price(before, target, rule.speed));
    // Chained Laspeyres index over continuing firms: usual monthly sales at the old and at the new price.
    const Goods usual = rounded_goods(static_cast<double>(f.slow_demand) * 30);
    desk.report(desk.world.statistics.price_new(f.sector), amount(usual, static_cast<double>(f.price)).fen);
    desk.report(desk.world.statistics.price_old(f.sector), amount(usual, before).fen);
}

void compete(Desk& desk)
{
    Firm& f = desk.firm;
    const auto& rule = desk.config();
    const auto& board = desk.sector();
    const double wanted =
        attraction(total_capacity(f.capacity), static_cast<double>(f.price) / board.price, rule.market.price_elasticity,
                   static_cast<double>(f.appeal) + quality_appeal(f, desk.world), rule.market.fill_weight,
                   static_cast<double>(f.fill)) *
        reach(f, desk.world);
    const double fixed = std::floor(wanted * attraction_scale) / attraction_scale;
    desk.count(FlowPlan::attraction_change, f.sector,
               static_cast<std::int64_t>((fixed - f.attraction) * attraction_scale));
    f.attraction = fixed;
    const double target = fixed / board.attraction_sum, growth = rule.market.share_speed * (target - f.share);
    const double moved = std::floor((f.share + growth) * share_scale) / share_scale;
    desk.count(FlowPlan::share_change, f.sector, static_cast<std::int64_t>((moved - f.share) * share_scale));
    const double normal = static_cast<double>(f.normal_markup) +
                          dominance_markup(share_of_sector(f, desk.world), rule.prices.dominant_share,
                                           rule.market.price_elasticity, rule.prices.sector_elasticity);
    if (rule.switches.markup && f.share > 0)
        f.markup = static_cast<float>(adjusted_markup(static_cast<double>(f.markup), normal, rule.prices.markup_drift,
                                                      sim::math::log1p(growth / f.share), rule.prices.scarcity,
                                                      static_cast<double>(f.fill), rule.prices.markup_reversion));
    f.share = moved;
    auto& shown = desk.context.own_showcase();
    const double capacity = total_capacity(f.capacity);
    shown = {f.price, static_cast<float>(capacity > 0 ? static_cast<double>(f.backlog.milli) / (capacity * 30) : 0),
             static_cast<float>(capacity), shown_quality(f, desk.world)};
}

namespace {

/// What a firm does for the month to come; one that has just decided to close does none of it.
void plan_ahead(Desk& desk, const Turns& turns)
{
    run_projects(desk);
    run_upgrade(desk);
    keep_quality(desk);
    const double productivity = labour_productivity(desk.firm, desk.world);
    adjust_staff(desk, productivity);
    plan_output(desk, productivity);
    set_price(desk, productivity);
    compete(desk);
    buy_inputs(desk, turns);
    consider_joining(desk);
    share_capacity(desk);
    share_design(desk);
    balance_finances(desk);
    face_hazards(desk);
}

} // namespace

void Manufacturing::visit(MonthlyPlan, Firm& firm, Context& context) const
{
    Desk desk(firm, context, world_);
    const Terms terms = terms_of(firm, world_, context.window());
    desk.terms = &terms;
    const Turns turns = fetch_suppliers(desk);
    pay_bills_due(desk, plan_visit(world_.national.month));
    settle(desk, context.window());
    if (context.window() == desk.config().guards.planted_leak_day && firm.id % 7 == 0) firm.cash.fen += 1; // tests only
    desk.note(EventKind::monthly_plan, sim::no_agent, firm.made);
    const std::int64_t lumpy_before = lumpy_share(firm, world_);
    pay_bills(desk);
    suffer_disasters(desk);
    do_research(desk);
    pay_for_services(desk);
    learn_demand(desk);
    if (is_review_month(firm, world_, 12)) review_year(desk);
    if (firm.exit_cause == ExitCause::none) plan_ahead(desk, turns);
    desk.count(FlowPlan::lumpy_change, firm.sector, lumpy_share(firm, world_) - lumpy_before);
    if (firm.exit_cause != ExitCause::none) settle_taxes(desk);
}

void Manufacturing::due(MonthlyPlan, sim::Window window, std::vector<int>& cohorts) const
{
    const int length = world_.calendar.days_in_month(window), today = world_.calendar.day_of_month(window);
    for (int c = 0; c < MonthlyPlan::cohorts; ++c)
        if (plan_day(c, length) == today) cohorts.push_back(c);
}

void Manufacturing::due(MonthEnd, sim::Window window, std::vector<int>& cohorts) const
{
    if (world_.calendar.is_month_end(window)) cohorts.push_back(0);
}

} // namespace fabrica
