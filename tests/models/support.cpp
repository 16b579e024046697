#include "tests/models/support.hpp"

#include "models/first_day/first_day.hpp"
#include "sim/scenario/load.hpp"

#include <algorithm>
#include <cmath>

namespace fabrica::bench {

Scenario load(const std::string& name, std::vector<std::string> overrides)
{
    Scenario scenario;
    sim::scenario::KeyTable table;
    describe_keys(table, scenario.config);
    sim::Errors errors;
    const auto loaded = sim::scenario::load(
        "fabrica:" + name, {.overrides = std::move(overrides), .root = {}, .shipped = SHIPPED_SCENARIOS}, table,
        errors);
    if (!errors.empty()) throw sim::InvalidInput(errors);
    std::vector<std::string> files;
    scenario.nation = read_nation(scenario.config.nation.folder, scenario.config.nation.demand_scenario, files, errors);
    check_config(scenario.config, loaded, scenario.nation, errors);
    check_places(scenario.config, loaded, scenario.nation.region_codes(), errors);
    if (!errors.empty()) throw sim::InvalidInput(errors);
    return scenario;
}

std::vector<std::string> at_rest(std::vector<std::string> more)
{
    std::vector<std::string> all{"run.calendar=\"360_day\""};
    for (const char* name : {"growth", "entry", "exit", "rotation", "lumpy_investment", "shocks", "supplier_review",
                             "appeal", "markup", "technology"})
        all.push_back(std::string("switches.") + name + "=false");
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

namespace {

sim::EngineOptions engine_options(const Config& config, const Threads& how)
{
    sim::EngineOptions options;
    options.seed = static_cast<std::uint32_t>(config.run.seed);
    options.threads = how.count, options.block_size = how.block_size, options.backend = how.backend;
    options.alone_below_us = 0; // every window by all threads, however little there is to do
    return options;
}

} // namespace

Run::Run(Scenario s, Threads how)
    : scenario(std::move(s)), world(scenario.config, scenario.nation, how.count), model(world),
      engine(model, engine_options(scenario.config, how))
{
    sim::Errors errors;
    build_first_day(world, engine, errors, {});
    if (!errors.empty()) throw sim::InvalidInput(errors);
    world.on_month = [this](const Barrier& barrier) { months.push_back(month_of(barrier)); };
}

Run& Run::days(sim::Window count)
{
    engine.run(count);
    return *this;
}

Run& Run::years(int count)
{
    const sim::Date start = world.calendar.date(engine.window());
    return days(world.calendar.window({start.year + count, start.month, start.day}) - engine.window());
}

void Run::each_firm(const std::function<void(const Firm&)>& see) const { engine.each_agent(see); }

double Run::total(Measure m, int sector) const
{
    double sum = 0;
    for (int o = 0; o < ownership_count; ++o)
        sum += static_cast<double>(world.month[world.statistics.cell(m, sector, static_cast<Ownership>(o))]);
    return sum;
}

Month Run::month_of(const Barrier& barrier) const
{
    Month m{.window = barrier.window(),
            .is_recorded = barrier.window() >= world.recording_from,
            .bail_outs = world.monthly.bail_outs};
    for (int s = 0; s < world.S; ++s) {
        const auto at = static_cast<std::size_t>(s);
        m.output.push_back(total(Measure::output, s)), m.sales.push_back(total(Measure::sales, s));
        m.jobs.push_back(total(Measure::jobs, s)), m.price.push_back(world.sector[at].price);
        m.revenue.push_back(total(Measure::revenue, s)), m.wages.push_back(total(Measure::wages, s));
        m.debt.push_back(total(Measure::debt, s)), m.assets.push_back(total(Measure::assets, s));
        m.profit.push_back(total(Measure::profit, s)), m.investment.push_back(total(Measure::investment, s));
        m.imports.push_back(static_cast<double>(world.monthly.imports[at]));
        m.exits.push_back(0);
        for (int c = 0; c < exit_cause_count; ++c)
            m.exits.back() +=
                static_cast<double>(world.monthly.exits[at * exit_cause_count + static_cast<std::size_t>(c)]);
    }
    return m;
}

std::vector<Month> Run::recorded() const
{
    std::vector<Month> all;
    std::copy_if(months.begin(), months.end(), std::back_inserter(all), [](const Month& m) { return m.is_recorded; });
    return all;
}

double sum(const std::vector<double>& x)
{
    double total = 0;
    for (const double v : x) total += v;
    return total;
}

double largest_deviation(const std::vector<Month>& months, std::vector<double> Month::*series)
{
    double worst = 0;
    for (const Month& m : months)
        for (std::size_t s = 0; s < (m.*series).size(); ++s)
            worst = std::max(worst, std::abs((m.*series)[s] / (months.front().*series)[s] - 1));
    return worst;
}

} // namespace fabrica::bench
