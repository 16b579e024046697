#include "sim/report/description.hpp"

#include <algorithm>

namespace sim::report {

Unit Description::shown(const Indicator& indicator, const std::string& recorded) const
{
    if (indicator.unit == "%") return {recorded, "%", 100};
    if (!indicator.unit.empty()) return {recorded, indicator.unit, 1};
    const std::string unit = indicator.over.empty() ? recorded : "1";
    const auto known = std::find_if(units.begin(), units.end(), [&](const Unit& u) { return u.recorded == unit; });
    if (known != units.end()) return *known;
    return {unit, unit == "1" ? "" : unit, 1};
}

Indicator Description::of(const std::string& series) const
{
    for (const Section& section : sections)
        for (const Indicator& indicator : section.indicators)
            if (indicator.series == series && indicator.over.empty()) return indicator;
    return {.title = series, .series = series};
}

} // namespace sim::report
