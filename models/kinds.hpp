// The small closed sets of the model: ownership, size class, causes of exit, categories of demand.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace fabrica {

enum class Ownership : std::uint8_t { private_owned, state, foreign, joint_venture };
inline constexpr int ownership_count = 4;
inline constexpr std::array<std::string_view, 4> ownership_names{"private", "state", "foreign", "joint_venture"};

/// Firms whose owners may move to another country.
constexpr bool is_foreign_owned(Ownership o) { return o == Ownership::foreign || o == Ownership::joint_venture; }

/// Official size classes for industry; a firm must meet both lower bounds (employees, revenue) of its class.
enum class SizeClass : std::uint8_t { micro, small, medium, large };
inline constexpr int size_class_count = 4;
inline constexpr std::array<std::string_view, 4> size_class_names{"micro", "small", "medium", "large"};

enum class ExitCause : std::uint8_t { none, closure, insolvency, option_value };
inline constexpr int exit_cause_count = 3; // without `none`
inline constexpr std::array<std::string_view, 3> exit_cause_names{"exogenous_closure", "insolvency", "option_value"};

/// Qualification of a home part for a use that only imports have served (E21).
enum class Qualification : std::uint8_t { none, under_way, finished };

inline constexpr int maturity_levels = 4;
inline constexpr int max_slots = 6;     // explicit inputs of a firm
inline constexpr int max_suppliers = 4; // links of one input
inline constexpr int bill_slots = 8;    // visits in which bills under way may fall due
inline constexpr int longest_term = 90; // of an invoice, days: bills of more visits would take more slots
inline constexpr int hazard_ages = 40;  // years of age that the exit statistics tell apart

/// Purposes of keyed random draws. Append only: a new enumerator changes no other draw.
enum class Purpose : std::uint16_t {
    bank = 1,
    region,
    size_shuffle,
    suppliers,
    rotation,
    efficiency,
    investment_threshold,
    exit_clock,
    appeal_shock,
    efficiency_shock,
    supplier_review,
    supplier_choice,
    entrant_size,
    entrant_efficiency,
    entry_count,
    bail_out,
    lead_time,
    cohort,
    gestation,
    age,
    investment_age,
    entrant_region,
    award_noise,
    misuse,
    audit,
    connection,
    anticipation,
    policy_choice,
    research,
    discovery,
    upgrade,
    accident,
    qualification,
    qualification_time,
    custom_orders,
    platform_joining,
    platform_matching,
    platform_service
};

} // namespace fabrica
