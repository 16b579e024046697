// Dated shocks of the scenario: what they multiply on a day, where.
#include "models/firms/investment.hpp"
#include "models/markets/institutions.hpp"
#include "sim/base/math.hpp"

#include <algorithm>

namespace fabrica {
namespace {

bool names(const std::vector<std::string>& list, const std::string& name)
{
    return list.empty() || std::find(list.begin(), list.end(), name) != list.end();
}

bool hits(const Shock& shock, const World& w, const char* kind, const std::string& category, int sector)
{
    if (shock.kind != kind || (!shock.category.empty() && shock.category != category)) return false;
    return sector < 0 || names(shock.sectors, w.nation.sectors[static_cast<std::size_t>(sector)].code);
}

bool stops_factories(const Shock& shock) { return shock.kind == "supply" || shock.kind == "cyber"; }

/// A supply shock that is not the same for all firms of a sector.
bool has_place(const Shock& shock)
{
    return stops_factories(shock) && (shock.kind == "cyber" || !shock.regions.empty() || !shock.levels.empty());
}

} // namespace

bool hits_level(const Shock& shock, int level)
{
    if (shock.levels.empty()) return shock.kind != "cyber" || level >= 3;
    return std::find(shock.levels.begin(), shock.levels.end(), level) != shock.levels.end();
}

bool hits_region(const Shock& shock, const World& w, int region)
{
    return names(shock.regions, w.nation.regions[static_cast<std::size_t>(region)].code);
}

bool hits_sector(const Shock& shock, const World& w, int sector)
{
    return names(shock.sectors, w.nation.sectors[static_cast<std::size_t>(sector)].code);
}

double shock_remains(const Shock& shock, int days_after)
{
    if (days_after < 0) return 1;
    if (days_after >= shock.recovery_days) return 0;
    const double part = (days_after + 0.5) / shock.recovery_days; // at noon
    return shock.recovery == "exponential" ? sim::math::exp(-3 * part) : 1 - part;
}

double shock_size(const World& w, const Shock& shock, sim::Window window)
{
    return shock.recovery_days > 0 ? shock.size * shock_remains(shock, window - w.calendar.window(shock.to))
                                   : shock.size;
}

const std::vector<const Shock*>& ShockCalendar::on(const World& w, sim::Window window)
{
    Day& day = days_[static_cast<std::size_t>(window & 1)];
    if (day.window == window) return day.active;
    day.window = window;
    day.active.clear();
    if (!w.config.switches.shocks || window < w.recording_from) return day.active;
    const sim::Date today = w.calendar.date(window);
    for (const Shock& shock : w.config.shocks) {
        if (today < shock.from) continue;
        if (today < shock.to || window - w.calendar.window(shock.to) < shock.recovery_days)
            day.active.push_back(&shock);
    }
    return day.active;
}

double shock_factor(World& w, const char* kind, const std::string& category, int sector, sim::Window window,
                    Shocks which)
{
    double factor = 1;
    for (const Shock* shock : w.shocks.on(w, window))
        if ((which == Shocks::all || shock->in_demand_paths) && hits(*shock, w, kind, category, sector) &&
            !has_place(*shock))
            factor *= 1 + shock_size(w, *shock, window);
    return factor;
}

/// Part of a day that capacity of one level works in one place.
static double worked_part(World& w, int sector, int region, int level, sim::Window window)
{
    double factor = 1;
    for (const Shock* shock : w.shocks.on(w, window))
        if (stops_factories(*shock) && hits_sector(*shock, w, sector) && hits_region(*shock, w, region) &&
            hits_level(*shock, level))
            factor *= 1 + shock_size(w, *shock, window);
    return factor;
}

bool differs_by_place(const Config& config)
{
    return config.switches.shocks && std::any_of(config.shocks.begin(), config.shocks.end(), has_place);
}

void WorkedDays::prepare(const World& w)
{
    if (!days_.empty() || !differs_by_place(w.config)) return;
    // As many days as the sectors have worked: nothing has told places apart before.
    days_.reserve(w.sector.size() * static_cast<std::size_t>(w.R));
    regions_ = w.R;
    for (const auto& board : w.sector)
        for (int r = 0; r < w.R; ++r) days_.push_back({board.worked, board.worked, board.worked, board.worked});
}

void WorkedDays::pass(World& w, sim::Window window)
{
    prepare(w);
    if (days_.empty()) return;
    const auto today = static_cast<std::size_t>(window & 63), next = static_cast<std::size_t>((window + 1) & 63);
    for (int s = 0; s < w.S; ++s)
        for (int r = 0; r < w.R; ++r)
            for (int m = 0; m < maturity_levels; ++m) {
                auto& ring = days_[place(s, r)][static_cast<std::size_t>(m)];
                ring[next] = ring[today] + worked_part(w, s, r, m + 1, window);
            }
}

double WorkedDays::of_place(const SectorBoard& board, const Firm& f, sim::Window from, sim::Window to) const
{
    const double total = total_capacity(f.capacity);
    if (total <= 0) return board.working_days(from, to);
    const auto first = static_cast<std::size_t>(from & 63), last = static_cast<std::size_t>(to & 63);
    double days = 0;
    for (std::size_t m = 0; m < maturity_levels; ++m) {
        const auto& ring = days_[place(f.sector, f.region)][m];
        days += static_cast<double>(f.capacity[m]) / total * (ring[last] - ring[first]);
    }
    return days;
}

} // namespace fabrica
