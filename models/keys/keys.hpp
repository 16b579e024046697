// The sections of the key table, each in the file of its subject. The order in which they are bound (config.cpp) is the order of the pages.
#pragma once

namespace sim::scenario {
class KeyTable;
}

namespace fabrica {

struct Config;

// firms.cpp
void population_keys(sim::scenario::KeyTable& t, Config& c);
void state_keys(sim::scenario::KeyTable& t, Config& c);
void exit_keys(sim::scenario::KeyTable& t, Config& c);
void entry_keys(sim::scenario::KeyTable& t, Config& c);

// goods.cpp
void production_keys(sim::scenario::KeyTable& t, Config& c);
void supplier_keys(sim::scenario::KeyTable& t, Config& c);
void price_keys(sim::scenario::KeyTable& t, Config& c);
void market_keys(sim::scenario::KeyTable& t, Config& c);

// means.cpp
void investment_keys(sim::scenario::KeyTable& t, Config& c);
void credit_keys(sim::scenario::KeyTable& t, Config& c);
void labour_keys(sim::scenario::KeyTable& t, Config& c);

// world.cpp
void trade_keys(sim::scenario::KeyTable& t, Config& c);
void energy_keys(sim::scenario::KeyTable& t, Config& c);

// shocks.cpp
void shock_keys(sim::scenario::KeyTable& t, Config& c);
// technology.cpp
void research_keys(sim::scenario::KeyTable& t, Config& c);
void upgrading_keys(sim::scenario::KeyTable& t, Config& c);
void quality_keys(sim::scenario::KeyTable& t, Config& c);
void learning_keys(sim::scenario::KeyTable& t, Config& c);
void adoption_keys(sim::scenario::KeyTable& t, Config& c);
// platforms.cpp
void platform_demand_keys(sim::scenario::KeyTable& t, Config& c);
void platforms_keys(sim::scenario::KeyTable& t, Config& c);
void platform_keys(sim::scenario::KeyTable& t, Config& c);

// run.cpp
void nation_keys(sim::scenario::KeyTable& t, Config& c);
void switch_keys(sim::scenario::KeyTable& t, Config& c);
void guard_keys(sim::scenario::KeyTable& t, Config& c);

// policy.cpp
void policy_keys(sim::scenario::KeyTable& t, Config& c);

} // namespace fabrica
