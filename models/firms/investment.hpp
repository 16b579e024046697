// E8-E10: desired capital, lumpy investment, scrapping of old vintages.
#pragma once

#include "models/technology.hpp"
#include "models/units.hpp"

#include <vector>

namespace fabrica {

/// E8. Desired capacity: K* = De_slow (1 + g)^h / u*, per day.
/// @param growth_yearly g, expected, real     @param horizon_years h, covers the gestation
[[nodiscard]] double desired_capacity(double slow_demand, double growth_yearly, double horizon_years,
                                      double utilisation);

/// E9. Whether a firm invests: its gap K* / K - 1 exceeds its threshold, or it lacks capacity that pays back in time.
/// @param payback_years price of the capacity over the yearly profit it is expected to bring; infinite or negative profit never pays
[[nodiscard]] bool invests(double gap, double threshold, double payback_years, double longest_payback_years);

/// E9. Whether a firm sells machines: it has more than it desires by over its threshold, as a part of what it has.
/// @param gap K* / K - 1     @param least, threshold  of the excess [1], added
[[nodiscard]] bool disinvests(double gap, double least, double threshold);

/// Where steady growth leaves firms between two investments: the gap drifts by `drift` a year and a threshold U(0, threshold_max) is drawn
/// each year, so a firm that last invested k years ago has not done so since with probability prod_{j <= k} (1 - min(1, drift j / threshold_max)).
/// Until a project is finished the firm works with what the cycle before has left.
struct InvestmentCycle {
    std::vector<double> age_weights; // [k] probability that the last decision was between k and k + 1 years ago
    double drift = 0;
    double mean_worn = 1; // mean over the cycle of capacity over what the decision aimed at for its day
};
/// @param threshold_max  0: the firm invests at every yearly review     @param gestation_years from the decision to the capacity
[[nodiscard]] InvestmentCycle investment_cycle(double drift, double threshold_max, double gestation_years);

/// Whole years from one decision to the next: [k] the chance that the gap passes the threshold first in year k + 1.
[[nodiscard]] std::vector<double> interval_weights(const InvestmentCycle& cycle);

/// How a firm builds, which decides how far ahead it has to: at every review or in lumps, and fast or slowly.
inline constexpr int project_kinds = 4;
[[nodiscard]] inline int project_kind(bool is_lumpy, bool is_large) { return 2 * is_lumpy + is_large; }
[[nodiscard]] inline bool is_lumpy(int kind) { return kind >= 2; }
[[nodiscard]] inline bool is_large(int kind) { return kind % 2 == 1; }

/// Months from the decision to the last instalment: `mean` spread by 30 % to either side, at least one.
/// @param u  uniform draw
[[nodiscard]] int gestation_months(double mean, double u);

/// E10. Whether capacity of one level is scrapped: (its unit cost - best unit cost on offer) > price of new capacity per unit of yearly output / b.
[[nodiscard]] bool is_obsolete(double unit_cost, double best_unit_cost, double price_of_capacity, double payback_years);

/// Book value of the machines that leave with a part of the capacity: all of it with the last.
[[nodiscard]] inline Money book_share(Money book, double leaving, double capacity)
{
    return leaving >= capacity ? book : rounded_fen(static_cast<double>(book.fen) * leaving / capacity);
}

/// Labour needed per unit over the levels installed, relative to level 1 [1]; 1 for a firm without capacity.
[[nodiscard]] inline double labour_intensity(const float (&capacity)[maturity_levels])
{
    double sum = 0, weighted = 0;
    for (std::size_t m = 0; m < maturity_levels; ++m) {
        const auto k = static_cast<double>(capacity[m]);
        sum += k, weighted += k * labour_of_level[m];
    }
    return sum > 0 ? weighted / sum : 1;
}

[[nodiscard]] inline double total_capacity(const float (&capacity)[maturity_levels])
{
    double sum = 0;
    for (const float k : capacity) sum += static_cast<double>(k);
    return sum;
}

} // namespace fabrica
