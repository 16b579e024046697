#include "sim/cli/scenario_arguments.hpp"

namespace sim::cli {

void ScenarioArguments::declare(Arguments& arguments)
{
    arguments.positional(scenario_, "scenario", "Scenario file, or PROGRAM:NAME for a shipped one");
    declare_rest(arguments);
}

void ScenarioArguments::declare_options(Arguments& arguments)
{
    arguments.option(scenario_, "--scenario", "SCENARIO", "Scenario file, or PROGRAM:NAME for a shipped one");
    declare_rest(arguments);
}

void ScenarioArguments::set_default(const std::string& scenario)
{
    if (scenario_.empty()) scenario_ = scenario;
}

void ScenarioArguments::declare_rest(Arguments& arguments)
{
    arguments.repeated(overrides_, "--set", "KEY=VALUE", "Override a key of the scenario; may be repeated");
    arguments.option(seed_, "--seed", "N", "Seed of the draws; short for --set run.seed=N");
    arguments.option(root_, "--root", "DIR", "Scenario root: no file outside it is read");
}

Prepared ScenarioArguments::prepare(const Application& application, Errors& errors) const
{
    Prepared prepared{application.make_case()};
    prepared.model->bind(prepared.table);
    scenario::LoadOptions options;
    options.overrides = overrides_;
    if (!seed_.empty()) options.overrides.push_back("run.seed=" + seed_);
    options.root = root_;
    options.shipped = application.shipped;
    options.scheme = application.name;
    prepared.loaded = scenario::load(scenario_, options, prepared.table, errors);
    if (errors.empty()) prepared.model->check(prepared.loaded, errors, prepared.notes);
    return prepared;
}

} // namespace sim::cli
