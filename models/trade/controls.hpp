// E27: export controls of others on inputs that have no substitute: what is left, what a reserve bridges, when substitutes are qualified.
#pragma once

#include <algorithm>

namespace fabrica {

/// Part of the needs that qualified home substitutes can fill: lines of production accept them one after another between the first and the
/// last year of tests, as far as their quality goes.
/// @param years    of effort so far     @param first, last  years until the first and the last line has accepted, first < last
/// @param quality  of the substitute over the foreign part's [1], in [0, 1]
[[nodiscard]] inline double qualified_part(double years, double first, double last, double quality)
{
    return quality * std::clamp((years - first) / (last - first), 0.0, 1.0);
}

/// Critical imports of one product: stocks in days of use, clocks in years.
struct CriticalSupply {
    double reserve = 0;   // days of use that importers hold
    double gap = 0;       // days on which nothing arrives, because the way has become longer
    double lead = 0;      // days longer than usual, of what is under way now
    double effort = 0;    // years that substitutes have been tested
    double quality = 0;   // of the substitute
    double home = 0;      // part of the critical needs met at home today
    double available = 1; // part of the critical needs met today, at home and from abroad
    double arriving = 1;  // foreign part that comes into the country today: use and what goes into the reserve
};

/// What may be had today and how importers and makers of substitutes answer.
struct SupplyRule {
    double foreign = 1;                    // part of the critical needs that foreigners sell (1 - c)
    double lead_days = 0;                  // longer on the way than usual
    double reserve_days = 0;               // aimed at
    double reserve_tau = 60;               // days over which a gap of the reserve is closed
    double most_restock = 1;               // most that goes into the reserve in a day, days of use
    bool is_pressed = false;               // a control is in force or announced: substitutes are developed and tested
    double first_year = 5, last_year = 10; // of qualification
    double speed = 1;                      // of it
    double learning = 0.15;                // of what quality lacks, gained in a year
    double kept = 0.5; // part of the qualified substitutes that stays in use where the foreign part is to be had again
    double days_per_year = 365.2425;
};

/// One day: what arrives, what the reserve gives, what substitutes fill.
inline void pass_day(CriticalSupply& s, const SupplyRule& rule)
{
    if (rule.is_pressed) {
        s.effort += rule.speed / rule.days_per_year;
        s.quality += rule.learning / rule.days_per_year * (1 - s.quality);
    }
    const double change = rule.lead_days - s.lead;
    s.lead = rule.lead_days;
    if (change > 0) s.gap += change;     // what comes next has longer to go
    if (change < 0) s.reserve -= change; // it arrives together with what was ahead of it
    const double foreign = rule.foreign * (1 - std::min(1.0, s.gap));
    s.gap = std::max(0.0, s.gap - 1);
    const double qualified = qualified_part(s.effort, rule.first_year, rule.last_year, s.quality);
    s.home = std::max(std::min(qualified, 1 - foreign), std::min(rule.kept * qualified, 1.0));
    const double shortfall = std::max(0.0, 1 - foreign - s.home);
    const double drawn = std::min(shortfall, s.reserve);
    s.reserve -= drawn;
    s.available = shortfall == 0 ? 1 : 1 - shortfall + drawn;
    double restock = 0;
    if (shortfall == 0)
        restock = std::clamp((rule.reserve_days - s.reserve) / rule.reserve_tau, -(1 - s.home), rule.most_restock);
    s.reserve += restock;
    s.arriving = s.available - s.home - drawn + restock;
}

/// Home part of a product's purchases when a part of them is critical import: what is met at home moves there, and where critical needs are
/// not met the rest of the purchases makes up all that is still bought.
/// @param home      part without controls     @param critical  part of purchases that is critical import
/// @param met_home  part of the critical needs met at home     @param available  met at all
[[nodiscard]] inline double controlled_home_share(double home, double critical, double met_home, double available)
{
    if (met_home == 0 && available == 1) return home;
    return std::min(1.0, (home + critical * met_home) / (1 - critical * (1 - available)));
}

/// E3: part of its usual output that a buyer can make when a part `critical` of an input cannot be replaced and only `available` of that comes.
[[nodiscard]] inline double import_cap(double critical, double available) { return 1 - critical * (1 - available); }

/// Home part that a rule of local content asks for: critical imports are exempt.
[[nodiscard]] inline double with_local_content(double home, double critical, double least)
{
    return least <= 0 ? home : std::max(home, std::min(least, 1 - critical));
}

} // namespace fabrica
