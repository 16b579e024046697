// Dated shocks of the scenario: what they multiply on a day.
#include "models/markets/institutions.hpp"

#include <algorithm>

namespace fabrica {
namespace {

bool hits(const Shock& shock, const World& w, const char* kind, const std::string& category, int sector)
{
    if (shock.kind != kind || (!shock.category.empty() && shock.category != category)) return false;
    if (sector < 0 || shock.sectors.empty()) return true;
    const std::string& code = w.nation.sectors[static_cast<std::size_t>(sector)].code;
    return std::find(shock.sectors.begin(), shock.sectors.end(), code) != shock.sectors.end();
}

} // namespace

const std::vector<const Shock*>& ShockCalendar::on(const World& w, sim::Window window)
{
    Day& day = days_[static_cast<std::size_t>(window & 1)];
    if (day.window == window) return day.active;
    day.window = window;
    day.active.clear();
    if (!w.config.switches.shocks || window < w.recording_from) return day.active;
    const sim::Date today = w.calendar.date(window);
    for (const Shock& shock : w.config.shocks)
        if (!(today < shock.from) && today < shock.to) day.active.push_back(&shock);
    return day.active;
}

double shock_factor(World& w, const char* kind, const std::string& category, int sector, sim::Window window,
                    Shocks which)
{
    double factor = 1;
    for (const Shock* shock : w.shocks.on(w, window))
        if ((which == Shocks::all || shock->in_demand_paths) && hits(*shock, w, kind, category, sector))
            factor *= 1 + shock->size;
    return factor;
}

} // namespace fabrica
