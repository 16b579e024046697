// Keys of what lies outside the factories: trade with the world, energy and CO2.
#include "models/keys/keys.hpp"

#include "models/config.hpp"
#include "sim/scenario/key_table.hpp"

namespace fabrica {

using sim::scenario::KeyTable;
using sim::scenario::Range;

namespace {

void export_keys(KeyTable& t, Config& c)
{
    auto& p = c.trade;
    t.number(p.export_elasticity, "trade.export_elasticity", 2.5, Range::above(0, 20), "1",
             "Elasticity of a partner's purchases to its tariff on our goods.",
             "Fajgelbaum and others 2020, recalled: 2.5 between varieties");
    t.number(p.export_adjustment_months, "trade.export_adjustment_months", 6, Range::above(0, 240), "month",
             "Time in which two thirds of the answer of foreign buyers to tariffs and rivals have come.", "assumed");
    t.number(p.diverted_share, "trade.diverted_share", 0.4, {0, 1}, "1",
             "Part of the exports lost to one partner's tariff that partners without one take up.",
             "assumed: to sweep");
    t.number(p.rival_share, "trade.rival_share", 0.3, {0, 1}, "1", "Part of exports in which low-cost nations compete.",
             "assumed");
    t.number(p.rival_labour_cost_growth, "trade.rival_labour_cost_growth", 0, {-0.2, 0.5}, "1/year",
             "Growth of rivals' unit labour cost; counts with switches.rivals.", "assumed");
    t.number(p.relocation, "trade.relocation", 1, {0, 20}, "1",
             "Semi-elasticity of foreign-owned firms' entry and survival to unit cost and partners' tariffs.",
             "assumed");
    t.number(p.world_growth, "trade.world_growth", 0.03, {-0.1, 0.2}, "1/year",
             "Growth of the world market that our share is measured in.", "world goods trade 2015-24, recalled: 2-3 %");
    t.flag(
        p.paths_without_tariffs, "trade.paths_without_tariffs", false,
        "Exports follow the paths as if no tariff had been, where the data have them: for scenarios that set partners' "
        "tariffs themselves.");
}

void control_keys(KeyTable& t, Config& c)
{
    auto& p = c.trade;
    t.number(p.licence_premium, "trade.licence_premium", 0.3, {0, 10}, "1",
             "What goods under a soft control cost more.", "assumed");
    t.number(p.critical_coefficient, "trade.critical_coefficient", 0.01, {0, 1}, "1",
             "Least coefficient from which an input under control limits what a sector can make.", "assumed");
    t.number(p.stockpile_days, "trade.stockpile_days", 90, {0, 1000}, "day",
             "Stock of critical imports that importers aim at when a control has been announced, in days of use.",
             "assumed");
    t.number(p.reserve_days, "trade.reserve_days", 0, {0, 1000}, "day",
             "Stock of critical imports that they always hold, in days of use.");
    t.number(p.reserve_adjustment_days, "trade.reserve_adjustment_days", 60, {1, 1000}, "day",
             "Time over which a gap of that stock is closed.", "assumed");
    t.number(p.most_restock, "trade.most_restock", 1, {0, 10}, "1",
             "Most that goes into that stock in a day, in days of use.",
             "assumed: foreigners can sell twice the usual");
    t.number(p.qualification_first_years, "trade.qualification_first_years", 5, {0, 50}, "year",
             "Years of tests until the first line of production accepts a home substitute.",
             "model design: 5-10 years (car parts, read)");
    t.number(p.qualification_last_years, "trade.qualification_last_years", 10, Range::above(0, 50), "year",
             "The same until the last line does.", "model design: 5-10 years (car parts, read)");
    t.number(
        p.substitute_quality, "trade.substitute_quality", 0.4, {0, 1}, "1",
        "Quality of home substitutes at first, over the foreign part's: the part of lines they are good enough for.",
        "assumed");
    t.number(p.substitute_learning, "trade.substitute_learning", 0.15, {0, 1}, "1/year",
             "Part of what their quality lacks that is gained in a year under a control.", "assumed");
    t.number(p.substitute_kept, "trade.substitute_kept", 0.5, {0, 1}, "1",
             "Part of qualified substitutes that stays in use when the foreign part is to be had again.", "assumed");
    t.number(p.world_demand_elasticity, "trade.world_demand_elasticity", 0.6, Range::above(0, 10), "1",
             "Elasticity of world demand for a good that we keep back.", "assumed: short run");
    t.number(p.foreign_replacement, "trade.foreign_replacement", 0.7, {0, 1}, "1",
             "Part of what we keep back that others come to make themselves.",
             "assumed: rare earths after 2010, share of mining from above 90 to 60-70 %");
    t.number(p.foreign_build_years, "trade.foreign_build_years", 5, Range::above(0, 100), "year",
             "Time in which two thirds of that are built.", "assumed");
    t.number(p.foreign_return_years, "trade.foreign_return_years", 15, Range::above(0, 100), "year",
             "Time in which two thirds of it are gone again when we keep nothing back.", "assumed");
}

} // namespace

void trade_keys(KeyTable& t, Config& c)
{
    auto& p = c.trade;
    t.section("trade", "Imports, exports, tariffs, controls, rivals (E7, E27).");
    t.number(p.import_elasticity, "trade.import_elasticity", 2, {0, 20}, "1",
             "Elasticity between home and imported goods (sigma).", "model design: 2-5");
    t.number(p.critical_elasticity, "trade.critical_elasticity", 0.1, {0, 20}, "1",
             "The same of critical imports against all else (sigma_c), in the short run.", "assumed: near 0");
    t.number(p.origin_elasticity, "trade.origin_elasticity", 3, {0, 20}, "1",
             "The same between imports of different origins, where tariffs differ.", "assumed: 2.5-4");
    t.number(p.shortage_days, "trade.shortage_days", 3, {0, 6}, "day",
             "Days of producers' use up to which wholesalers fill a stock that home makers leave short from abroad; "
             "final users at "
             "home then import what they miss. 0: nobody does.",
             "assumed: the stock from which producers get all they ask; imports in a shortage as in Hallegatte 2008 "
             "(ARIO), recalled");
    export_keys(t, c);
    control_keys(t, c);
}

void energy_keys(KeyTable& t, Config& c)
{
    auto& p = c.energy;
    t.section("energy", "Energy and CO2 (E29).");
    t.series(p.carbon_price, "energy.carbon_price", "price", 0, {0, 1e6}, "CNY/t",
             "Levy on CO2, paid to the treasury.");
    t.series(p.cap, "energy.cap", "cap", 0, {0, 1e6}, "Mt/year",
             "Most CO2 that firms may emit; permits are shared by usual output. 0: no cap.");
    t.number(p.efficiency_growth, "energy.efficiency_growth", 0.03, Range::below(-0.2, 0.5), "1/year",
             "Yearly fall of energy per unit at each maturity level.",
             "plan of 2015: 18 % in five years, upgrading included (recalled)");
    t.number(p.co2_decline, "energy.co2_decline", 0.01, Range::below(-0.2, 0.5), "1/year",
             "Yearly fall of CO2 per energy.", "assumed");
    t.flag(p.net_zero, "energy.net_zero", false,
           "A cap that falls in a straight line from energy.net_zero_from to net zero.");
    t.date(p.net_zero_from, "energy.net_zero_from", {2030, 1, 1}, "When that path begins.",
           "announced peak of emissions, 2030");
    t.date(p.net_zero_by, "energy.net_zero_by", {2060, 1, 1}, "When it ends.", "announced 2020-09-22");
    t.number(p.net_zero_residual, "energy.net_zero_residual", 0.1, {0, 1}, "1",
             "Part of emissions that sinks take up in the end.", "assumed");
}

} // namespace fabrica
