// What a firm can know of others' technology, published at a month's end; and what each firm reports for it.
#include "models/firms/investment.hpp"
#include "models/firms/plan.hpp"
#include "models/technology/quality.hpp"
#include "models/technology/technology.hpp"
#include "sim/base/math.hpp"

#include <algorithm>

namespace fabrica {

double own_learning(const Firm& f, const World& w); // learning.cpp
void publish_learning(World& w);
void publish_adoption(World& w); // adoption.cpp

double extra_labour(const Firm& f, const World& w)
{
    if (!w.config.switches.technology) return 1;
    const double again = 1 + defect_share(f.capacity, static_cast<double>(f.quality), w.config.quality.defect_rate);
    return again * own_learning(f, w);
}

int shorter_lead_time(int days, const float (&capacity)[maturity_levels])
{
    return static_cast<int>(nearest(days * over_levels(capacity, lead_time_of_level)));
}

double quality_ratio(const World& w, int sector)
{
    const double better =
        w.sector[static_cast<std::size_t>(sector)].quality - w.sector[static_cast<std::size_t>(sector)].first_quality;
    if (!w.config.switches.technology || better == 0 || w.config.trade.import_elasticity <= 0) return 1;
    return sim::math::exp(w.config.quality.import_weight / w.config.trade.import_elasticity * better);
}

void report_technology(Desk& desk)
{
    Firm& f = desk.firm;
    const World& w = desk.world;
    if (!w.config.switches.technology) return;
    const auto report = [&](Measure m, std::int64_t x) { desk.report(w.statistics.cell(m, f.sector, f.ownership), x); };
    const double capacity = total_capacity(f.capacity), technical = static_cast<double>(f.technical);
    const auto quality = static_cast<double>(f.quality);
    report(Measure::researchers, f.research_share > 0 ? 1 : 0);
    report(Measure::technical, nearest(capacity * technical_scale * technical));
    report(Measure::technical_square, nearest(capacity * technical_scale * technical * technical));
    report(Measure::quality, nearest(capacity * technical_scale * quality));
    report(Measure::defects, nearest(static_cast<double>(f.month_output.milli) *
                                     defect_share(f.capacity, quality, w.config.quality.defect_rate)));
    if (f.qualification == Qualification::under_way) report(Measure::qualifying, 1);
    if (f.qualification == Qualification::finished)
        report(Measure::qualified, 1), report(Measure::qualified_capacity, nearest(capacity));
    if (f.is_above_scale) report(static_cast<Measure>(static_cast<int>(Measure::scale_level_1) + f.level), 1);
    if (f.experience_base > 0)
        f.experience +=
            static_cast<float>(static_cast<double>(f.month_output.milli) / static_cast<double>(f.experience_base));
    for (std::size_t m = 0; m < maturity_levels; ++m) {
        const auto cell = static_cast<StatisticsPlan::RegionMeasure>(StatisticsPlan::region_capacity_1 + m);
        desk.report(w.statistics.by_region(cell, f.region), nearest(static_cast<double>(f.capacity[m])));
    }
}

namespace {

double sum(const World& w, Measure m, int sector)
{
    double total = 0;
    for (int o = 0; o < ownership_count; ++o)
        total += static_cast<double>(w.month[w.statistics.cell(m, sector, static_cast<Ownership>(o))]);
    return total;
}

void publish_sector(World& w, int s)
{
    auto& board = w.sector[static_cast<std::size_t>(s)];
    const double capacity = sum(w, Measure::capacity, s);
    if (capacity <= 0) return;
    const double weight = capacity * technical_scale;
    board.technical = sum(w, Measure::technical, s) / weight;
    board.technical_sd = sim::math::sqrt(
        std::max(0.0, sum(w, Measure::technical_square, s) / weight - board.technical * board.technical));
    board.quality = sum(w, Measure::quality, s) / weight;
    const auto cell = w.statistics.cell(Measure::capacity, s, Ownership::joint_venture);
    board.venture_share = static_cast<double>(w.month[cell]) / capacity;
    board.critical_share = critical_after(w.nation.sectors[static_cast<std::size_t>(s)].critical_import_share,
                                          std::min(1.0, sum(w, Measure::qualified_capacity, s) / capacity));
}

/// Part of a province's capacity at each level or above.
void publish_region(World& w, int r)
{
    double above = 0;
    auto& mature = w.region[static_cast<std::size_t>(r)].mature;
    for (std::size_t m = maturity_levels; m-- > 0;) {
        const auto cell = static_cast<StatisticsPlan::RegionMeasure>(StatisticsPlan::region_capacity_1 + m);
        above += static_cast<double>(w.month[w.statistics.by_region(cell, r)]);
        mature[m] = above;
    }
    for (double& part : mature) part = above > 0 ? part / above : 0;
}

} // namespace

void publish_technology(World& w)
{
    if (!w.config.switches.technology) return;
    for (int s = 0; s < w.S; ++s) publish_sector(w, s);
    for (int r = 0; r < w.R; ++r) publish_region(w, r);
    publish_learning(w);
    publish_adoption(w);
}

} // namespace fabrica
