// Ageing, migration and skills of the provinces' workers.
#pragma once

#include "models/kinds.hpp"
#include "sim/base/math.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

namespace fabrica {

/// Part of the workers that need to be skilled (college) at each maturity level. Assumed: the base year's mix of levels gives the 13 % of
/// labour.csv.
inline constexpr std::array<double, maturity_levels> skilled_of_level{0.08, 0.16, 0.30, 0.45};

/// What policy sets for a province's people; neutral unless a programme says otherwise.
struct LabourTerms {
    double training = 0;  // skilled part of workers gained in a year beyond the path [1/year]
    double migration = 0; // people who come in a year, over the province's manufacturing labour force [1/year]
    double hiring = 1;    // factor on the part of wanted hires that can be served (hukou, job exchanges)

    bool operator==(const LabourTerms&) const = default;
};

struct LabourRegion {
    LabourTerms imposed;   // by programmes; kept until they change it
    double trained = 0;    // skilled part gained by training so far
    double skilled = 0;    // part of workers that is skilled
    double needed = 0;     // part that the levels in use need
    double skill_fill = 1; // part of wanted skilled hires that can be served (switches.skills)
    double vacancies = 0;  // wanted hires of the month that found nobody, thousandths of a person
};

/// Part of a firm's workers that its levels need to be skilled.
template <class Number>
[[nodiscard]] double skilled_need(const Number (&capacity)[maturity_levels])
{
    double sum = 0, skilled = 0;
    for (std::size_t m = 0; m < maturity_levels; ++m) {
        sum += static_cast<double>(capacity[m]);
        skilled += static_cast<double>(capacity[m]) * skilled_of_level[m];
    }
    return sum > 0 ? skilled / sum : skilled_of_level[0];
}

/// Value of a yearly series in a year, straight between its points, constant outside them; `none` without points.
[[nodiscard]] inline double interpolated(const std::map<int, double>& series, double year, double none)
{
    if (series.empty()) return none;
    const auto above = series.lower_bound(static_cast<int>(year) + (year > static_cast<int>(year) ? 1 : 0));
    if (above == series.end()) return series.rbegin()->second;
    if (above == series.begin() || above->first == year) return above->second;
    const auto below = std::prev(above);
    const double part = (year - below->first) / (above->first - below->first);
    return below->second + part * (above->second - below->second);
}

/// Yearly growth of ln labour force (people x participation) in a year, beyond its mean over the observed years: the trend of wages was read
/// off those, so their decline is in it. 0 up to the last observed year.
/// @param first, last  observed years
[[nodiscard]] inline double labour_force_drift(const std::map<int, double>& people,
                                               const std::map<int, double>& participation, int year, int first,
                                               int last)
{
    if (year <= last || people.empty()) return 0;
    const auto force = [&](int y) {
        return sim::math::log(interpolated(people, y, 1) * interpolated(participation, y, 1));
    };
    return force(year + 1) - force(year) - (force(last) - force(first)) / (last - first);
}

/// How far a province's skills fall short of what its factories need: needed / skilled - 1, not below 0.
[[nodiscard]] inline double skill_gap(double needed, double skilled)
{
    return skilled > 0 ? std::max(0.0, needed / skilled - 1) : 0;
}

/// Part of a firm's wanted hires that can be served where skilled people are short: its skilled part waits for them.
[[nodiscard]] inline double hires_served(double pool_fill, double skilled_part, double skill_fill)
{
    return skill_fill == 1 ? pool_fill : pool_fill * (1 - skilled_part * (1 - skill_fill));
}

} // namespace fabrica
