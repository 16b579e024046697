// Energy terms in force, and intensities of today.
#pragma once

#include <array>
#include <limits>
#include <vector>

namespace fabrica {

/// What policy and events set for one sector; neutral unless something says otherwise.
struct EnergyTerms {
    double carbon_price = 0;                              // levy on CO2, yuan per tonne
    double cap = std::numeric_limits<double>::infinity(); // of the nation's firms of the sector, t of CO2 per year
    double saving = 0;                                    // energy per unit below the path [1], in [0, 1)
    std::vector<double> usable;                           // [region] part of capacity that gets power [1], in [0, 1]

    bool operator==(const EnergyTerms&) const = default;
};

struct EnergySector {
    EnergyTerms imposed;        // by programmes; kept until they change it
    double energy = 0;          // per unit of output at level 1 today, kg of coal equivalent
    double co2 = 0;             // kg per kg of coal equivalent today
    double carbon_price = 0;    // in force, yuan per kg of CO2
    double mean_co2 = 0;        // per unit of output, kg: the sector's mean of last month
    double permits = 1;         // part of the permits asked for that is given; 1 is no limit
    std::vector<double> usable; // [region] in force today
};

struct EnergyState {
    std::vector<EnergySector> sector;
    std::array<double, 12> emissions{}; // of the nation's last twelve months, t of CO2
    double net_zero_start = 0;          // emissions of the year before the path to net zero began, t; 0: it has not
};

} // namespace fabrica
