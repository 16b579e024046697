// Series of technology (E17-E21) and of the nation's place in the chain of value.
#include "models/series/catalogue_parts.hpp"
#include "models/technology.hpp"
#include "models/technology/value_chain.hpp"

namespace fabrica::catalogue {
namespace {

/// Mean by sector of what firms report weighted by their capacity.
std::function<Reals(const World&)> by_capacity(Measure m)
{
    return over_sectors(
        [m](const World& w, int s) { return ratio(sum(w, m, s) / technical_scale, sum(w, Measure::capacity, s)); });
}

/// The same for a national mean, as double.
double national(const World& w, Measure m) { return sum_all(w, m) / technical_scale / sum_all(w, Measure::capacity); }

double export_content(const World& w, const std::vector<double>& imports)
{
    double home = 0;
    for (std::size_t s = 0; s < w.sector.size(); ++s)
        home += static_cast<double>(w.monthly.exports[s]) * (1 - imports[s]);
    return home;
}

void research(Catalogue& c)
{
    c.flow("research", "fen", "R&D spending", "What firms pay for research and development (E17).", by_owner,
           totals(Measure::research));
    c.flow("research_reported", "fen", "R&D reported", "What firms call research and development (E17).", by_owner,
           totals(Measure::research_reported));
    c.stock("research_firms", "1", "Firms with research", "Real firms that do research.", by_owner,
            counts(Measure::researchers));
    c.flow("discoveries", "1", "Discoveries", "Simulated firms' research projects that came into use.", by_owner,
           plain(Measure::discoveries));
    c.real("technical_level", "1", "Technical level",
           "Mean logarithm of what discoveries and imitation made of labour productivity since the first day, by "
           "capacity; trend, levels of maturity, quality and experience not counted.",
           by_sector, by_capacity(Measure::technical));
    c.real("technical_spread", "1", "Spread of the technical level",
           "Standard deviation of the logarithm over firms of all sectors, by capacity.", {}, [](const World& w) {
               const double mean = national(w, Measure::technical);
               return Reals{std::sqrt(std::max(0.0, national(w, Measure::technical_square) - mean * mean))};
           });
}

void quality(Catalogue& c)
{
    c.real("quality", "1", "Quality", "Mean logarithm of quality against the world, by capacity (E21).", by_sector,
           by_capacity(Measure::quality));
    c.real("defects", "1", "Defective goods", "Over output; they are made again.", by_sector,
           over_sectors(
               [](const World& w, int s) { return ratio(sum(w, Measure::defects, s), sum(w, Measure::output, s)); }));
    c.flow("accidents", "1", "Accidents", "Simulated firms that had one.", by_owner, plain(Measure::accidents));
    c.stock("qualifying", "1", "Parts in qualification",
            "Real firms whose part is tested for a use that only imports serve.", by_sector,
            by_sector_counts(Measure::qualifying));
    c.stock("qualified", "1", "Parts qualified", "Real firms whose part has passed.", by_sector,
            by_sector_counts(Measure::qualified));
    c.real("critical_import_share", "1", "Critical imports", "Part of imports without a substitute at home (E7, E21).",
           by_sector,
           over_sectors([](const World& w, int s) { return w.sector[static_cast<std::size_t>(s)].critical_share; }));
}

} // namespace

void technology(Catalogue& c)
{
    c.of("technology");
    research(c);
    c.flow("upgrades", "1", "Upgrades finished", "Simulated firms that reached the next maturity level (E18).",
           by_owner, plain(Measure::upgrades));
    c.stock("firms_above_scale_by_level", "1", "Above-scale firms by maturity level",
            "Real firms with revenue of at least 20 m yuan by the highest level that they have installed.",
            {"maturity"}, [](const World& w) {
                Ints row;
                for (int m = 0; m < maturity_levels; ++m) {
                    const auto level = static_cast<Measure>(static_cast<int>(Measure::scale_level_1) + m);
                    double n = 0;
                    for (int s = 0; s < w.S; ++s) n += sum(w, level, s) * w.real_firms[static_cast<std::size_t>(s)];
                    row.push_back(nearest(n));
                }
                return row;
            });
    c.real("energy_factor", "1", "Energy per unit by level",
           "Mean of the levels' energy needs over level 1, by capacity (E18).", {}, [](const World& w) {
               const Measure levels[] = {Measure::capacity_1, Measure::capacity_2, Measure::capacity_3,
                                         Measure::capacity_4};
               double all = 0, weighted = 0;
               for (std::size_t m = 0; m < maturity_levels; ++m) {
                   const double k = sum_all(w, levels[m]);
                   all += k, weighted += k * energy_of_level[m];
               }
               return Reals{ratio(weighted, all)};
           });
    quality(c);
    c.real("learning", "1", "Learning", "Input needed per unit over that of the first day, from experience (E20).",
           by_sector,
           over_sectors([](const World& w, int s) { return w.sector[static_cast<std::size_t>(s)].learning; }));
    c.real("adopted_share", "1", "Share of the new good",
           "In what is bought at home of the new good and the one whose place it takes (E19).", {},
           [](const World& w) { return Reals{w.adopted > 0 ? w.adopted : std::nan("")}; });
    c.flow("export_value_added", "fen", "Home value in exports",
           "Exports less the imports in them and in their inputs, at current coefficients (Leontief).", {},
           [](const World& w) { return Ints{nearest(export_content(w, import_content(w))) * w.k}; });
}

} // namespace fabrica::catalogue
