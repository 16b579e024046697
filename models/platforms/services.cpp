// E23, design, logistics and order matching: what members pay and what it changes for them.
#include "models/firms/plan.hpp"
#include "models/firms/production.hpp"
#include "models/platforms/rules.hpp"
#include "models/platforms/sharing.hpp"

#include <algorithm>
#include <cmath>

namespace fabrica {
namespace {

/// How much of its promise a platform keeps.
double quality_of(const Platform& p) { return found_part(p.rule.efficiency, p.trust); }

/// Value of the input stock that a member of a logistics platform no longer holds [fen].
double stock_saved(const Firm& f, const World& w)
{
    double needs = 0;
    for (int j = 0; j < f.slots; ++j)
        needs += w.sector[f.sector].alpha[static_cast<std::size_t>(j)] * static_cast<double>(f.slot[j].unit_price);
    return (w.config.production.input_days - input_days(f, w)) * needs * f.expected_demand() * 0.1;
}

/// Storage that is not needed is not bought: it is part of overhead.
void save_storage(Desk& desk, double stock)
{
    const Money saved =
        std::min(rounded_fen(desk.config().platforms.storage_cost / 12 * stock), desk.firm.market_payables);
    if (saved.fen <= 0) return;
    desk.buy_on_credit(-saved, desk.world.flows.overhead_money());
    desk.note(EventKind::overhead, sim::no_agent, {}, -saved);
}

/// Whether a month of service to a firm goes wrong, as often as work of its providers does.
bool goes_wrong(Desk& desk, const Platform& p)
{
    const auto& rule = desk.config().platforms;
    const double defects = p.rule.certification ? rule.certified_defects : rule.uncertified_defects;
    const auto month = static_cast<std::uint32_t>(desk.world.national.month);
    return desk.context.draw(static_cast<std::uint16_t>(Purpose::platform_service), month)
               .uniform(static_cast<unsigned>(p.kind)) < defects;
}

/// One month of a service: paid for when it went well.
void serve(Desk& desk, const Platform& p, bool failed, double fee)
{
    const auto& all = desk.world.platforms;
    const std::uint16_t number = all.number(p);
    all.add(desk.thread(), number, failed ? Platforms::failed : Platforms::jobs, 1);
    const Money paid = failed ? Money{} : rounded_fen(fee);
    if (paid.fen <= 0) return;
    desk.pay(Transaction::platform_fees, desk.world.accounts.platforms(), paid);
    desk.note(EventKind::platform_fee, sim::no_agent, {}, paid);
    all.add(desk.thread(), number, Platforms::fees, paid.fen);
}

} // namespace

double input_days(const Firm& f, const World& w)
{
    const double days = w.config.production.input_days;
    const Platform* p = w.platforms.of(PlatformKind::logistics, f.id);
    return p == nullptr ? days : days * (1 - w.config.platforms.stock_saving * quality_of(*p));
}

int days_on_the_road(int days, sim::AgentId buyer, const World& w)
{
    const Platform* p = w.platforms.of(PlatformKind::logistics, buyer);
    if (p == nullptr) return days;
    const double saved = static_cast<double>(w.config.platforms.days_saved) * quality_of(*p);
    return std::max(1, days - static_cast<int>(std::floor(saved)));
}

double reach(const Firm& f, const World& w)
{
    const Platform* p = w.platforms.of(PlatformKind::order_matching, f.id);
    return p == nullptr ? 1 : 1 + w.config.platforms.reach * quality_of(*p);
}

void pay_for_services(Desk& desk)
{
    const auto& all = desk.world.platforms;
    if (!all.any()) return;
    const Firm& f = desk.firm;
    if (const Platform* p = all.of(PlatformKind::logistics, f.id)) {
        const bool failed = goes_wrong(desk, *p);
        const double stock = stock_saved(f, desk.world);
        if (!failed) save_storage(desk, stock);
        serve(desk, *p, failed, p->rule.fee / 12 * stock);
    }
    if (const Platform* p = all.of(PlatformKind::order_matching, f.id)) {
        // Orders that came over the platform, as the part of the market that sees the firm through it; failed when it could not serve them.
        const double more = reach(f, desk.world), part = (more - 1) / more;
        const double revenue =
            static_cast<double>(f.expected_market) * desk.world.days_per_month() * static_cast<double>(f.price) * 0.1;
        serve(desk, *p, f.fill < 0.9F, p->rule.fee * part * revenue);
    }
}

void share_design(Desk& desk)
{
    const auto& all = desk.world.platforms;
    const Firm& f = desk.firm;
    const Platform* p = all.of(PlatformKind::design, f.id);
    if (p == nullptr) return;
    const auto& rule = desk.config().platforms;
    // Without what it rents now.
    const double own = labour_productivity(f, desk.world) / all.design(f.id);
    const double employees = real_employees(f, desk.world);
    if (employees >= rule.provider_employees) {
        const bool is_certified = all.is_certified(PlatformKind::design, f.id);
        const auto clients = static_cast<std::int64_t>(employees / rule.employees_per_client);
        if ((p->rule.certification && !is_certified) || clients < 1) return;
        all.new_offers.add(desk.thread(), {f.key, f.id, static_cast<float>(-own), clients, all.number(*p), f.sector,
                                           f.region, f.level, is_certified});
    } else {
        const double wages = static_cast<double>(f.wage) * desk.region().wage_index * static_cast<double>(f.workers);
        all.requests.add(desk.thread(), {f.key, f.id, static_cast<float>(own), rounded_fen(wages * 1e-3).fen,
                                         all.number(*p), f.sector, f.region, f.level, JobKind::design});
    }
}

} // namespace fabrica
