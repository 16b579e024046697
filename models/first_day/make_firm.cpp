#include "models/first_day/make_firm.hpp"

#include "models/firms/plan.hpp"
#include "models/firms/pricing.hpp"
#include "models/ledger.hpp"
#include "models/series/size_class.hpp"
#include "models/technology/technology.hpp"
#include "sim/base/math.hpp"
#include "sim/base/random.hpp"

namespace fabrica {

namespace math = sim::math;

void set_normal_prices(World& w, const std::vector<FirmPlan>& firms, std::span<const double> direct)
{
    std::vector<double> sales(w.sector.size()), value(w.sector.size());
    for (std::size_t i = 0; i < firms.size(); ++i) {
        const FirmPlan& plan = firms[i];
        const auto s = static_cast<std::size_t>(plan.sector);
        const bool is_lower = plan.ownership == Ownership::state;
        const double price = is_lower ? static_cast<double>(make_firm(w, plan).price) / w.sector[s].price : 1;
        const double sold = plan.output - direct[i];
        sales[s] += sold, value[s] += sold * price;
    }
    for (std::size_t s = 0; s < sales.size(); ++s) {
        const double own_weight = 1 - price_rule(w, static_cast<int>(s)).sector_weight;
        if (own_weight > 0 && value[s] > 0) w.normal_price[s] = math::pow(sales[s] / value[s], 1 / own_weight);
    }
}

double workers_per_employee(const World& w, int sector)
{
    // k firms of the model stand for k real_firms of the nation: each is so much smaller than a real one.
    return w.real_firms[static_cast<std::size_t>(sector)] / static_cast<double>(w.k);
}

double appeal_of(const Firm& f, const World& w)
{
    const double relative = static_cast<double>(f.price) / w.sector[f.sector].price;
    return math::log(std::max(f.attraction, 1.0) / total_capacity(f.capacity)) +
           w.config.market.price_elasticity * math::log(relative) - quality_appeal(f, w);
}

double size_of_output(const World& w, int sector, double output)
{
    const double real_output = output / workers_per_employee(w, sector);
    return w.size_scale[static_cast<std::size_t>(sector)] *
           math::pow(real_output, w.config.population.employment_exponent);
}

double output_of_size(const World& w, int sector, double real_employees)
{
    const double real_output = math::pow(real_employees / w.size_scale[static_cast<std::size_t>(sector)],
                                         1 / w.config.population.employment_exponent);
    return real_output * workers_per_employee(w, sector) * w.size_trend(sector);
}

namespace {

void staff(Firm& f, const World& w, const FirmPlan& plan)
{
    const auto s = static_cast<std::size_t>(plan.sector);
    const auto& owner = w.nation.ownerships[static_cast<std::size_t>(plan.ownership)];
    const double slack = 1 + w.config.production.labour_slack + owner.slack;
    const double workers = plan.real_employees * workers_per_employee(w, plan.sector); // at work, slack included
    f.workers = nearest(workers * 1000);
    f.productivity = static_cast<float>(plan.output * slack / workers / w.national.productivity *
                                        labour_intensity(f.capacity) * extra_labour(f, w));
    // Wages rise with revenue per worker: large firms pay more. They follow the province's level, and one constant per sector makes the wage
    // bill that of the table.
    const double revenue_per_worker = plan.output / workers;
    f.wage = static_cast<float>(w.wage_scale[s] * w.wage_level[f.region] * owner.wage * w.config.prices.level *
                                math::pow(revenue_per_worker / w.size_trend(plan.sector), wage_exponent));
}

void open_slots(Firm& f, const World& w)
{
    const auto& tech = w.technology[f.sector];
    f.slots = static_cast<std::uint8_t>(tech.slots.size());
    for (std::size_t j = 0; j < tech.slots.size(); ++j) {
        const auto product = static_cast<std::size_t>(tech.slots[j].product);
        f.links[j].sector = static_cast<std::uint8_t>(product);
        f.slot[j].unit_price = static_cast<float>(w.sector[product].price);
        f.links[j].market_share = 1;
    }
}

/// The markup is what a private firm of this cost would take at the sector's normal price. The price is the one at which this firm stays
/// (E5): a state firm's is lower, because it has less cost to cover.
void set_first_price(Firm& f, const World& w)
{
    update_unit_cost(f, w, labour_productivity(f, w));
    const double price = w.sector[f.sector].price, normal = w.normal_price[f.sector];
    const double cost = static_cast<double>(f.unit_cost), own_weight = 1 - price_rule(w, f.sector).sector_weight;
    f.markup = f.normal_markup = static_cast<float>(price * normal / cost - 1);
    f.price = static_cast<float>(price * math::pow(normal * cost_to_cover(f, w) / cost, own_weight));
}

} // namespace

Firm make_firm(const World& w, const FirmPlan& plan)
{
    const auto s = static_cast<std::size_t>(plan.sector);
    const auto& tech = w.technology[s];
    Firm f;
    f.key = plan.key;
    f.sector = static_cast<std::uint8_t>(plan.sector), f.region = static_cast<std::uint8_t>(plan.region);
    f.ownership = plan.ownership, f.level = static_cast<std::uint8_t>(plan.level);
    f.bank = static_cast<std::uint8_t>(sim::make_key(plan.key, 0xBA) % static_cast<std::uint64_t>(w.B));
    const auto day = sim::make_key(plan.key, 0xDA);
    f.cohort = static_cast<std::uint8_t>(day % 30), f.year_month = static_cast<std::uint8_t>((day >> 32) % 12);
    // The level before the highest is still in use.
    const double capacity = plan.output / w.first_utilisation[s], older = plan.level > 0 ? 0.3 : 0;
    f.capacity[plan.level] = static_cast<float>(capacity * (1 - older));
    if (plan.level > 0) f.capacity[plan.level - 1] = static_cast<float>(capacity * older);
    f.expected_market = f.slow_demand = static_cast<float>(plan.output);
    begin_technology(f, w, plan);
    staff(f, w, plan);
    open_slots(f, w);
    set_first_price(f, w);
    const bool is_state = plan.ownership == Ownership::state;
    const double usual = tech.overhead + (is_state ? w.config.state_firms.efficiency_gap : 0) - usual_research(f, w);
    f.overhead = static_cast<float>(std::max(0.0, usual + w.config.population.efficiency_sd * plan.efficiency));
    const double revenue = plan.output * 365 * 0.1 * static_cast<double>(f.price);
    f.fixed_assets =
        rounded_fen(revenue * tech.capital_price * w.national.capital_price / static_cast<double>(f.price));
    f.cash = rounded_fen(2 * w.config.credit.cash_target * revenue);
    f.exit_clock = -static_cast<float>(sim::Draw(static_cast<std::uint32_t>(w.config.run.seed), plan.key,
                                                 static_cast<std::uint16_t>(Purpose::exit_clock), 0)
                                           .exponential());
    f.last_year_profit = rounded_fen(w.config.entry.required_return * revenue); // until a year has been closed
    return f;
}

} // namespace fabrica
