// What a scenario or a programme says about one shared platform.
#pragma once

#include "sim/base/calendar.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fabrica {

/// What is shared (E23).
enum class PlatformKind : std::uint8_t { capacity, design, logistics, order_matching, manufacturing_service };
inline constexpr int platform_kind_count = 5;
inline constexpr std::array<std::string_view, 5> platform_kind_names{"capacity", "design", "logistics",
                                                                     "order_matching", "manufacturing_service"};

/// One `[[platform]]`: national amounts, the run's scale is applied where they are used.
struct PlatformRule {
    std::string id, kind;
    std::vector<std::string> sectors, regions; // codes; empty: all
    sim::Date founded{2015, 1, 1};
    double fee = 0;                    // part of what is paid for a job; logistics: per year, of the stock not held
    double efficiency = 0;             // matched = min(offers, requests) (1 - exp(-efficiency x trust))
    double cost_cny_per_year = 0;      // to run it
    double capital_cny = 0;            // paid in by its founders
    double serves_cny_per_day = 0;     // most value of jobs matched in a day, at prices of the base year; 0: any
    double certification_cost_cny = 0; // of one real firm
    bool certification = true;         // only certified firms may offer
};

} // namespace fabrica
