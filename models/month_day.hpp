// A day within its month, and the two days of a month on which a firm looks at its money.
#pragma once

#include <cstdint>

namespace fabrica {

/// @param month  since the start of the spin-up   @param day  of the month, from 0   @param length  of the month, days
struct MonthDay {
    std::int32_t month = 0, day = 0, length = 30;
};

inline constexpr int plan_cohorts = 30;

/// Day of a month of so many days on which a cohort of firms plans, from 0.
constexpr int plan_day(int cohort, int length) { return cohort * length / plan_cohorts; }

} // namespace fabrica
