#include "models/config.hpp"

#include "models/keys/keys.hpp"
#include "models/nation.hpp"
#include "models/policy/instrument.hpp"
#include "models/series/catalogue.hpp"
#include "sim/scenario/key_table.hpp"
#include "sim/scenario/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace fabrica {

void describe_keys(sim::scenario::KeyTable& table, Config& config)
{
    bind_run_settings(table, config.run);
    for (const auto section :
         {nation_keys,     population_keys,      production_keys, supplier_keys,  price_keys,   market_keys,
          investment_keys, credit_keys,          labour_keys,     state_keys,     exit_keys,    entry_keys,
          trade_keys,      energy_keys,          research_keys,   upgrading_keys, quality_keys, learning_keys,
          adoption_keys,   platform_demand_keys, platforms_keys,  switch_keys,    guard_keys,   shock_keys,
          platform_keys,   policy_keys})
        section(table, config);
}

namespace {

/// Looks up names that scenarios give among those of the nation.
class Names {
public:
    Names(const sim::scenario::Loaded& loaded, const Nation& nation, sim::Errors& errors)
        : loaded_(loaded), errors_(errors)
    {
        known.sectors = nation.sector_codes();
        for (const auto& r : nation.regions) known.regions.push_back(r.code);
        for (const auto& d : nation.demand) known.categories.push_back(d.name);
        for (const auto& o : nation.outside) known.outside.push_back(o.code);
    }

    KnownNames known;

    void operator()(const std::string& key, const std::vector<std::string>& given,
                    const std::vector<std::string>& among, const char* what)
    {
        for (const auto& name : given)
            if (std::find(among.begin(), among.end(), name) == among.end())
                errors_.add(loaded_.where(key), "unknown {} '{}'", what, name).help(sim::suggestion(name, among));
    }

private:
    const sim::scenario::Loaded& loaded_;
    sim::Errors& errors_;
};

void check_programme(const Programme& p, Names& names, const sim::scenario::Loaded& loaded, sim::Errors& errors)
{
    const std::string at = "policy." + p.id + ".";
    names(at + "sectors", p.who.sectors, names.known.sectors, "sector");
    names(at + "regions", p.who.regions, names.known.regions, "province");
    if (!p.target.sector.empty()) names(at + "target.sector", {p.target.sector}, names.known.sectors, "sector");
    if (!p.target.series.empty()) {
        std::vector<std::string> series;
        for (const auto& row : series_catalogue(false)) series.push_back(row.series.name);
        names(at + "target.series", {p.target.series}, series, "series");
    }
    if (p.has_budget() && !p.instrument->pays())
        errors.add(loaded.where(at + "budget_cny_per_year"),
                   "a programme of kind {} pays nothing out: it has no budget", p.kind);
    p.instrument->check(names.known, [&](const char* key, const auto& given, const auto& among, const char* what) {
        names(at + key, given, among, what);
    });
}

} // namespace

void check_config(const Config& c, const sim::scenario::Loaded& loaded, const Nation& nation, sim::Errors& errors)
{
    const double k = 1 / c.run.scale;
    if (std::abs(k - std::round(k)) > 1e-6 * k)
        errors
            .add(loaded.where("run.scale"),
                 "run.scale = {} is not one over a whole number (national totals are model totals times 1/scale)",
                 c.run.scale)
            .help(fmt::format("write {} or {}", 1 / std::floor(k), 1 / std::ceil(k)));
    if (c.population.spin_up_years != std::floor(c.population.spin_up_years))
        errors.add(loaded.where("population.spin_up_years"),
                   "population.spin_up_years = {} is not a whole number of years", c.population.spin_up_years);
    if (c.run.end.day != 1)
        errors.add(loaded.where("run.end"),
                   "run.end = {} is not the first day of a month (it is the day after the last)",
                   sim::to_string(c.run.end));
    if (c.run.start.day != 1)
        errors.add(loaded.where("run.start"), "run.start = {} is not the first day of a month",
                   sim::to_string(c.run.start));
    Names names(loaded, nation, errors);
    std::vector<std::string> categories = names.known.categories;
    categories.insert(categories.end(), names.known.outside.begin(), names.known.outside.end());
    names("prices.commodity_sectors", c.prices.commodity_sectors, names.known.sectors, "sector");
    names("learning.sectors", c.learning.sectors, names.known.sectors, "sector");
    for (const auto& [key, code] : {std::pair{"adoption.new_good", &c.adoption.new_good},
                                    {"adoption.old_good", &c.adoption.old_good},
                                    {"adoption.range_sector", &c.adoption.range_sector}})
        if (!code->empty()) names(key, {*code}, names.known.sectors, "sector");
    if (c.quality.qualification_least_years > c.quality.qualification_most_years)
        errors
            .add(loaded.where("quality.qualification_least_years"),
                 "quality.qualification_least_years = {} exceeds quality.qualification_most_years = {}",
                 c.quality.qualification_least_years, c.quality.qualification_most_years)
            .help("the time is drawn evenly between the two");
    for (const auto& shock : c.shocks) {
        names("shock." + shock.id + ".sectors", shock.sectors, names.known.sectors, "sector");
        if (!shock.category.empty())
            names("shock." + shock.id + ".category", {shock.category}, categories, "category of demand");
    }
    for (const PlatformRule& p : c.platform) {
        names("platform." + p.id + ".sectors", p.sectors, names.known.sectors, "sector");
        names("platform." + p.id + ".regions", p.regions, names.known.regions, "province");
    }
    for (const Programme& p : c.policies) check_programme(p, names, loaded, errors);
}

void check_places(const Config& c, const sim::scenario::Loaded& loaded, const std::vector<std::string>& regions,
                  sim::Errors& errors)
{
    for (const auto& shock : c.shocks)
        for (const auto& name : shock.regions)
            if (std::find(regions.begin(), regions.end(), name) == regions.end())
                errors.add(loaded.where("shock." + shock.id + ".regions"), "unknown province '{}'", name)
                    .help(sim::suggestion(name, regions));
    if (c.trade.qualification_last_years <= c.trade.qualification_first_years)
        errors
            .add(loaded.where("trade.qualification_last_years"),
                 "trade.qualification_last_years = {} is not after trade.qualification_first_years = {}",
                 c.trade.qualification_last_years, c.trade.qualification_first_years)
            .help("the last line of production accepts a substitute after the first");
    if (!(c.energy.net_zero_from < c.energy.net_zero_by))
        errors.add(loaded.where("energy.net_zero_by"), "energy.net_zero_by is not after energy.net_zero_from");
}

} // namespace fabrica
