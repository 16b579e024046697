// Official size classes of industry.
#pragma once

#include "models/nation.hpp"
#include "models/state/firm.hpp"

namespace fabrica {

struct World;

/// The highest class whose two lower bounds a firm meets.
/// @param employees real persons     @param revenue yuan per year, at prices of the base year
inline SizeClass size_class(const Nation& nation, double employees, double revenue)
{
    for (std::size_t c = size_class_count - 1; c > 0; --c)
        if (employees >= nation.employees_min[c] && revenue >= nation.revenue_min[c]) return static_cast<SizeClass>(c);
    return SizeClass::micro;
}

/// Sets the firm's size class and whether it is above the reporting threshold (20 m yuan of yearly revenue).
void classify(Firm& firm, const World& world);

} // namespace fabrica
