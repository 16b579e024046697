// E28: final demand along its paths, with its elasticity to the relative price; E7 for its imports.
#include "models/markets/institutions.hpp"
#include "models/technology/adoption.hpp"
#include "models/trade/imports.hpp"

#include <algorithm>

namespace fabrica {

namespace {

/// The path of a category in a group: of exports the one without tariffs, where the scenario sets tariffs itself and the data have it.
auto path_of(const World& w, const DemandCategory& category, const std::string& group)
{
    const auto& paths = w.nation.paths;
    if (!category.is_export || !w.config.trade.paths_without_tariffs) return paths.find({category.path, group});
    const auto free = paths.find({category.path + "_no_tariff", group});
    return free != paths.end() ? free : paths.find({category.path, group});
}

/// Moves every path one day on. Before the base year's end demand grows at the trend; then along the data's yearly rates.
void advance_paths(World& w, sim::Window window)
{
    const int groups = static_cast<int>(w.groups.size());
    if (w.calendar.day_of_month(window) == 0) {
        const int year = w.calendar.date(window).year;
        for (std::size_t c = 0; c < w.nation.demand.size(); ++c)
            for (int g = 0; g < groups; ++g) {
                const auto path = path_of(w, w.nation.demand[c], w.groups[static_cast<std::size_t>(g)]);
                double rate = w.config.switches.growth ? w.config.investment.growth : 0;
                if (w.config.switches.growth && path != w.nation.paths.end()) {
                    const auto at = path->second.yearly.find(year);
                    if (at != path->second.yearly.end()) rate = at->second;
                }
                w.demand.daily_growth[c * w.groups.size() + static_cast<std::size_t>(g)] =
                    sim::math::log1p(rate) / w.days_per_year();
            }
    }
    for (std::size_t i = 0; i < w.demand.level.size(); ++i) w.demand.level[i] *= 1 + w.demand.daily_growth[i];
}

/// What final users can have of the quantity they ask: everything, unless the stock is short. Producers come first: a few days
/// of what they draw is kept back, or a shortage would feed on itself.
std::int64_t served(std::int64_t free_stock, std::int64_t asked, std::int64_t all_asked)
{
    if (free_stock >= all_asked) return asked;
    if (free_stock <= 0) return 0;
    return pro_rata(free_stock, asked, all_asked);
}

constexpr double reserve_days = 6;

struct Asked {
    std::int64_t home, abroad;
};

/// Part of what a partner would buy at the paths' terms: its demand, what may leave, what it makes itself by now.
double export_part(const World& w, int partner, std::size_t sector)
{
    const TradeSector& trade = w.trade.sector[sector];
    const auto p = static_cast<std::size_t>(partner);
    const double share = w.nation.sectors[sector].world_share;
    const double replaced = trade.replaced > 0 && share > 0 ? std::min(1.0, trade.replaced / share) : 0;
    return trade.demand[p] * std::min(trade.terms.partners[p].export_limit, 1 - replaced);
}

/// Quantity of one category and sector asked today, home and imported.
/// @param partner   of a category of exports; -1 of others
/// @param relative  price over the reference
Asked asked_today(World& w, std::size_t category, int partner, int sector, double relative, double price_factor,
                  sim::Window window)
{
    const auto s = static_cast<std::size_t>(sector);
    const double home0 = w.demand.home[category][s], abroad0 = w.demand.imported[category][s];
    if (home0 + abroad0 <= 0) return {0, 0};
    const auto& demand = w.nation.demand[category];
    const double level = w.demand.level[category * w.groups.size() + static_cast<std::size_t>(w.group_of[s])];
    // A subsidy to buyers, or a tax on them, is a part of the price that they see.
    const double subsidised = w.policy.markets.consumer_price[category * w.sector.size() + s];
    if (subsidised != 1 && !is_adopted(w, sector)) // an adopted good's share answers to the price (E19)
        price_factor = demand_at_price(1, relative * subsidised, w.nation.sectors[s].price_elasticity);
    double factor = level * price_factor * shock_factor(w, "final_demand", demand.name, sector, window);
    if (!demand.is_export) factor *= w.adoption_factor[s];
    if (demand.is_export)
        factor *= shock_factor(w, "exports", demand.name, sector, window) * export_part(w, partner, s);
    if (demand.is_outside) factor *= shock_factor(w, "outside_demand", demand.name, sector, window);
    const double total = (home0 + abroad0) * factor;
    const double home_share0 = home0 / (home0 + abroad0), home = home_part(w, s, home_share0);
    const double available = w.trade.sector[s].critical.available;
    if (available == 1) return {nearest(total * home), nearest(total * (1 - home))};
    // What has no substitute and does not come is not bought.
    const double left =
        total * import_cap(critical_part(home_share0, w.sector[s].home_ratio, import_rule(w, s)), available);
    return {nearest(left * home), nearest(left * (1 - home))};
}

/// Goods that leave the country. What the world pays above our price for goods that we keep back goes to the treasury, as licences.
void export_goods(World& w, std::size_t category, std::size_t sector, std::int64_t milli)
{
    TradeSector& trade = w.trade.sector[sector];
    const double price = w.sector[sector].price;
    std::int64_t fen = amount({milli}, price).fen;
    if (trade.scarcity > 1) {
        const std::int64_t rent = amount({milli}, price * (trade.scarcity - 1)).fen;
        transfer(w, Transaction::export_licences, w.demand.payer[category], w.accounts.treasury(), rent);
        fen += rent;
    }
    w.monthly.exports[sector] += fen, trade.exported += milli;
}

/// What single customers want made to their wish they look for on platforms first; what they got there they do not ask wholesalers for.
/// @return taken off what wholesalers are asked for today
std::int64_t leave_to_platforms(World& w, int sector, std::vector<Asked>& asked)
{
    if (!w.platforms.any()) return 0;
    const auto s = static_cast<std::size_t>(sector);
    std::int64_t& home = asked[w.consumption].home;
    w.platforms.individual_asked[s] = nearest(w.config.platform_demand.individual_share * static_cast<double>(home));
    const std::int64_t less = std::min(w.platforms.individual_served[s], home);
    w.platforms.individual_served[s] -= less, home -= less;
    return less;
}

} // namespace

double producers_use(const Wholesaler& house)
{
    std::int64_t drawn = 0;
    for (const auto x : house.drawn) drawn += x;
    return static_cast<double>(drawn) / 30;
}

void serve_final_demand(World& w, std::span<const std::int64_t>, sim::Window window)
{
    advance_paths(w, window);
    move_reference_prices(w, window);
    const std::size_t categories = w.nation.demand.size();
    std::vector<Asked> asked(categories + 1); // the last: what government buys on top of its path
    for (int s = 0; s < w.S; ++s) {
        const auto at = static_cast<std::size_t>(s);
        auto& house = w.wholesaler[at];
        const double relative = w.sector[at].price / (w.config.prices.level * w.reference_price[at]);
        const double price_factor = demand_at_price(1, relative, w.nation.sectors[at].price_elasticity);
        std::int64_t all = 0;
        int partner = 0;
        for (std::size_t c = 0; c < categories; ++c) {
            const int to = w.nation.demand[c].is_export ? partner++ : -1;
            asked[c] = asked_today(w, c, to, s, relative, price_factor, window), all += asked[c].home;
        }
        asked[categories] = {nearest(w.policy.markets.procurement[at]), 0}, all += asked[categories].home;
        all -= leave_to_platforms(w, s, asked);
        const bool fills_gaps = imports_fill_gaps(w, at);
        const double dearer = w.sector[at].import_price / w.sector[at].price;
        const std::int64_t free_stock = house.stock.milli - nearest(reserve_days * producers_use(house));
        for (std::size_t c = 0; c <= categories; ++c) {
            const std::int64_t got = served(free_stock, asked[c].home, all);
            house.stock.milli -= got;
            w.books.final_use[at] += got;
            const std::int64_t paid = amount({got}, w.sector[at].price).fen;
            transfer(w, Transaction::final_demand, c < categories ? w.demand.payer[c] : w.accounts.treasury(),
                     w.accounts.wholesaler(s), paid);
            w.monthly.final_demand[at] += got, w.monthly.unmet[at] += asked[c].home - got;
            const bool is_user_at_home = c < categories && !w.nation.demand[c].is_export;
            if (got < asked[c].home && is_user_at_home && fills_gaps) {
                const std::int64_t instead =
                    bought_abroad_instead(asked[c].home - got, dearer, w.nation.sectors[at].price_elasticity);
                asked[c].abroad += instead, w.monthly.unmet[at] -= instead, w.monthly.left_to_imports[at] += instead;
            }
            if (c == categories) {
                w.monthly.procured[at] += paid;
                break;
            }
            w.monthly.served[c * w.sector.size() + at] += got;
            const Money abroad = amount({asked[c].abroad}, w.sector[at].import_price);
            transfer(w, Transaction::final_imports, w.demand.payer[c], w.accounts.importer(s), abroad.fen);
            import_goods(w, s, abroad.fen, w.trade.sector[at].duty);
            w.monthly.demand_by_category[c] += got;
            if (w.nation.demand[c].is_export) export_goods(w, c, at, got);
        }
        w.final_asked[at] = static_cast<double>(all);
    }
}

/// Shifts a ring of daily numbers by one day and returns the sum over the thirty days before the shift.
static std::int64_t month_sum_and_shift(std::array<std::int64_t, 30>& ring)
{
    std::int64_t sum = 0;
    for (const auto x : ring) sum += x;
    std::shift_right(ring.begin(), ring.end(), 1);
    ring[0] = 0;
    return sum;
}

void post_market_demand(World& w, std::span<const std::int64_t> flows, sim::Window window)
{
    for (int s = 0; s < w.S; ++s) {
        const auto at = static_cast<std::size_t>(s);
        auto& house = w.wholesaler[at];
        auto& board = w.sector[at];
        w.share_total[at] += flows[w.flows.by_sector(FlowPlan::share_change, s)];
        w.attraction_total[at] += flows[w.flows.by_sector(FlowPlan::attraction_change, s)];
        board.share_sum = static_cast<double>(w.share_total[at]) / share_scale;
        // A sector whose last firm has gone waits for the next: nothing is divided by what nobody attracts.
        board.attraction_sum = std::max(1.0, static_cast<double>(w.attraction_total[at]) / attraction_scale);
        const auto bought = month_sum_and_shift(house.bought), paid = month_sum_and_shift(house.paid),
                   drawn = month_sum_and_shift(house.drawn);
        // What is so little that it costs less than a fen tells no price.
        if (bought > 0 && paid > 0) board.price = static_cast<double>(paid) * 10 / static_cast<double>(bought);
        house.unsettled = w.calendar.is_month_end(window)
                              ? 0
                              : house.unsettled - static_cast<double>(flows[w.flows.by_sector(FlowPlan::demanded, s)]);
        const double usual = w.final_asked[at] + static_cast<double>(drawn) / 30;
        house.slow_demand += (usual - house.slow_demand) / w.config.market.wholesale_memory_days;
        const double target = w.config.market.wholesale_days * house.slow_demand;
        const double gap = (target - static_cast<double>(house.stock.milli) - house.unsettled) /
                           w.config.market.wholesale_adjustment_days;
        house.market_demand = std::max(0.0, usual + gap);
        house.unsettled += house.market_demand;
        w.lumpy_total[at] += flows[w.flows.by_sector(FlowPlan::lumpy_change, s)];
        // The market's demand is shared among those who have orders this month.
        const double asking = static_cast<double>(w.share_total[at] + w.lumpy_total[at]) / share_scale;
        if (asking > 0) board.market_index += house.market_demand / asking;
        board.fill = std::clamp(static_cast<double>(house.stock.milli) /
                                    std::max(1.0, 0.5 * reserve_days * static_cast<double>(drawn) / 30),
                                0.0, 1.0);
        board.worked[static_cast<std::size_t>((window + 1) & 63)] =
            board.worked[static_cast<std::size_t>(window & 63)] + shock_factor(w, "supply", "", s, window);
        board.world_price =
            w.config.prices.level * shock_factor(w, "world_price", "", s, window + 1) * w.trade.sector[at].scarcity;
        board.import_price =
            board.world_price * shock_factor(w, "import_price", "", s, window + 1) * w.trade.sector[at].import_factor;
        w.monthly.market_demand[at] += flows[w.flows.by_sector(FlowPlan::demanded, s)];
    }
    w.month_direct += flows[w.flows.ordered()];
}

} // namespace fabrica
