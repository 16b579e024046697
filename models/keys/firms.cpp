// Keys of the firms: how many there are, how they begin and end, and what sets the state's apart.
#include "models/keys/keys.hpp"

#include "models/config.hpp"
#include "sim/scenario/key_table.hpp"

namespace fabrica {

using sim::scenario::KeyTable;
using sim::scenario::Range;

void population_keys(KeyTable& t, Config& c)
{
    auto& p = c.population;
    t.section("population", "The firms of the first day.");
    t.number(p.spin_up_years, "population.spin_up_years", 3, {0, 20}, "year",
             "Years run before the start, unrecorded, without shocks; whole years.");
    t.integer(p.minimum_firms, "population.minimum_firms", 40, {1, 1e6}, "firm",
              "Least number of simulated firms in a sector (or all its firms, if fewer).");
    t.number(p.firm_growth, "population.firm_growth", 0.072, {-0.2, 0.3}, "1/year",
             "Growth of the number of firms before the start.", "industrial units 2013-18, censuses 3 and 4");
    t.number(p.employment_exponent, "population.employment_exponent", 0.60, {0.3, 1.2}, "1",
             "Elasticity of staff to output over firms.",
             "fitted to the number of large firms (1,000 persons and 400 m yuan)");
    t.number(
        p.most_assets, "population.most_assets", 1.2, Range::above(0, 10), "year",
        "Most assets of a sector over its revenue. What aerospace, ships and others hold beyond is paid by customers "
        "in advance, bears no interest and earns nothing: it is left out on both sides.",
        "assumed: manufacturing has 0.97");
    t.number(p.capacity_log_sd, "population.capacity_log_sd", 0.22, {0, 1}, "1",
             "S.d. of the logarithm of a firm's capacity on the first day, about what it aims at.",
             "fitted: investment of the first years without a hole");
    t.number(
        p.first_stock, "population.first_stock", 0.85, {0, 2}, "1",
        "Finished goods of firms and wholesalers on the first day, over what they aim at: lumpy orders keep stocks "
        "below it.",
        "measured: where stocks settle");
    t.number(p.largest_share, "population.largest_share", 0.05, {0.001, 1}, "1",
             "Largest share of a firm in its sector's output.");
    t.number(p.efficiency_sd, "population.efficiency_sd", 0.045, {0, 0.5}, "1",
             "S.d. over firms of overhead as a share of revenue.", "fitted to deaths and zombies");
}

void state_keys(KeyTable& t, Config& c)
{
    auto& p = c.state_firms;
    t.section("state_firms", "What makes a state firm differ from a private one (E13); bail-outs (E14).");
    t.number(p.output_weight, "state_firms.output_weight", 0.01, {0, 1}, "1",
             "Weight of revenue in a state firm's objective (wQ).", "assumed");
    t.number(p.jobs_weight, "state_firms.jobs_weight", 0.1, {0, 1}, "1", "Weight of the wage bill (wL).", "assumed");
    t.number(p.capacity_margin, "state_firms.capacity_margin", 0.05, {0, 1}, "1",
             "Capacity that state firms hold beyond a private firm's.");
    t.number(p.efficiency_gap, "state_firms.efficiency_gap", 0.008, {-0.2, 0.5}, "1",
             "Extra overhead of state firms, share of revenue.", "fitted to profit over cost by ownership");
    t.flag(p.hard_budget, "state_firms.hard_budget", false, "No bail-outs, of any ownership.");
    t.number(p.bail_out_size, "state_firms.bail_out_size", 0.4, {-5, 5}, "1",
             "ln of employees over their mean, in the logit of a bail-out (b2); its constants are in ownership.csv.");
    t.number(
        p.bail_out_budget, "state_firms.bail_out_budget", 0.1, Range::above(0, 10), "1",
        "Part of a year's production tax that a province can spend on bail-outs; fiscal room is what is left of it.",
        "assumed");
    t.number(p.bail_out_room, "state_firms.bail_out_room", 1, {-10, 10}, "1", "Fiscal room of the province (b3).");
}

void exit_keys(KeyTable& t, Config& c)
{
    auto& p = c.exit;
    t.section("exit", "How firms end (E15).");
    t.number(p.hazard_scale, "exit.hazard_scale", 1, {0, 5}, "1",
             "Factor on the exogenous hazard: the observed one less what firms decide themselves (hazard_by_age.csv).");
    t.number(p.size_exponent, "exit.size_exponent", -0.12, {-2, 2}, "1", "Hazard x (employees / 10)^this.");
    t.number(p.profit_slope, "exit.profit_slope", 2.5, {0, 50}, "1", "Fall of the hazard with the return on assets.");
    t.number(p.state_factor, "exit.state_factor", 0.4, {0, 5}, "1", "Factor on the hazard of state firms.");
    t.integer(p.insolvency_quarters, "exit.insolvency_quarters", 3, {1, 40}, "quarter",
              "Quarters in a row with negative cash or equity before insolvency.");
    t.number(p.scrap_value, "exit.scrap_value", 0.13, {0, 1}, "1",
             "Part of machines' resale value that owners can take out.");
    t.number(
        p.own_weight, "exit.own_weight", 0.25, {0, 1}, "1",
        "Weight of a firm's own profit of the last year in what its owners expect; the rest is the sector's return.",
        "fitted to the share of firms that live on in losses");
    t.number(p.option_rate, "exit.option_rate", 0.08, Range::above(0, 1), "1/year", "Rate at which owners discount.");
    t.number(p.largest_closure, "exit.largest_closure", 1, Range::above(0, 1), "1",
             "Most of its sector's assets that closes at once: a firm of at least twice as much closes a plant of this "
             "size, and lives on with the rest.");
    t.number(p.closed_share, "exit.closed_share", 0.2, {0, 1}, "1",
             "Part of its plants that such a firm closes in a year when closing pays; at least one.", "assumed");
    t.number(p.scrapped_stock, "exit.scrapped_stock", 0.2, {0, 1}, "1",
             "Part of a closed firm's goods that nobody takes; the rest goes to wholesalers at the market price.",
             "assumed: half-made, spoiled or made to order");
}

void entry_keys(KeyTable& t, Config& c)
{
    auto& p = c.entry;
    t.section("entry", "How firms begin (E16).");
    t.number(p.rate, "entry.rate", 0.1245, {0, 2}, "1/year",
             "Entrants per firm and year at normal demand and return (e0).",
             "unit growth plus deaths 2018-23: 10-12 %");
    t.number(p.demand_exponent, "entry.demand_exponent", 1.0, {0, 10}, "1",
             "Elasticity of entry to demand per firm (kappa).");
    t.number(p.profit_exponent, "entry.profit_exponent", 5, {0, 100}, "1",
             "Semi-elasticity to the sector's return on assets (eta).");
    t.number(p.growth_exponent, "entry.growth_exponent", 8, {0, 100}, "year",
             "Semi-elasticity to the growth that the sector expects, against investment.growth (xi).",
             "units grew 7.4 % a year in 2013-18 and 4.4 % in 2018-23 (censuses)");
    t.number(p.required_return, "entry.required_return", 0.045, {-0.5, 0.5}, "1",
             "Return on assets at which entry is normal.");
    t.number(p.median_employees, "entry.median_employees", 6, {0.5, 1000}, "person", "Median staff of an entrant.",
             "model design: 5-8");
    t.number(p.log_sd, "entry.log_sd", 1.3, {0, 3}, "1", "S.d. of log staff of entrants.");
    t.number(p.largest_employees, "entry.largest_employees", 300, Range::above(0, 1e6), "person",
             "Most staff of an entrant: nobody is founded as a large firm.", "assumed: the limit of small firms");
    t.number(p.productivity_gap, "entry.productivity_gap", 0.10, {0, 0.9}, "1",
             "Entrants' output per worker below incumbents' of their size.");
    t.number(p.share_start, "entry.share_start", 0.5, {0, 1}, "1",
             "Part of its planned sales that an entrant starts with.");
    t.number(p.least_incumbents, "entry.least_incumbents", 0.1, {0, 1}, "1",
             "Founders come as if there were at least this part of the first day's firms: a sector that died out "
             "begins anew.",
             "assumed");
}

} // namespace fabrica
