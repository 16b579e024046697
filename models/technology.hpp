// What a sector's firms need per unit of output: constants of a run, made from the nation's tables.
#pragma once

#include "models/kinds.hpp"
#include "models/nation.hpp"

#include <array>
#include <vector>

namespace fabrica {

/// Labour needed per unit at each maturity level, relative to level 1 (assumed ladder; MODEL.md parameter table).
inline constexpr std::array<double, maturity_levels> labour_of_level{1.0, 0.85, 0.68, 0.55};

/// Defective goods, energy per unit and time to deliver at each maturity level, relative to level 1 (assumed ladders).
inline constexpr std::array<double, maturity_levels> defects_of_level{1.0, 0.8, 0.6, 0.45};
inline constexpr std::array<double, maturity_levels> energy_of_level{1.0, 0.93, 0.86, 0.80};
inline constexpr std::array<double, maturity_levels> lead_time_of_level{1.0, 0.9, 0.75, 0.6};

/// An explicit input: its total coefficient (home and imported) and the home part of it on the first day.
struct SlotInput {
    int product;
    double total, home_share;
};

struct SectorTechnology {
    std::vector<SlotInput> slots;       // coefficients of at least 0.03, largest first, at most max_slots
    std::vector<double> small_home;     // [product] home inputs bought from the sector wholesalers
    std::vector<double> small_imported; // [product] imported inputs beside the slots'
    std::vector<double> outside;        // [outside sector] except overhead services, home and imported
    double overhead = 0;                // services bought, share of normal revenue
    double labour = 0, tax = 0;         // shares of revenue on the first day
    double capital_price = 0;           // fixed assets per unit of yearly output on the first day, yuan
    double unit_cost = 0;               // first day: materials, labour, depreciation per unit, yuan
};

/// Splits each column of the table into slots, small inputs, outside inputs and overhead.
/// @param threshold       smallest coefficient of an explicit input
/// @param overhead_scale  factor on the services coefficient (the rest is profit)
std::vector<SectorTechnology> make_technology(const Nation& nation, double threshold, double overhead_scale);

/// Yearly gross output by sector [yuan] that serves `final_demand` when each unit of output also needs
/// `investment` yuan of capital goods a year: solves x = A x + K x + y. Refuses a table that is not productive
/// (Hawkins-Simon: spectral radius of A + K not below 1) by an error.
/// @param home          [supplier][buyer] home coefficients, sectors only are read
/// @param capital       share of an investment yuan spent on each sector's goods
/// @param investment    yuan of investment per yuan of output, by buying sector
std::vector<double> leontief_output(const std::vector<std::vector<double>>& home, const std::vector<double>& capital,
                                    const std::vector<double>& investment, const std::vector<double>& final_demand,
                                    sim::Errors& errors, const sim::Position& where);

/// Output multipliers: column sums of (I - A)^-1.
std::vector<double> output_multipliers(const std::vector<std::vector<double>>& home, std::size_t sectors);

} // namespace fabrica
