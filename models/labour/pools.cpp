// E22: the labour pool of each province: unemployment, wages, how many of the wanted hires can be served.
#include "models/labour/jobs.hpp"
#include "models/markets/institutions.hpp"

#include <algorithm>

namespace fabrica {

void clear_labour(World& w)
{
    const auto& rule = w.config.labour;
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
        w.hires[at] = 0;
    }
}

} // namespace fabrica
