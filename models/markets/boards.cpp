// What institutions publish at a month's end: coefficients (E7), bundle prices, growth, returns.
#include "models/markets/institutions.hpp"
#include "models/technology/technology.hpp"
#include "models/trade/imports.hpp"
#include "sim/base/math.hpp"

#include <algorithm>

namespace fabrica {
namespace {

/// E7 for every input of one buying sector: home parts shift with the relative price.
void publish_coefficients(World& w, int sector)
{
    const auto s = static_cast<std::size_t>(sector);
    const auto& tech = w.technology[s];
    Bundle& bundle = w.bundle[s];
    bundle.home.assign(w.nation.sectors.size(), 0), bundle.imported = bundle.home, bundle.outside = tech.outside;
    const double learned = w.sector[s].learning; // less of every input (E20)
    if (learned != 1)
        for (double& x : bundle.outside) x *= learned;
    for (std::size_t p = 0; p < bundle.home.size(); ++p) {
        const double total = (tech.small_home[p] + tech.small_imported[p]) * learned;
        if (total <= 0) continue;
        bundle.home[p] = total * home_part(w, p, tech.small_home[p] * learned / total);
        bundle.imported[p] = total - bundle.home[p];
    }
    for (std::size_t j = 0; j < tech.slots.size(); ++j) {
        const auto& slot = tech.slots[j];
        const auto p = static_cast<std::size_t>(slot.product);
        w.sector[s].product[j] = static_cast<std::uint8_t>(slot.product);
        w.sector[s].alpha[j] = slot.total * learned * home_part(w, p, slot.home_share);
        bundle.imported[p] += slot.total * learned - w.sector[s].alpha[j];
    }
    bundle.total = 0;
    for (std::size_t p = 0; p < bundle.home.size(); ++p)
        bundle.total += bundle.home[p] * w.bundle_prices[p] + bundle.imported[p] * w.bundle_import_prices[p];
    for (std::size_t k = 0; k < bundle.outside.size(); ++k) bundle.total += bundle.outside[k] * w.outside_prices[k];
    w.sector[s].bundle_price = bundle.total;
}

/// Expected growth: slow average of the growth of the sector's sales over twelve months; that of a firm has the turnover of firms in it.
void publish_growth(World& w, int sector)
{
    const auto s = static_cast<std::size_t>(sector);
    double sales = 0, profit = 0, assets = 0;
    for (int o = 0; o < ownership_count; ++o) {
        const auto owner = static_cast<Ownership>(o);
        sales += static_cast<double>(w.month[w.statistics.cell(Measure::sales, sector, owner)]);
        profit += static_cast<double>(w.month[w.statistics.cell(Measure::profit, sector, owner)]);
        assets += static_cast<double>(w.month[w.statistics.cell(Measure::assets, sector, owner)]);
    }
    w.sector[s].assets = assets;
    if (assets > 0) w.sector[s].roa += (12 * profit / assets - w.sector[s].roa) / 12;
    auto& history = w.sales_history[s];
    std::shift_right(history.begin(), history.end(), 1);
    history[0] = sales;
    if (!w.config.switches.growth || history[12] <= 0 || sales <= 0) return;
    auto& board = w.sector[s];
    const double growth = std::clamp(sim::math::log(sales / history[12]), -0.2, 0.3);
    board.growth += (growth - board.growth) / w.config.investment.growth_memory_months;
    board.firm_growth = std::clamp(board.growth + board.turnover, -0.2, 0.3);
    for (int kind = 0; kind < project_kinds; ++kind)
        w.capacity_target[s * std::size_t{project_kinds} + static_cast<std::size_t>(kind)] =
            w.first_utilisation[s] * w.utilisation_aim(kind, board.firm_growth);
}

} // namespace

ImportRule import_rule(const World& w, std::size_t product)
{
    return {w.config.trade.import_elasticity, w.sector[product].critical_share, w.config.trade.critical_elasticity};
}

double home_part(const World& w, std::size_t product, double home_share0)
{
    const ImportRule rule = import_rule(w, product);
    const double home = home_share(home_share0, w.sector[product].home_ratio, rule);
    const TradeSector& trade = w.trade.sector[product];
    const CriticalSupply& supply = trade.critical;
    if (supply.home == 0 && supply.available == 1 && trade.terms.local_content == 0) return home;
    const double critical = critical_part(home_share0, w.sector[product].home_ratio, rule);
    const double least = with_local_content(home, critical, home_share0 > 0 ? trade.terms.local_content : 0);
    return controlled_home_share(least, critical, supply.home, supply.available);
}

void publish_prices(World& w, sim::Window tomorrow)
{
    for (std::size_t k = 0; k < w.outside_prices.size(); ++k)
        w.outside_prices[k] =
            w.config.prices.level * shock_factor(w, "outside_price", w.nation.outside[k].code, -1, tomorrow);
    double capital = 0;
    for (std::size_t p = 0; p < w.sector.size(); ++p) {
        auto& board = w.sector[p];
        board.home_ratio +=
            0.1 * (board.import_price / board.price * quality_ratio(w, static_cast<int>(p)) - board.home_ratio);
        w.bundle_prices[p] = board.price, w.bundle_import_prices[p] = board.import_price;
        w.trade.sector[p].bundle_duty = w.trade.sector[p].duty;
        capital += w.nation.capital_shares[p] * board.price + w.nation.capital_imported[p] * board.import_price;
    }
    double outside = 1;
    for (std::size_t p = 0; p < w.sector.size(); ++p)
        outside -= w.nation.capital_shares[p] + w.nation.capital_imported[p];
    w.national.capital_price = capital + outside * w.config.prices.level;
    w.national.overhead_price = w.config.prices.level;
    for (int s = 0; s < w.S; ++s) publish_coefficients(w, s);
}

void publish_boards(World& w, sim::Window window)
{
    publish_technology(w);
    publish_prices(w, window + 1);
    for (int s = 0; s < w.S; ++s) {
        publish_growth(w, s);
        const auto at = static_cast<std::size_t>(s);
        const auto now = w.month[w.statistics.price_new(s)], before = w.month[w.statistics.price_old(s)];
        if (now > 0 && before > 0) w.price_index[at] *= static_cast<double>(now) / static_cast<double>(before);
    }
    if (w.config.switches.growth) w.national.productivity *= 1 + w.config.production.productivity_growth / 12;
    ++w.national.month;
    w.national.years = w.years_at(window + 1);
}

void publish_turnover(World& w)
{
    for (std::size_t s = 0; s < w.sector.size(); ++s) {
        const double sales = w.sales_history[s][0];
        if (sales <= 0) continue;
        const double left = 12 * static_cast<double>(w.monthly.demand_left[s]) * w.days_per_month() / sales;
        auto& turnover = w.sector[s].turnover;
        turnover += (std::clamp(left, -1.0, 1.0) - turnover) /
                    std::min(w.config.investment.growth_memory_months, static_cast<double>(w.national.month));
    }
}

} // namespace fabrica
