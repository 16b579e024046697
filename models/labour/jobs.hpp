// E22: desired staff, hiring and firing, wages.
#pragma once

#include "models/units.hpp"
#include <algorithm>

#include <cstdint>

namespace fabrica {

/// E22. Desired staff in thousandths: L* = Q* / a x (1 + slack).
/// @param planned_output thousandths per day    @param productivity thousandths per worker-day
[[nodiscard]] inline double desired_staff(double planned_output, double productivity, double slack)
{
    return planned_output / productivity * (1 + slack) * 1000;
}

/// Staff after one review: moves to the desired number at a speed that differs for hiring and firing; hires may be rationed.
[[nodiscard]] inline std::int64_t adjusted_staff(std::int64_t workers, double desired, double hire_speed,
                                                 double fire_speed, double hire_fill)
{
    const double gap = desired - static_cast<double>(workers);
    const double change = gap > 0 ? gap * hire_speed * hire_fill : gap * fire_speed;
    return std::max<std::int64_t>(0, workers + nearest(change));
}

/// Yearly wage growth: trend + tightness x (natural rate - unemployment).
[[nodiscard]] inline double wage_growth(double trend, double tightness, double natural_rate, double unemployment)
{
    return trend + tightness * (natural_rate - unemployment);
}

} // namespace fabrica
