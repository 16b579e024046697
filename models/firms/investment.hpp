// E8-E10: desired capital, lumpy investment, scrapping of old vintages.
#pragma once

#include "models/kinds.hpp"

#include <array>

namespace fabrica {

/// E8. Desired capacity: K* = De_slow (1 + g)^h / u*, per day.
/// @param growth_yearly g, expected, real     @param horizon_years h, covers the gestation
[[nodiscard]] double desired_capacity(double slow_demand, double growth_yearly, double horizon_years, double utilisation);

/// E9. Whether a firm invests: its gap K* / K - 1 exceeds its threshold, and what it adds pays back in time.
/// @param payback_years price of the capacity over the yearly profit it is expected to bring; infinite or negative profit never pays
[[nodiscard]] bool invests(double gap, double threshold, double payback_years, double longest_payback_years);

/// E10. Whether capacity of one level is scrapped: (its unit cost - best unit cost on offer) > price of new capacity per unit of yearly output / b.
[[nodiscard]] bool is_obsolete(double unit_cost, double best_unit_cost, double price_of_capacity, double payback_years);

/// Labour needed per unit over the levels installed, relative to level 1 [1]; 1 for a firm without capacity.
[[nodiscard]] double labour_intensity(const float (&capacity)[maturity_levels]);

[[nodiscard]] double total_capacity(const float (&capacity)[maturity_levels]);

} // namespace fabrica
