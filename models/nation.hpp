// A nation as its data folder tells it: sectors, provinces, ownerships, coefficients, demand and its paths. Nothing is computed here.
#pragma once

#include "models/kinds.hpp"
#include "sim/base/calendar.hpp"
#include "sim/base/errors.hpp"

#include <array>
#include <map>
#include <string>
#include <vector>

namespace fabrica {

struct SectorData {
    std::string code, name, group;
    double output, employment, firms;                 // yuan per year, persons, legal entities, all of the base year
    std::array<double, ownership_count> output_share; // by ownership
    double assets_over_revenue, fixed_over_revenue, research, import_share, critical_import_share, utilisation,
        price_elasticity;
    std::array<double, maturity_levels> maturity; // shares of capacity
    double energy = 0, co2 = 0,
           world_share =
               0; // kg of coal equivalent per yuan; kg of CO2 per kg of it; of our exports in the world market
};

struct RegionData {
    std::string code, name, macro;
    double firms, employment_share, state_share, wage_index;
};

struct OwnershipData {
    double leverage = 0, spread = 0, wage = 1, slack = 0, land = 1;
    double bail_out = 0; // probability in distress, at mean size and full fiscal room
};

struct OutsideSector {
    std::string code, name, category;
    bool is_overhead; // sells the services that firms buy whatever they make
};

/// One category of final use: households, investment, exports to a partner, purchases of an outside sector.
struct DemandCategory {
    std::string name, path;                 // path: row of final_demand_paths.csv
    std::vector<double> domestic, imported; // yuan per year of the base year, by sector
    bool is_export, is_outside;
};

/// Growth of a category's demand in a group of sectors; rates hold for whole years.
struct GrowthPath {
    std::map<int, double> yearly; // year -> real growth, 1 per year
};

struct SizeCell {
    double firms = 0, employees = 0, revenue = 0; // of the census year
};

struct Nation {
    std::string folder;
    int base_year = 2015;
    std::vector<SectorData> sectors;
    std::vector<RegionData> regions;
    std::array<OwnershipData, ownership_count> ownerships;
    std::vector<OutsideSector> outside;
    std::vector<std::vector<double>> domestic, imported; // [supplier][buyer]; suppliers: sectors, then outside sectors
    std::vector<double> labour, tax, depreciation, surplus; // value added coefficients by sector
    std::vector<DemandCategory> demand;
    std::map<std::pair<std::string, std::string>, GrowthPath> paths; // (category path, group)
    std::vector<double> capital_shares, capital_imported;            // of an investment yuan, by sector
    int builder = 0;                      // outside sector that builds: the rest of an investment yuan
    std::vector<double> hazard;           // of exit, observed, by year of life from 1; the last holds beyond
    std::vector<double> exogenous_hazard; // less what firms decide themselves (E15)
    std::array<std::array<SizeCell, ownership_count>, size_class_count> sizes; // joint ventures with foreign firms
    std::array<double, size_class_count> employees_min{}, revenue_min{};       // official thresholds, persons and yuan
    std::array<double, size_class_count> log_sd{};                             // of revenue inside a class
    std::map<std::string, std::map<int, double>> utilisation;                  // observed, by sector code and year

    std::vector<std::vector<double>> import_origin;      // [partner][sector] part of imports that comes from there
    std::map<std::string, std::map<int, double>> people; // series of labour.csv by year

    [[nodiscard]] int sector_count() const { return static_cast<int>(sectors.size()); }
    [[nodiscard]] int region_count() const { return static_cast<int>(regions.size()); }
    [[nodiscard]] int outside_count() const { return static_cast<int>(outside.size()); }
    [[nodiscard]] std::vector<std::string> sector_codes() const;
    [[nodiscard]] std::vector<std::string> region_codes() const;
};

/// Reads and checks a nation folder.
/// @param folder    resolved path of the folder, e.g. scenarios/data/china
/// @param scenario  which of the future paths: central, low, high
/// @param files     receives every file read (for the result's provenance)
/// @param errors    receives everything wrong, with file:line:column
Nation read_nation(const std::string& folder, const std::string& scenario, std::vector<std::string>& files,
                   sim::Errors& errors);

} // namespace fabrica
