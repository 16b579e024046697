// Keys of a run: the nation's data, what is switched off, what stops it.
#include "models/keys/keys.hpp"

#include "models/config.hpp"
#include "sim/scenario/key_table.hpp"

namespace fabrica {

using sim::scenario::KeyTable;
using sim::scenario::Range;

void nation_keys(KeyTable& t, Config& c)
{
    auto& p = c.nation;
    t.section("nation", "The nation's data.");
    t.folder(p.folder, "nation.folder", "data/china", "Folder of the nation's tables.");
    t.choice(p.demand_scenario, "nation.demand_scenario", "central", {"central", "low", "high"},
             "Path of demand after the observed years.");
}

void switch_keys(KeyTable& t, Config& c)
{
    auto& p = c.switches;
    t.section("switches", "Parts of the model that tests and studies turn off.");
    t.flag(p.growth, "switches.growth", true, "Trends of demand, productivity, wages and expectations.");
    t.flag(p.entry, "switches.entry", true, "Entry of firms.");
    t.flag(p.exit, "switches.exit", true, "Exit of firms.");
    t.flag(p.rotation, "switches.rotation", true,
           "One order a month to one supplier of each input; off: an order to each.");
    t.flag(p.lumpy_investment, "switches.lumpy_investment", true,
           "Investment in projects; off: machines are maintained continuously.");
    t.flag(p.shocks, "switches.shocks", true, "The shocks of the scenario.");
    t.flag(p.supplier_review, "switches.supplier_review", true, "Voluntary change of suppliers.");
    t.flag(p.appeal, "switches.appeal", true, "Yearly shocks to firms' appeal and efficiency.");
    t.flag(p.markup, "switches.markup", true, "Markups that follow market shares.");
    t.flag(p.lumpy_orders, "switches.lumpy_orders", false,
           "Small firms' orders that come whole, and the cost of their small runs (platform_demand).");
    t.flag(p.platforms, "switches.platforms", true, "The platforms of the scenario.");
    t.flag(p.rivals, "switches.rivals", false,
           "Our unit labour cost against that of low-cost rivals moves exports and foreign-owned firms.");
    t.flag(p.skills, "switches.skills", false,
           "A lack of skilled people slows upgrading, and the hiring of firms that need them.");
    t.flag(p.policies, "switches.policies", true, "The programmes of the scenario.");
    t.flag(p.technology, "switches.technology", false,
           "Research, upgrading, quality, qualification, learning (E17-E21).");
}

void guard_keys(KeyTable& t, Config& c)
{
    auto& p = c.guards;
    t.section("guards", "Conditions that stop a run with a message.");
    t.number(p.unmet_demand_share, "guards.unmet_demand_share", 0.2, {0, 1}, "1",
             "Most final demand that may go unmet in a quarter.");
    t.number(p.sector_hhi, "guards.sector_hhi", 0.3, Range::above(0, 1), "1",
             "Highest Herfindahl index of sales in a sector that begins with at least 200 simulated firms.",
             "prototype: a market that one firm takes over has left the model's range");
    t.number(p.sector_price, "guards.sector_price", 20, Range::above(1, 1e6), "1",
             "Most times by which the price of a sector may rise, or fall, from the first day's.",
             "assumed: a market that nobody serves has left the model's range");
    t.number(p.open_order_months, "guards.open_order_months", 3, Range::above(0, 1000), "month",
             "Longest time that an order may stay open at its seller, of thirty days each.",
             "prototype: orders that never end amplify every shortage");
    t.integer(p.planted_leak_day, "guards.planted_leak_day", -1, {-1, 1e6}, "day",
              "Adds a fen to some firms' cash on this day, counted from the start of the spin-up, to see that the "
              "audit finds it; -1: never.");
}

} // namespace fabrica
