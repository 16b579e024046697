// Keys of a run: the nation's data, what is switched off, what stops it, and its shocks.
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
    t.number(p.open_order_months, "guards.open_order_months", 3, Range::above(0, 1000), "month",
             "Longest time that an order may stay open at its seller, of thirty days each.",
             "prototype: orders that never end amplify every shortage");
    t.integer(p.planted_leak_day, "guards.planted_leak_day", -1, {-1, 1e6}, "day",
              "Adds a fen to some firms' cash on this day, counted from the start of the spin-up, to see that the "
              "audit finds it; -1: never.");
}

void shock_keys(KeyTable& t, Config& c)
{
    t.list<Shock>(
        c.shocks, "shock", "A dated disturbance.",
        [](KeyTable& row, Shock& shock) {
            row.date(shock.from, "from", {2015, 1, 1}, "First day.").required().begins();
            row.date(shock.to, "to", {2015, 1, 1}, "First day after it.").required().ends();
            row.number(shock.size, "size", 0, {-1, 10}, "1",
                       "Relative change while it lasts, -0.1 for ten per cent less.")
                .required();
            row.flag(
                shock.in_demand_paths, "in_demand_paths", false,
                "A price shock of the past: what it did to the quantities of final demand is in their paths already.");
            row.names(shock.sectors, "sectors", {}, "Sectors hit; all when left out.");
            row.text(
                shock.category, "category", "",
                "Category of final demand, or outside sector of an outside_price, that is hit; all when left out.");
            row.check([&shock](sim::scenario::Check& check) {
                if (!(shock.from < shock.to))
                    check.error("to", "the shock ends before it begins").help("`to` is the first day after it");
                if (shock.kind == "outside_price" && !shock.sectors.empty())
                    check.error("sectors", "a shock of kind outside_price hits no manufacturing sectors")
                        .help("name the outside sector as `category`, or leave both out for all");
                const bool has_categories = shock.kind == "final_demand" || shock.kind == "exports" ||
                                            shock.kind == "outside_demand" || shock.kind == "outside_price";
                if (!shock.category.empty() && !has_categories)
                    check.error("category", "a shock of kind {} has no category", shock.kind)
                        .help("leave `category` out; `sectors` limits the shock to some sectors");
                const bool is_price = shock.kind.ends_with("_price");
                if (shock.in_demand_paths && !is_price)
                    check.error("in_demand_paths", "only shocks to prices can be in the paths of demand");
            });
        },
        {"final_demand", "exports", "outside_demand", "supply", "import_price", "world_price", "outside_price"});
}

} // namespace fabrica
