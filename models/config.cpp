#include "models/config.hpp"

#include "models/keys/keys.hpp"
#include "sim/scenario/key_table.hpp"
#include "sim/scenario/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace fabrica {

void describe_keys(sim::scenario::KeyTable& table, Config& config)
{
    bind_run_settings(table, config.run);
    for (const auto section : {nation_keys, population_keys, production_keys, supplier_keys, price_keys, market_keys,
                               investment_keys, credit_keys, labour_keys, state_keys, exit_keys, entry_keys, trade_keys,
                               energy_keys, switch_keys, guard_keys, shock_keys})
        section(table, config);
}

namespace {

void check_names(const std::vector<std::string>& names, const std::vector<std::string>& known,
                 const sim::Position& where, sim::Errors& errors)
{
    for (const auto& name : names)
        if (std::find(known.begin(), known.end(), name) == known.end())
            errors.add(where, "unknown sector '{}'", name).help(sim::suggestion(name, known));
}

} // namespace

void check_config(const Config& c, const sim::scenario::Loaded& loaded, const std::vector<std::string>& sectors,
                  const std::vector<std::string>& categories, sim::Errors& errors)
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
    check_names(c.prices.commodity_sectors, sectors, loaded.where("prices.commodity_sectors"), errors);
    for (const auto& shock : c.shocks) {
        check_names(shock.sectors, sectors, loaded.where("shock." + shock.id + ".sectors"), errors);
        if (!shock.category.empty() &&
            std::find(categories.begin(), categories.end(), shock.category) == categories.end())
            errors
                .add(loaded.where("shock." + shock.id + ".category"), "unknown category of demand '{}'", shock.category)
                .help(sim::suggestion(shock.category, categories));
    }
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
