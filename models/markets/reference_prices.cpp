// The price path that final demand compares with (E28). The observed paths of demand were bought at the prices of their time: what a past
// price shock did to quantities is in them already. So the reference follows those shocks, as costs carry them through the table.
#include "models/markets/institutions.hpp"
#include "sim/base/math.hpp"

#include <cmath>

namespace fabrica {
namespace {

constexpr double days_to_adapt = 150; // as fast as the model's own prices follow such a shock

/// Relative change of a sector's unit cost when the prices of goods, imports and outside inputs have changed.
double cost_change(const World& w, int sector, const std::vector<double>& price, const std::vector<double>& imported,
                   const std::vector<double>& outside)
{
    const SectorTechnology& tech = w.technology[static_cast<std::size_t>(sector)];
    double change = 0;
    for (const auto& slot : tech.slots) {
        const auto p = static_cast<std::size_t>(slot.product);
        change += slot.total * (slot.home_share * (price[p] - 1) + (1 - slot.home_share) * (imported[p] - 1));
    }
    for (std::size_t p = 0; p < price.size(); ++p)
        change += tech.small_home[p] * (price[p] - 1) + tech.small_imported[p] * (imported[p] - 1);
    for (std::size_t k = 0; k < outside.size(); ++k) change += tech.outside[k] * (outside[k] - 1);
    return change / tech.unit_cost;
}

/// Prices at which every firm's price is at its target (E5), relative to the first day: fixed point, a contraction because inputs cost less
/// than the output.
std::vector<double> equilibrium(World& w, sim::Window window)
{
    const auto sectors = static_cast<std::size_t>(w.S);
    std::vector<double> world(sectors), imported(sectors), outside(w.nation.outside.size()), price(sectors, 1.0);
    for (int s = 0; s < w.S; ++s) {
        const auto at = static_cast<std::size_t>(s);
        world[at] = shock_factor(w, "world_price", "", s, window, Shocks::in_demand_paths);
        imported[at] = world[at] * shock_factor(w, "import_price", "", s, window, Shocks::in_demand_paths);
    }
    for (std::size_t k = 0; k < outside.size(); ++k)
        outside[k] = shock_factor(w, "outside_price", w.nation.outside[k].code, -1, window, Shocks::in_demand_paths);
    const double world_weight = w.config.prices.commodity_weight / (1 - w.config.prices.sector_weight);
    for (int sweep = 0; sweep < 200; ++sweep)
        for (int s = 0; s < w.S; ++s) {
            const auto at = static_cast<std::size_t>(s);
            const double part = w.is_commodity[at] ? world_weight : 0;
            const double cost = std::max(0.01, 1 + cost_change(w, s, price, imported, outside));
            price[at] = sim::math::exp((1 - part) * sim::math::log(cost) + part * sim::math::log(world[at]));
        }
    return price;
}

} // namespace

void move_reference_prices(World& w, sim::Window window)
{
    const auto& active = w.shocks.on(w, window);
    if (active != w.reference_shocks) {
        w.reference_shocks = active;
        w.reference_target = equilibrium(w, window);
    }
    for (std::size_t s = 0; s < w.reference_price.size(); ++s)
        w.reference_price[s] +=
            (w.reference_target[s] * w.sector[s].reference_learning - w.reference_price[s]) / days_to_adapt;
}

} // namespace fabrica
