// What a firm and the statistics ask of the energy system (E29).
#pragma once

#include "models/state/firm.hpp"

namespace fabrica {

struct World;

/// Levy on the CO2 of a unit of output, yuan; 0 without a price.
/// @param intensity  energy per unit over that of level 1 (energy_of_level, energy_intensity)
[[nodiscard]] double carbon_levy(const World& world, int sector, double intensity);
[[nodiscard]] double carbon_levy(const Firm& firm, const World& world);

/// Output that the firm's permits allow, in the unit of `usual`, its usual output; infinite without a cap.
[[nodiscard]] double permitted_output(const Firm& firm, const World& world, double usual);

/// CO2 of a sector's firms in the month just reported, t of the nation.
[[nodiscard]] double emissions(const World& world, int sector);

} // namespace fabrica
