// E23, capacity and manufacturing services: what a firm offers and asks for at its plan.
#include "models/firms/investment.hpp"
#include "models/firms/plan.hpp"
#include "models/firms/production.hpp"
#include "models/platforms/lumpy_orders.hpp"
#include "models/platforms/sharing.hpp"

#include <algorithm>

namespace fabrica {

double variable_cost(const Firm& f, const World& w)
{
    return static_cast<double>(f.unit_cost) - w.depreciation_per_unit(f.sector);
}

double reserve_price(const Firm& f, const World& w)
{
    return variable_cost(f, w) + w.config.platforms.overtime_premium * labour_per_unit(f, w);
}

double idle_output(const Firm& f, const World& w, double usable)
{
    const double machines = w.config.production.usable_capacity * usable * total_capacity(f.capacity);
    const double people = static_cast<double>(f.workers) * 1e-3 * labour_productivity(f, w);
    return std::max(0.0, std::min(machines, people * (1 + w.config.platforms.overtime)) - f.daily_rate);
}

std::int64_t idle_quantity(const Firm& f, const World& w, double usable)
{
    double most = idle_output(f, w, usable) * w.days_per_month();
    for (int j = 0; j < f.slots; ++j)
        most = std::min(most, input_limit(static_cast<double>(f.slot[j].stock.milli),
                                          w.sector[f.sector].alpha[static_cast<std::size_t>(j)]) -
                                  f.daily_rate * w.config.platforms.spare_input_days);
    return std::max<std::int64_t>(0, static_cast<std::int64_t>(most));
}

namespace {

/// One firm's month on the exchanges that it has joined.
class Capacity {
public:
    explicit Capacity(Desk& desk)
        : desk_(desk), firm_(desk.firm), world_(desk.world),
          is_large_(real_employees(firm_, world_) >= world_.config.platforms.provider_employees)
    {
    }

    void operator()()
    {
        const auto& all = world_.platforms;
        const Platform* exchange = all.of(PlatformKind::capacity, firm_.id);
        const Platform* service = all.of(PlatformKind::manufacturing_service, firm_.id);
        const Platform* asked = exchange != nullptr ? exchange : is_large_ ? nullptr : service;
        const std::int64_t peak = ask_for_peak(asked);
        ask_for_small_runs(asked, peak);
        if (peak > 0) return;
        // Idle hours are offered once: to the exchange, or to the clients of a manufacturing service.
        if (exchange != nullptr)
            offer(*exchange);
        else if (service != nullptr && is_large_)
            offer(*service);
    }

private:
    void request(const Platform& p, JobKind kind, double value, std::int64_t quantity)
    {
        world_.platforms.requests.add(desk_.thread(),
                                      {firm_.key, firm_.id, static_cast<float>(value), quantity,
                                       world_.platforms.number(p), firm_.sector, firm_.region, firm_.level, kind});
    }

    /// What the month's orders take beyond stock and own output would be missed: it is worth what it sells for.
    std::int64_t ask_for_peak(const Platform* p)
    {
        if (p == nullptr) return 0;
        const double days = world_.days_per_month();
        const double asked = month_factor(firm_, world_) * static_cast<double>(firm_.expected_market) +
                             static_cast<double>(firm_.expected_orders) - firm_.daily_rate;
        const auto missing = static_cast<std::int64_t>(asked * days) + firm_.backlog.milli - firm_.stock.milli;
        if (missing < least_job) return 0;
        request(*p, JobKind::peak, static_cast<double>(firm_.price) * (1 - desk_.technology().tax), missing);
        return missing;
    }

    /// Runs below the efficient lot are worth what they would cost at home.
    void ask_for_small_runs(const Platform* p, std::int64_t peak)
    {
        const CustomRun run = custom_run(firm_, world_);
        const std::int64_t rest = run.quantity.milli - peak;
        if (run.extra_share <= 0 || rest <= 0) return;
        if (p == nullptr || rest < least_job)
            pay_small_runs(desk_, {rest}, run.extra_share);
        else
            request(*p, JobKind::small_run,
                    variable_cost(firm_, world_) + run.extra_share * static_cast<double>(firm_.unit_cost), rest);
    }

    void offer(const Platform& p)
    {
        const bool is_certified = world_.platforms.is_certified(p.kind, firm_.id);
        if (p.rule.certification && !is_certified) return;
        const std::int64_t idle = idle_quantity(firm_, world_, desk_.terms->usable_capacity);
        if (idle < least_job) return;
        world_.platforms.new_offers.add(
            desk_.thread(), {firm_.key, firm_.id, static_cast<float>(reserve_price(firm_, world_)), idle,
                             world_.platforms.number(p), firm_.sector, firm_.region, firm_.level, is_certified});
    }

    Desk& desk_;
    Firm& firm_;
    const World& world_;
    bool is_large_;
};

} // namespace

void share_capacity(Desk& desk)
{
    if (desk.config().switches.lumpy_orders || desk.world.platforms.any()) Capacity{desk}();
}

} // namespace fabrica
