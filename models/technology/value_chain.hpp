// The nation's place in the chain of value: what part of its exports is made at home.
#pragma once

#include <vector>

namespace fabrica {

struct World;

/// Imports in a unit of value of each good, its inputs' imports included: M_j = m_j + sum_i A_ij M_i.
/// @param home      A [supplier][buyer], value of home inputs over the value of output
/// @param imported  m [buyer], value of imported inputs over the value of output
/// @pre the column sums of A are below 1
[[nodiscard]] std::vector<double> import_content(const std::vector<std::vector<double>>& home,
                                                 const std::vector<double>& imported);

/// The same for the nation of today, at the current coefficients and prices. Inputs from sectors outside manufacturing count as home.
[[nodiscard]] std::vector<double> import_content(const World& world);

} // namespace fabrica
