#include "models/first_day/population.hpp"

#include "sim/base/apportion.hpp"
#include "sim/base/math.hpp"
#include "sim/base/random.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace fabrica {

namespace math = sim::math;

namespace {

/// Standard normal distribution function by its continued-fraction-free series of Abramowitz and Stegun 26.2.17 (error below 8e-8).
double normal_cdf(double x)
{
    if (x < 0) return 1 - normal_cdf(-x);
    const double t = 1 / (1 + 0.2316419 * x);
    const double density = 0.3989422804014327 * math::exp(-0.5 * x * x);
    return 1 -
           density * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
}

/// Revenue per firm of an ownership in the census, relative to a private firm: state firms are few and large.
double relative_size(const Nation& nation, int ownership)
{
    const auto mean = [&](std::size_t o) {
        double firms = 0, revenue = 0;
        for (const auto& row : nation.sizes) firms += row[o].firms, revenue += row[o].revenue;
        return firms > 0 && revenue > 0 ? revenue / firms : 1.0;
    };
    return mean(static_cast<std::size_t>(std::min(ownership, 2))) / mean(0);
}

/// Firms of a sector by ownership: output share over relative size, by largest remainder, at least one where there is output.
std::array<std::int64_t, ownership_count> firms_by_ownership(const Nation& nation, const SectorData& sector,
                                                             std::int64_t firms)
{
    std::vector<std::int64_t> weights;
    for (int o = 0; o < ownership_count; ++o)
        weights.push_back(nearest(1e9 * sector.output_share[static_cast<std::size_t>(o)] / relative_size(nation, o)));
    const auto parts = sim::apportion(firms, weights);
    std::array<std::int64_t, ownership_count> counts{};
    std::copy(parts.begin(), parts.end(), counts.begin());
    for (std::size_t o = 1; o < ownership_count; ++o) {
        const std::int64_t least =
            sector.output_share[o] >= 0.01 ? std::min<std::int64_t>(3, std::max<std::int64_t>(1, firms / 10)) : 0;
        if (counts[o] >= least && sector.output_share[o] > 0) continue;
        const std::int64_t wanted = sector.output_share[o] > 0 ? least : 0;
        if (counts[0] + counts[o] <= wanted) continue; // too few firms for every owner
        counts[0] += counts[o] - wanted, counts[o] = wanted;
    }
    return counts;
}

/// The census mix of size classes of one ownership.
class SizeMix {
public:
    SizeMix(const Nation& nation, int ownership) : log_sd_(nation.log_sd)
    {
        double firms = 0, revenue = 0;
        const auto o = static_cast<std::size_t>(std::min(ownership, 2)); // joint ventures with foreign firms
        for (const auto& row : nation.sizes) firms += row[o].firms, revenue += row[o].revenue;
        for (std::size_t c = 0; c < size_class_count; ++c) {
            const SizeCell& cell = nation.sizes[c][o];
            const bool is_empty = !(cell.firms > 0 && cell.revenue > 0);
            part_[c] = is_empty ? 0 : cell.firms / firms;
            mean_[c] = is_empty ? 1 : cell.revenue / cell.firms * firms / revenue;
        }
        if (firms <= 0) part_[0] = 1;
    }

    /// Sizes of n firms with about this mean, relative to the mean of the ownership: classes keep their sizes, and their parts are
    /// tilted by a power of the size.
    [[nodiscard]] std::vector<double> sizes(std::int64_t n, double mean) const
    {
        double low = -8, high = 8;
        for (int i = 0; i < 60; ++i) (mean_at((low + high) / 2) < mean ? low : high) = (low + high) / 2;
        std::vector<std::int64_t> weights;
        for (std::size_t c = 0; c < size_class_count; ++c) weights.push_back(nearest(1e12 * part_at(c, low)));
        const auto counts = sim::apportion(n, weights);
        std::vector<double> all;
        for (std::size_t c = 0; c < size_class_count; ++c)
            for (const double x : stratum_means(static_cast<std::size_t>(counts[c]), log_sd_[c]))
                all.push_back(x * mean_[c]);
        return all;
    }

private:
    [[nodiscard]] double weight(std::size_t c, double tilt) const
    {
        return part_[c] * math::exp(tilt * math::log(mean_[c]));
    }
    [[nodiscard]] double total(double tilt) const
    {
        double sum = 0;
        for (std::size_t c = 0; c < size_class_count; ++c) sum += weight(c, tilt);
        return sum;
    }
    [[nodiscard]] double part_at(std::size_t c, double tilt) const { return weight(c, tilt) / total(tilt); }
    [[nodiscard]] double mean_at(double tilt) const
    {
        double sum = 0;
        for (std::size_t c = 0; c < size_class_count; ++c) sum += part_at(c, tilt) * mean_[c];
        return sum;
    }

    std::array<double, size_class_count> part_{}, mean_{}, log_sd_;
};

/// Firms by sector and ownership with what they make: the census mix is about the mean size over all sectors.
struct Cells {
    std::vector<std::array<std::int64_t, ownership_count>> firms; // simulated
    std::vector<std::array<double, ownership_count>> output;      // of all firms of the cell
    std::array<double, ownership_count> mean_output{};            // per real firm, over all sectors
};

Cells make_cells(const World& w, const std::vector<std::int64_t>& counts, const std::vector<double>& output_by_sector)
{
    Cells cells;
    std::array<double, ownership_count> firms{}, output{};
    for (std::size_t s = 0; s < counts.size(); ++s) {
        const auto& sector = w.nation.sectors[s];
        cells.firms.push_back(firms_by_ownership(w.nation, sector, counts[s]));
        cells.output.emplace_back();
        double present = 0; // output of owners who have a firm: they share out that of the others
        for (std::size_t o = 0; o < ownership_count; ++o) present += cells.firms[s][o] > 0 ? sector.output_share[o] : 0;
        for (std::size_t o = 0; o < ownership_count; ++o) {
            if (cells.firms[s][o] == 0) continue;
            cells.output[s][o] = output_by_sector[s] * sector.output_share[o] / present;
            firms[o] += static_cast<double>(cells.firms[s][o]) * w.real_firms[s], output[o] += cells.output[s][o];
        }
    }
    for (std::size_t o = 0; o < ownership_count; ++o) cells.mean_output[o] = firms[o] > 0 ? output[o] / firms[o] : 1;
    return cells;
}

/// Provinces of the firms of one cell: exact counts, dealt out by key so that size and place are independent.
std::vector<int> deal_regions(const Nation& nation, int sector, int ownership, std::int64_t firms, std::uint32_t seed)
{
    std::vector<std::int64_t> weights;
    for (const auto& r : nation.regions) {
        const double state = ownership == 1 ? 0.25 + r.state_share : 1; // state firms sit where the state owns more
        weights.push_back(nearest(r.firms * state));
    }
    const auto counts = sim::apportion(firms, weights);
    std::vector<int> places;
    for (std::size_t r = 0; r < counts.size(); ++r)
        places.insert(places.end(), static_cast<std::size_t>(counts[r]), static_cast<int>(r));
    std::vector<std::pair<double, int>> order;
    for (std::size_t i = 0; i < places.size(); ++i)
        order.emplace_back(
            sim::Draw(seed, sim::make_key(0x9E6, sector, ownership, i), static_cast<std::uint16_t>(Purpose::region), 0)
                .uniform(),
            places[i]);
    std::sort(order.begin(), order.end());
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = order[i].second;
    return places;
}

/// Maturity levels by size: the largest firms hold the highest levels, so that capacity shares are those of the data.
void give_levels(std::vector<FirmPlan*>& firms, const SectorData& sector)
{
    std::sort(firms.begin(), firms.end(), [](const FirmPlan* a, const FirmPlan* b) {
        return a->output != b->output ? a->output < b->output : a->key < b->key;
    });
    double total = 0, sum = 0;
    for (const auto* f : firms) total += f->output;
    for (auto* f : firms) {
        const double middle = (sum + f->output / 2) / total;
        double upper = 0;
        for (f->level = 0; f->level + 1 < maturity_levels; ++f->level)
            if (middle < (upper += sector.maturity[static_cast<std::size_t>(f->level)])) break;
        sum += f->output;
    }
}

/// One constant a sector: L = c x^e gives the sector's jobs, the wage law its wage bill.
void fit_sector_laws(World& w, int sector, const std::vector<FirmPlan*>& firms, double jobs)
{
    const auto s = static_cast<std::size_t>(sector);
    double sum = 0;
    w.size_scale[s] = 1;
    for (const auto* f : firms) sum += size_of_output(w, sector, f->output) * w.real_firms[s];
    w.size_scale[s] = jobs / sum;
    double bill = 0, output = 0;
    for (const auto* f : firms) {
        const double workers = size_of_output(w, sector, f->output) * workers_per_employee(w, sector);
        bill += w.wage_level[static_cast<std::size_t>(f->region)] *
                w.nation.ownerships[static_cast<std::size_t>(f->ownership)].wage * workers *
                math::pow(f->output / workers, wage_exponent);
        output += f->output;
    }
    w.wage_scale[s] = w.technology[s].labour * output * 0.1 * w.days_per_month() / bill;
}

} // namespace

std::vector<double> stratum_means(std::size_t n, double log_sd)
{
    std::vector<double> means(n);
    double below = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double upper =
            i + 1 == n ? 1
                       : normal_cdf(sim::normal_quantile(static_cast<double>(i + 1) / static_cast<double>(n)) - log_sd);
        means[i] = std::max(1e-9, (upper - below) * static_cast<double>(n));
        below = upper;
    }
    return means;
}

void cap_and_scale(std::vector<double>& sizes, double total, double cap)
{
    const double most = std::max(cap, 1.5 / static_cast<double>(sizes.size())) * total;
    for (int pass = 0; pass < 60; ++pass) {
        double free = 0, fixed = 0;
        for (const double x : sizes) (x >= most ? fixed : free) += std::min(x, most);
        const double factor = free > 0 ? (total - fixed) / free : 1;
        bool done = std::abs(factor - 1) < 1e-15;
        for (double& x : sizes) x = x >= most ? most : std::min(most, x * factor);
        if (done) break;
    }
}

std::vector<std::int64_t> firms_per_sector(const Nation& nation, const Config& config)
{
    std::vector<std::int64_t> counts;
    for (const auto& s : nation.sectors) {
        const double growth = config.switches.growth ? config.population.firm_growth : 0;
        const double then = s.firms * math::exp(-growth * config.population.spin_up_years);
        counts.push_back(nearest(
            std::max(config.run.scale * then, std::min(static_cast<double>(config.population.minimum_firms), then))));
    }
    return counts;
}

std::vector<FirmPlan> make_population(World& w, const std::vector<double>& output_by_sector)
{
    const auto counts = firms_per_sector(w.nation, w.config);
    const auto seed = static_cast<std::uint32_t>(w.config.run.seed);
    std::vector<FirmPlan> all;
    all.reserve(static_cast<std::size_t>(std::accumulate(counts.begin(), counts.end(), std::int64_t{0})));
    const Cells cells = make_cells(w, counts, output_by_sector);
    for (int s = 0; s < w.S; ++s) {
        const auto at = static_cast<std::size_t>(s);
        const auto& sector = w.nation.sectors[at];
        const auto first = all.size();
        const double share = std::max(w.config.population.largest_share, 6.0 / static_cast<double>(counts[at]));
        for (int o = 0; o < ownership_count; ++o) {
            const auto owner = static_cast<std::size_t>(o);
            const auto n = static_cast<std::size_t>(cells.firms[at][owner]);
            if (n == 0) continue;
            const double total = cells.output[at][owner];
            const double mean = total / (static_cast<double>(n) * w.real_firms[at]) / cells.mean_output[owner];
            auto sizes = SizeMix(w.nation, o).sizes(static_cast<std::int64_t>(n), mean);
            const double sum = std::accumulate(sizes.begin(), sizes.end(), 0.0);
            for (double& x : sizes) x *= total / sum;
            cap_and_scale(sizes, total, share / std::max(0.01, sector.output_share[owner]));
            const auto regions = deal_regions(w.nation, s, o, static_cast<std::int64_t>(n), seed);
            for (std::size_t i = 0; i < n; ++i) {
                const sim::Key key = sim::make_key(0xF0, s, o, i);
                const double luck = sim::Draw(seed, key, static_cast<std::uint16_t>(Purpose::efficiency), 0).normal();
                all.push_back({key, s, regions[i], static_cast<Ownership>(o), sizes[i], 0, luck, 0});
            }
        }
        std::vector<FirmPlan*> firms;
        for (std::size_t i = first; i < all.size(); ++i) firms.push_back(&all[i]);
        give_levels(firms, sector);
        fit_sector_laws(w, s, firms, sector.employment * w.jobs_factor());
        for (auto* f : firms) f->real_employees = size_of_output(w, s, f->output);
    }
    std::sort(all.begin(), all.end(), [](const FirmPlan& a, const FirmPlan& b) { return a.key < b.key; });
    return all;
}

} // namespace fabrica
