// Series of trade, energy, CO2 and people.
#include "models/energy/energy.hpp"
#include "models/series/catalogue_parts.hpp"

namespace fabrica::catalogue {

namespace {

std::function<Reals(const World&)> of_trade(std::function<double(const TradeSector&)> f)
{
    return over_sectors([f](const World& w, int s) { return f(w.trade.sector[static_cast<std::size_t>(s)]); });
}

double grams_used(const World& w, Measure m, int s) { return sum(w, m, s) * static_cast<double>(w.k); }

std::function<Reals(const World&)> over_regions(std::function<double(const World&, std::size_t)> f)
{
    return [f](const World& w) {
        Reals row;
        for (std::size_t r = 0; r < w.people.size(); ++r) row.push_back(f(w, r));
        return row;
    };
}

constexpr Measure levels[] = {Measure::energy_1, Measure::energy_2, Measure::energy_3, Measure::energy_4};

} // namespace

void trade(Catalogue& c)
{
    c.of("trade");
    c.real("world_market_share", "1", "Share of the world market",
           "Our exports in the exports of all nations, the world market growing at trade.world_growth.", by_sector,
           over_sectors(market_share));
    c.real("import_duty", "1", "Duty in the price of imports", "Part of what buyers pay that goes to the treasury.",
           by_sector, of_trade([](const TradeSector& t) { return t.duty; }));
    c.real(
        "critical_supply", "1", "Critical imports to be had",
        "Part of the critical needs met on the last day of the month, from abroad, from reserves and by substitutes.",
        by_sector, of_trade([](const TradeSector& t) { return t.critical.available; }));
    c.real("critical_substitutes", "1", "Critical imports made at home",
           "Part of the critical needs that home substitutes meet on the last day of the month (E27).", by_sector,
           of_trade([](const TradeSector& t) { return t.critical.home; }));
    c.real("critical_reserve", "day", "Reserve of critical imports", "That importers hold, days of use.", by_sector,
           of_trade([](const TradeSector& t) { return t.critical.reserve; }));
    c.real("import_cap", "1", "Output that imports allow", "Part of usual output, 1 where nothing is short (E3).",
           by_sector, of_trade([](const TradeSector& t) { return t.output_cap; }));
    c.real("world_price_factor", "1", "World price over its path", "What our limits of exports add to it.", by_sector,
           of_trade([](const TradeSector& t) { return t.scarcity; }));
    c.real("foreign_pull", "1", "Pull on foreign-owned firms",
           "Logarithm of the factor on their entry and survival: unit cost against rivals, tariffs on our goods.",
           by_sector, of_trade([](const TradeSector& t) { return t.relocation; }));
}

void energy(Catalogue& c)
{
    c.of("energy");
    c.flow("energy", "g", "Energy used", "Coal equivalent, by firms' output and maturity levels (E29).", by_sector,
           [](const World& w) {
               Ints row;
               for (int s = 0; s < w.S; ++s) {
                   double grams = 0;
                   for (const Measure m : levels) grams += grams_used(w, m, s);
                   row.push_back(nearest(grams));
               }
               return row;
           });
    c.flow("energy_by_level", "g", "Energy used by maturity level", "Coal equivalent; Industry 1.0 to 4.0.",
           {"maturity"}, [](const World& w) {
               Ints row;
               for (const Measure m : levels) {
                   double grams = 0;
                   for (int s = 0; s < w.S; ++s) grams += grams_used(w, m, s);
                   row.push_back(nearest(grams));
               }
               return row;
           });
    c.flow("emissions", "t", "CO2", "Of fuels, power used and processes (E29).", by_sector, [](const World& w) {
        Ints row;
        for (int s = 0; s < w.S; ++s) row.push_back(nearest(emissions(w, s)));
        return row;
    });
    c.real("carbon_price", "CNY t-1", "Carbon price", "Levy on CO2 on the first day of the next month.", by_sector,
           over_sectors(
               [](const World& w, int s) { return w.energy.sector[static_cast<std::size_t>(s)].carbon_price * 1e3; }));
    c.real("permits", "1", "Permits given", "Part of the permits asked for under a cap; 1 without one.", by_sector,
           over_sectors([](const World& w, int s) { return w.energy.sector[static_cast<std::size_t>(s)].permits; }));
}

void people(Catalogue& c)
{
    c.of("labour");
    const Names by_region{"region"};
    c.flow("vacancies", "1", "Vacancies", "Wanted hires of the month that found nobody, persons.", by_region,
           [](const World& w) {
               Ints row;
               for (const auto& p : w.people) row.push_back(nearest(p.vacancies * static_cast<double>(w.k) * 1e-3));
               return row;
           });
    c.stock("labour_force", "1", "Labour force of manufacturing", "Employed and looking for work, persons.", by_region,
            [](const World& w) {
                Ints row;
                for (const double pool : w.pool) row.push_back(nearest(pool * static_cast<double>(w.k) * 1e-3));
                return row;
            });
    c.real("skilled_share", "1", "Skilled workers", "Part of workers with college (E22).", by_region,
           over_regions([](const World& w, std::size_t r) { return w.people[r].skilled; }));
    c.real("skill_gap", "1", "Skill gap", "Skilled workers that the levels in use need, over those there are, less 1.",
           by_region, over_regions([](const World& w, std::size_t r) {
               return skill_gap(w.people[r].needed, w.people[r].skilled);
           }));
}

} // namespace fabrica::catalogue
