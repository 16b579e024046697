// Founders: how many, of which sector, ownership, size, province and level; by quantiles and largest remainders, without sampling noise.
#pragma once

#include "models/first_day/make_firm.hpp"

#include <vector>

namespace fabrica {

/// Mean of the k-th of n equally likely strata of a lognormal with log-s.d. sigma, relative to its mean: the sum over k is n.
std::vector<double> stratum_means(std::size_t n, double log_sd);

/// Scales `sizes` to sum to `total` with no element above `cap` x total; what is cut goes to the others in proportion.
void cap_and_scale(std::vector<double>& sizes, double total, double cap);

/// Number of simulated firms per sector: max(scale x N, min(minimum, N)). N is at the start of the spin-up.
std::vector<std::int64_t> firms_per_sector(const Nation& nation, const Config& config);

/// Plans of all founders in the order of their ids (by key, so that every block of the kernel holds all sectors).
/// @param output_by_sector thousandths per day of the simulated economy
std::vector<FirmPlan> make_population(World& world, const std::vector<double>& output_by_sector);

} // namespace fabrica
