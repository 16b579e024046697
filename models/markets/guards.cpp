// Guards against an economy that has left the model's range: a market taken over by one firm, orders that never end.
#include "models/firms/plan.hpp"
#include "models/markets/institutions.hpp"

#include <fmt/format.h>

namespace fabrica {
namespace {

/// Where fewer are simulated, each may stand for hundreds of real firms, and one lucky one among forty is no runaway: ships of china
/// at a three-hundredth of their number reach an index of 0.7.
constexpr double least_firms = 200; // on the first day

/// Sales of one sector's firms, in whole numbers: the same whatever part is summed first.
struct Sales {
    std::int64_t firms = 0;
    Wide total = 0, squares = 0;

    void add(std::int64_t yuan) { ++firms, total += yuan, squares += static_cast<Wide>(yuan) * yuan; }
    void add(const Sales& other) { firms += other.firms, total += other.total, squares += other.squares; }
    [[nodiscard]] double herfindahl() const
    {
        const auto all = static_cast<double>(total);
        return all > 0 ? static_cast<double>(squares) / (all * all) : 0;
    }
};

std::string when(const World& w, const Barrier& barrier)
{
    return sim::to_string(w.calendar.date(barrier.window())) +
           (w.national.recording ? "" : ", before the start of the run");
}

} // namespace

void check_concentration(const World& w, Barrier& barrier)
{
    const auto sectors = static_cast<std::size_t>(w.S);
    std::vector<std::vector<Sales>> found(static_cast<std::size_t>(barrier.parts()), std::vector<Sales>(sectors));
    barrier.each_part([&](int part, int, auto&& agents) {
        auto& mine = found[static_cast<std::size_t>(part)];
        agents([&](const Firm& f) { mine[f.sector].add(nearest(expected_yearly_revenue(f) * 0.01)); });
    });
    for (std::size_t s = 0; s < sectors; ++s) {
        Sales all;
        for (const auto& part : found) all.add(part[s]);
        if (w.first_firms[s] < least_firms || all.herfindahl() <= w.config.guards.sector_hhi) continue;
        barrier.stop(fmt::format(
            "guard: the sales of {} are in too few hands: Herfindahl index {:.2f} over {} simulated "
            "firms on {} (limit {:.2f})",
            w.nation.sectors[s].code, all.herfindahl(), all.firms, when(w, barrier), w.config.guards.sector_hhi));
    }
}

void check_prices(const World& w, Barrier& barrier)
{
    const double level = w.config.prices.level, most = w.config.guards.sector_price;
    for (std::size_t s = 0; s < w.sector.size(); ++s) {
        const double price = w.sector[s].price / level;
        if (price < most && price * most > 1) continue; // never true of what is no number
        barrier.stop(
            fmt::format("guard: the price of {} is {:.3g} times that of the first day on {} (limit {:g} times)",
                        w.nation.sectors[s].code, price, when(w, barrier), most));
    }
}

void check_old_orders(const World& w, std::span<const std::int64_t> flows, Barrier& barrier)
{
    for (int s = 0; s < w.S; ++s) {
        const std::int64_t open = flows[w.flows.by_sector(FlowPlan::old_orders, s)];
        if (open > 0)
            barrier.stop(
                fmt::format("guard: orders for {} have been open for more than {:g} months on {} ({} of them); let "
                            "them expire sooner (suppliers.backlog_tries, suppliers.backlog_retry_days)",
                            w.nation.sectors[static_cast<std::size_t>(s)].code, w.config.guards.open_order_months,
                            when(w, barrier), open));
    }
}

} // namespace fabrica
