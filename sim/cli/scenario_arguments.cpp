#include "sim/cli/scenario_arguments.hpp"

namespace sim::cli {
namespace {

/// A case whose scenario was read by `load(options, table)`, and checked.
template <class Load>
Prepared prepared_by(const Application& application, std::vector<std::string> overrides, const std::string& root,
                     Errors& errors, Load&& load)
{
    Prepared prepared = bind_keys(application);
    scenario::LoadOptions options;
    options.overrides = std::move(overrides);
    options.root = root;
    options.shipped = application.shipped;
    options.scheme = application.name;
    prepared.loaded = load(options, prepared.table);
    if (errors.empty()) prepared.model->check(prepared.loaded, errors, prepared.notes);
    return prepared;
}

} // namespace

void ScenarioArguments::declare(Arguments& arguments, bool is_required)
{
    arguments.positional(scenario_, "scenario", "Scenario file, or PROGRAM:NAME for a shipped one", is_required);
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
    arguments.whole_number(seed_, "--seed", 0, most_seed, "Seed of the draws; short for --set run.seed=N");
    arguments.option(root_, "--root", "DIR", "Scenario root: no file outside it is read");
}

std::string ScenarioArguments::given() const
{
    if (!scenario_.empty()) return "scenario '" + scenario_ + "'";
    if (!overrides_.empty()) return "--set";
    return seed_.empty() ? "" : "--seed";
}

Prepared ScenarioArguments::prepare(const Application& application, Errors& errors) const
{
    return prepare(application, scenario_, errors);
}

Prepared ScenarioArguments::prepare(const Application& application, const std::string& scenario, Errors& errors) const
{
    auto overrides = overrides_;
    if (!seed_.empty()) overrides.push_back("run.seed=" + seed_);
    return prepare_scenario(application, scenario, std::move(overrides), root_, errors);
}

std::string ScenarioArguments::overrides_text() const
{
    std::string text;
    for (const std::string& change : overrides_) text += (text.empty() ? "--set " : " --set ") + change;
    if (!seed_.empty()) text += (text.empty() ? "--seed " : " --seed ") + seed_;
    return text;
}

Prepared bind_keys(const Application& application)
{
    Prepared prepared{application.make_case()};
    prepared.model->bind(prepared.table);
    return prepared;
}

Prepared prepare_scenario(const Application& application, const std::string& scenario,
                          std::vector<std::string> overrides, const std::string& root, Errors& errors)
{
    return prepared_by(application, std::move(overrides), root, errors, [&](const auto& options, const auto& table) {
        return scenario::load(scenario, options, table, errors);
    });
}

Prepared prepare_text(const Application& application, const std::string& name, const std::string& text,
                      std::vector<std::string> overrides, const std::string& root, Errors& errors)
{
    return prepared_by(application, std::move(overrides), root, errors, [&](const auto& options, const auto& table) {
        return scenario::load_text(name, text, root, options, table, errors);
    });
}

} // namespace sim::cli
