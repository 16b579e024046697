// What firms report at each month's end: one cell per (measure, sector, ownership), and three smaller tables.
#pragma once

#include "models/kinds.hpp"

#include <cstddef>

namespace fabrica {

/// Measures summed over firms; money in fen, goods in thousandths, capacity in thousandths per day, jobs in thousandths.
enum class Measure : int {
    firms,
    output,
    capacity,
    sales,
    revenue,
    profit,
    investment,
    jobs,
    wages,
    stock_cost,
    stock,
    input_cost,
    backlog,
    cash,
    overdraft,
    debt,
    interest,
    assets,
    liabilities,
    fixed_assets,
    zombies,
    cost_of_output,
    market_receivables,
    value_added,
    // the same for firms above the reporting threshold only
    scale_firms,
    scale_revenue,
    scale_profit,
    scale_assets,
    scale_liabilities,
    scale_output,
    scale_capacity,
    scale_stock_cost,
    scale_small_revenue,
    capacity_1,
    capacity_2,
    capacity_3,
    capacity_4,
    price_weight,
    reviews,
    spikes,
    tangibles,
    machines,
    machines_worn,
    machines_sold,
    machines_lost,
    energy_1, // g of coal equivalent, by the level of the machines
    energy_2,
    energy_3,
    energy_4,
    usual_energy, // at usual output
    usual_output,
    // technology; sums weighted by capacity are in thousandths per day x technical_scale
    research,
    research_reported,
    researchers,
    discoveries,
    technical,
    technical_square,
    quality,
    defects, // of the output, thousandths
    accidents,
    upgrades,
    qualifying,
    qualified,
    qualified_capacity,
    scale_level_1,
    scale_level_2,
    scale_level_3,
    scale_level_4,
    count
};

/// Fixed point of what is weighted by capacity: sums over firms are exact.
inline constexpr double technical_scale = 1e4;

/// Cells of the monthly statistics tally.
struct StatisticsPlan {
    int sectors = 0, regions = 0;

    [[nodiscard]] std::size_t cell(Measure m, int s, Ownership o) const
    {
        return static_cast<std::size_t>((static_cast<int>(m) * sectors + s) * ownership_count + static_cast<int>(o));
    }
    enum SizeMeasure { size_firms, size_jobs, size_revenue, size_output, size_capacity, size_profit, size_measures };
    [[nodiscard]] std::size_t by_size(SizeMeasure m, SizeClass c, int s) const
    {
        return cells() + static_cast<std::size_t>((m * size_class_count + static_cast<int>(c)) * sectors + s);
    }
    enum RegionMeasure {
        region_firms,
        region_jobs,
        region_output,
        region_skilled,
        region_capacity_1,
        region_capacity_2,
        region_capacity_3,
        region_capacity_4,
        region_measures
    };
    [[nodiscard]] std::size_t by_region(RegionMeasure m, int r) const
    {
        return by_size(size_measures, SizeClass::micro, 0) + static_cast<std::size_t>(m * regions + r);
    }
    [[nodiscard]] std::size_t by_age(int years) const
    {
        return by_region(region_measures, 0) + static_cast<std::size_t>(years);
    }
    /// Input stocks of firms by product, for the goods books.
    [[nodiscard]] std::size_t input_stock(int s) const { return by_age(hazard_ages) + static_cast<std::size_t>(s); }
    /// Plain sums over firms of the balance-sheet items audited each window (ledger.hpp).
    [[nodiscard]] std::size_t balance(int item) const { return input_stock(sectors) + static_cast<std::size_t>(item); }
    [[nodiscard]] std::size_t price_new(int s) const { return balance(8) + static_cast<std::size_t>(s); }
    [[nodiscard]] std::size_t price_old(int s) const { return price_new(sectors) + static_cast<std::size_t>(s); }
    [[nodiscard]] std::size_t count() const { return price_old(sectors); }

private:
    [[nodiscard]] std::size_t cells() const
    {
        return static_cast<std::size_t>(static_cast<int>(Measure::count) * sectors * ownership_count);
    }
};

} // namespace fabrica
