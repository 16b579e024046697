// E29: energy terms of the day, emissions of the month, permits under a cap.
#include "models/energy/energy.hpp"
#include "models/energy/rules.hpp"
#include "models/markets/institutions.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace fabrica {

namespace {

/// What the month's reports add up to, kg of coal equivalent.
double energy_used(const World& w, int sector)
{
    double grams = 0;
    for (const Measure m : {Measure::energy_1, Measure::energy_2, Measure::energy_3, Measure::energy_4})
        for (int o = 0; o < ownership_count; ++o)
            grams += static_cast<double>(w.month[w.statistics.cell(m, sector, static_cast<Ownership>(o))]);
    return grams * 1e-3;
}

double reported(const World& w, Measure m, int sector)
{
    double sum = 0;
    for (int o = 0; o < ownership_count; ++o)
        sum += static_cast<double>(w.month[w.statistics.cell(m, sector, static_cast<Ownership>(o))]);
    return sum;
}

/// Yearly cap of all sectors together on a day, t; infinite without one.
double national_cap(World& w, sim::Window window)
{
    const auto& rule = w.config.energy;
    const sim::Date today = w.calendar.date(window);
    double cap = std::numeric_limits<double>::infinity();
    if (const double given = rule.cap.at(today); given > 0) cap = given * 1e6;
    if (!rule.net_zero || today < rule.net_zero_from) return cap;
    auto& start = w.energy.net_zero_start;
    if (start == 0) start = std::accumulate(w.energy.emissions.begin(), w.energy.emissions.end(), 0.0);
    const auto from = w.calendar.window(rule.net_zero_from);
    const double years = (window - from) / w.days_per_year(),
                 span = (w.calendar.window(rule.net_zero_by) - from) / w.days_per_year();
    return std::min(cap, start * net_zero_part(years, span, rule.net_zero_residual));
}

} // namespace

double emissions(const World& w, int sector)
{
    return energy_used(w, sector) * w.energy.sector[static_cast<std::size_t>(sector)].co2 * 1e-3 *
           static_cast<double>(w.k);
}

double carbon_levy(const World& w, int sector, double intensity)
{
    const EnergySector& e = w.energy.sector[static_cast<std::size_t>(sector)];
    return e.carbon_price == 0 ? 0 : e.carbon_price * e.co2 * e.energy * intensity;
}

double carbon_levy(const Firm& f, const World& w) { return carbon_levy(w, f.sector, energy_intensity(f.capacity)); }

double permitted_output(const Firm& f, const World& w, double usual)
{
    const EnergySector& e = w.energy.sector[f.sector];
    const double own = e.energy * e.co2 * energy_intensity(f.capacity);
    if (e.permits == 1 || own <= 0) return std::numeric_limits<double>::infinity();
    return permitted_output(e.permits, e.mean_co2, own, usual);
}

void open_energy(World& w)
{
    w.energy.sector.resize(w.sector.size());
    for (auto& e : w.energy.sector)
        e.imposed.usable.assign(static_cast<std::size_t>(w.R), 1.0), e.usable = e.imposed.usable;
    move_energy(w, -1);
}

void move_energy(World& w, sim::Window window)
{
    const auto& rule = w.config.energy;
    const bool counts = window >= w.recording_from;
    const double years = w.calendar.date(0).year + w.years_at(std::max(0, window)) - (w.nation.base_year + 0.5);
    for (int s = 0; s < w.S; ++s) {
        const auto at = static_cast<std::size_t>(s);
        const SectorData& data = w.nation.sectors[at];
        EnergySector& e = w.energy.sector[at];
        e.energy = energy_at_level_one(data.energy, data.maturity) * improved(rule.efficiency_growth, years) *
                   (1 - e.imposed.saving);
        e.co2 = data.co2 * improved(rule.co2_decline, years);
        e.carbon_price = e.imposed.carbon_price * 1e-3;
        e.usable = e.imposed.usable;
        if (!counts) continue;
        e.carbon_price += rule.carbon_price.at(w.calendar.date(window)) * 1e-3;
        for (const Shock* shock : w.shocks.on(w, window)) {
            if (shock->kind != "energy" || !hits_sector(*shock, w, s)) continue;
            for (int r = 0; r < w.R; ++r)
                if (hits_region(*shock, w, r))
                    e.usable[static_cast<std::size_t>(r)] *= 1 + shock_size(w, *shock, window);
        }
    }
}

void share_permits(World& w, sim::Window window)
{
    auto& past = w.energy.emissions;
    std::shift_right(past.begin(), past.end(), 1);
    past[0] = 0;
    for (int s = 0; s < w.S; ++s) past[0] += emissions(w, s);
    if (window + 1 < w.recording_from) return;
    const double part_of_year = w.days_of_month / w.days_per_year();
    double all = 0;
    std::vector<double> asked;
    for (int s = 0; s < w.S; ++s) {
        EnergySector& e = w.energy.sector[static_cast<std::size_t>(s)];
        const double kg = reported(w, Measure::usual_energy, s) * 1e-3 * e.co2,
                     units = reported(w, Measure::usual_output, s) * 1e-3;
        e.mean_co2 = units > 0 ? kg / units : 0;
        asked.push_back(kg * 1e-3 * static_cast<double>(w.k) / part_of_year);
        all += asked.back();
    }
    const double fill = permit_fill(national_cap(w, window + 1), all);
    for (std::size_t s = 0; s < asked.size(); ++s) {
        EnergySector& e = w.energy.sector[s];
        e.permits = std::min(fill, permit_fill(e.imposed.cap, asked[s]));
    }
}

} // namespace fabrica
