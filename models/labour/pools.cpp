// E22: the labour pool of each province: unemployment, wages, how many of the wanted hires can be served; ageing, migration, skills.
#include "models/labour/jobs.hpp"
#include "models/labour/people.hpp"
#include "models/markets/institutions.hpp"

#include <algorithm>

namespace fabrica {
namespace {

constexpr int first_observed = 2015, last_observed = 2024;
constexpr double migrant_part =
    0.29; // of the factory workers of receiving provinces: 18.6 m of 64 m in 2023 (labour.csv)

const std::map<int, double>& series(const World& w, const std::string& name)
{
    static const std::map<int, double> none;
    const auto at = w.nation.people.find(name);
    return at == w.nation.people.end() ? none : at->second;
}

/// Yearly change of the labour force that ageing brings beyond the observed trend.
double ageing(const World& w, int year)
{
    const std::string& path = w.config.labour.ageing;
    if (path == "off" || !w.config.switches.growth) return 0;
    const bool is_low = path == "low", is_high = path == "high";
    const auto& people = series(w, is_low    ? "working_age_15_64_low"
                                   : is_high ? "working_age_15_64_high"
                                             : "working_age_15_64_medium");
    std::map<int, double> part = series(w, "participation_central"); // observed years, and after them the variant
    if (is_low || is_high) {
        part[last_observed] = interpolated(part, last_observed, 1);
        part.erase(part.upper_bound(last_observed), part.end());
        for (const auto& [y, value] : series(w, is_low ? "participation_fast_decline" : "participation_slow_decline"))
            part[y] = value;
    }
    return labour_force_drift(people, part, year, first_observed, last_observed);
}

/// Fewer or more people work in another province than observed: receiving provinces lose what the others gain.
void migrate(World& w, double change)
{
    double moved = 0, others = 0;
    for (std::size_t r = 0; r < w.pool.size(); ++r)
        if (w.nation.regions[r].macro != "east") others += w.pool[r];
    if (change == 0 || others <= 0) return;
    for (std::size_t r = 0; r < w.pool.size(); ++r)
        if (w.nation.regions[r].macro == "east") {
            const double come = w.pool[r] * migrant_part * change / 12;
            w.pool[r] += come, moved += come;
        }
    for (std::size_t r = 0; r < w.pool.size(); ++r)
        if (w.nation.regions[r].macro != "east") w.pool[r] *= 1 - moved / others;
}

void age_and_migrate(World& w, sim::Window window)
{
    if (window < w.recording_from) return;
    const double drift = ageing(w, w.calendar.date(window).year);
    for (std::size_t r = 0; r < w.pool.size(); ++r) w.pool[r] *= 1 + (drift + w.people[r].imposed.migration) / 12;
    migrate(w, w.config.labour.migration);
}

/// The nation's skilled part of workers along its path.
double skilled_path(const World& w, double year)
{
    const auto& central = series(w, "skilled_share_scenario_central");
    const auto& tight = series(w, "skilled_share_scenario_constrained");
    const bool is_tight = w.config.labour.skill_path == "constrained" && !tight.empty() && year >= tight.begin()->first;
    return interpolated(is_tight ? tight : central, year, 0);
}

void learn_skills(World& w, sim::Window window)
{
    const auto& rule = w.config.labour;
    const double year = w.calendar.date(0).year + w.years_at(window), nation = skilled_path(w, year);
    double mean = 0;
    for (std::size_t r = 0; r < w.people.size(); ++r)
        mean += w.nation.regions[r].employment_share * sim::math::pow(w.wage_level[r], rule.skill_wage_exponent);
    for (std::size_t r = 0; r < w.people.size(); ++r) {
        LabourRegion& people = w.people[r];
        if (window >= w.recording_from) people.trained += (rule.training + people.imposed.training) / 12;
        const double level = sim::math::pow(w.wage_level[r], rule.skill_wage_exponent) / mean;
        people.skilled = std::clamp(nation * level + people.trained, 0.0, 1.0);
        const auto region = static_cast<int>(r);
        const auto jobs = static_cast<double>(w.month[w.statistics.by_region(StatisticsPlan::region_jobs, region)]),
                   needed =
                       static_cast<double>(w.month[w.statistics.by_region(StatisticsPlan::region_skilled, region)]);
        people.needed = jobs > 0 ? needed / jobs : 0;
        people.skill_fill = people.needed > people.skilled ? people.skilled / people.needed : 1;
    }
}

} // namespace

void clear_labour(World& w, sim::Window window)
{
    const auto& rule = w.config.labour;
    age_and_migrate(w, window + 1);
    learn_skills(w, window + 1);
    for (int r = 0; r < w.R; ++r) {
        const auto at = static_cast<std::size_t>(r);
        const std::int64_t jobs = w.month[w.statistics.by_region(StatisticsPlan::region_jobs, r)];
        w.employed[at] = jobs;
        // People move in from the rest of the economy when manufacturing is short of them, and leave when it is not.
        const double wanted = static_cast<double>(jobs) / (1 - rule.natural_rate);
        w.pool[at] += rule.elastic_margin / 12 * (wanted - w.pool[at]);
        w.pool[at] = std::max(w.pool[at], static_cast<double>(jobs));
        const double unemployment = w.pool[at] > 0 ? 1 - static_cast<double>(jobs) / w.pool[at] : 0;
        const double growth = w.config.switches.growth
                                  ? wage_growth(rule.wage_growth, rule.tightness, rule.natural_rate, unemployment)
                                  : 0;
        w.region[at].wage_index *= 1 + growth / 12;
        const double free = w.pool[at] - static_cast<double>(jobs);
        w.region[at].hire_fill = w.hires[at] > 0 ? std::clamp(free / static_cast<double>(w.hires[at]), 0.0, 1.0) : 1;
        w.region[at].hire_fill = std::min(1.0, w.region[at].hire_fill * w.people[at].imposed.hiring);
        w.hires[at] = 0;
    }
}

} // namespace fabrica
