// E23, members: a firm hears of one platform a month and joins with a probability that grows with its expected benefit, its size and the
// part of its sector that is there already.
#include "models/firms/investment.hpp"
#include "models/firms/plan.hpp"
#include "models/platforms/lumpy_orders.hpp"
#include "models/platforms/rules.hpp"
#include "models/platforms/sharing.hpp"

#include <algorithm>

namespace fabrica {
namespace {

/// Expected benefits of a firm on a platform, over its yearly revenue.
class Benefit {
public:
    Benefit(const Desk& desk, const Platform& p)
        : f_(desk.firm), w_(desk.world), rule_(desk.config().platforms), p_(p), usable_(desk.terms->usable_capacity),
          is_large_(real_employees(f_, w_) >= rule_.provider_employees), kept_(found_part(p.rule.efficiency, p.trust))
    {
    }

    /// As one who offers.
    [[nodiscard]] double provider() const
    {
        switch (p_.kind) {
        case PlatformKind::capacity: return idle_hours();
        case PlatformKind::manufacturing_service: return is_large_ ? idle_hours() : 0;
        case PlatformKind::design: return is_large_ ? (1 - p_.rule.fee) * rule_.client_share * design() : 0;
        default: return 0;
        }
    }

    /// As one who asks.
    [[nodiscard]] double client() const
    {
        const double price = static_cast<double>(f_.price);
        switch (p_.kind) {
        case PlatformKind::manufacturing_service:
        case PlatformKind::capacity:
            if (p_.kind == PlatformKind::manufacturing_service && is_large_) return 0;
            return kept_ * rule_.client_share * usual_small_run_cost(f_, w_) * static_cast<double>(f_.unit_cost) /
                   price;
        case PlatformKind::design: return is_large_ ? 0 : rule_.client_share * design();
        case PlatformKind::logistics: {
            const double days = w_.config.production.input_days * rule_.stock_saving * kept_;
            return days / 365 * (w_.config.credit.policy_rate + rule_.storage_cost - p_.rule.fee);
        }
        case PlatformKind::order_matching:
            return is_large_ ? 0 : rule_.reach * kept_ * ((1 - p_.rule.fee) - variable_cost(f_, w_) / price);
        }
        return 0;
    }

private:
    [[nodiscard]] double idle_hours() const
    {
        const double price = static_cast<double>(f_.price), capacity = total_capacity(f_.capacity);
        if (capacity <= 0) return 0;
        const double gain = (1 - p_.rule.fee) - reserve_price(f_, w_) / price;
        return std::max(0.0, gain) * idle_output(f_, w_, usable_) / capacity * kept_;
    }
    [[nodiscard]] double design() const
    {
        return rule_.design_most * kept_ * labour_per_unit(f_, w_) / static_cast<double>(f_.price);
    }

    const Firm& f_;
    const World& w_;
    const decltype(Config::platforms)& rule_;
    const Platform& p_;
    double usable_; // as programmes allow
    bool is_large_;
    double kept_;
};

/// Part of the sector's firms that have joined.
double neighbours(const World& w, const Platform& p, int sector)
{
    std::int64_t firms = 0;
    for (int o = 0; o < ownership_count; ++o)
        firms += w.month[w.statistics.cell(Measure::firms, sector, static_cast<Ownership>(o))];
    const std::int64_t there = p.members_in[static_cast<std::size_t>(sector)];
    return firms > 0 ? std::min(1.0, static_cast<double>(there) / static_cast<double>(firms)) : 0;
}

/// The platform that a firm hears of this month, of those that serve it: each has the same chance, and one more changes only the firms
/// that hear of it.
const Platform* heard_of(const Desk& desk, std::uint64_t chance)
{
    const Platform* best = nullptr;
    std::uint64_t highest = 0;
    for (const Platform& p : desk.world.platforms.all) {
        if (!p.serves(desk.firm.sector, desk.firm.region)) continue;
        const std::uint64_t score = sim::mix64(chance ^ p.key);
        if (best == nullptr || score > highest) best = &p, highest = score;
    }
    return best;
}

/// What examiners cost a firm, to the platform.
void pay_certification(Desk& desk, const Platform& p)
{
    const Money cost = rounded_fen(p.rule.certification_cost_cny * 100 / desk.world.real_size(desk.firm.sector));
    if (cost.fen <= 0) return;
    desk.pay(Transaction::platform_fees, desk.world.accounts.platforms(), cost);
    desk.note(EventKind::platform_fee, sim::no_agent, {}, cost);
    desk.world.platforms.add(desk.thread(), desk.world.platforms.number(p), Platforms::fees, cost.fen);
}

} // namespace

void consider_joining(Desk& desk)
{
    const auto& all = desk.world.platforms;
    if (!all.any()) return;
    const Firm& f = desk.firm;
    const auto draw = desk.context.draw(static_cast<std::uint16_t>(Purpose::platform_joining),
                                        static_cast<std::uint32_t>(desk.world.national.month));
    const Platform* const found = heard_of(desk, draw.bits());
    if (found == nullptr || all.of(found->kind, f.id) != nullptr) return;
    const Platform& platform = *found;
    const Benefit benefit(desk, platform);
    const double as_provider = benefit.provider();
    const auto& rule = desk.config().platforms;
    const double p =
        joining(rule.join_rate, as_provider + benefit.client(), rule.benefit_scale, real_employees(f, desk.world),
                rule.size_exponent, rule.neighbour_weight, neighbours(desk.world, platform, f.sector));
    if (draw.uniform(1) >= p) return;
    const bool is_certified = platform.rule.certification && as_provider > 0;
    if (is_certified) pay_certification(desk, platform);
    all.joins.add(desk.thread(), {f.key, f.id, all.number(platform), f.sector, is_certified});
}

} // namespace fabrica
