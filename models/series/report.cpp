#include "models/series/report.hpp"

namespace fabrica {

using sim::report::Description;
using sim::report::Section;

namespace {

Section production()
{
    return {
        "Production",
        {{.title = "Output at prices of 2015",
          .series = "output",
          .meaning = "Goods made, valued at the prices of 2015.",
          .by = {"output_by_region"}},
         {.title = "Use of capacity",
          .series = "utilisation",
          .unit = "%",
          .by = {"capacity_utilisation", "utilisation_by_size"}},
         {.title = "Use of capacity, firms above scale",
          .series = "capacity_utilisation_above_scale",
          .unit = "%",
          .weight = "capacity",
          .meaning = "Output over capacity of firms with revenue of at least 20 m yuan; sectors weighted by capacity."},
         {.title = "Producer prices",
          .series = "price_index",
          .weight = "output",
          .meaning = "Index of the sectors, 1 at the start of the spin-up, weighted by output."},
         {.title = "Investment", .series = "investment"}}};
}

Section firms()
{
    return {"Firms",
            {{.title = "Firms",
              .series = "firms",
              .unit = "firms",
              .meaning = "Real firms alive.",
              .by = {"firms_by_size"}},
             {.title = "Firms above scale",
              .series = "firms_above_scale",
              .unit = "firms",
              .by = {"firms_above_scale_by_level"}},
             {.title = "Entrants", .series = "entries", .unit = "firms", .meaning = "Real firms that entered."},
             {.title = "Exits",
              .series = "exits",
              .unit = "firms",
              .meaning = "Real firms that closed, failed or gave up."},
             {.title = "Zombie firms",
              .series = "zombies",
              .unit = "%",
              .over = "firms",
              .meaning = "Part of all firms that did not earn their interest for three years in a row."},
             {.title = "Sales of small and medium firms", .series = "sme_sales_share", .unit = "%"}}};
}

Section jobs()
{
    return {"Jobs and pay",
            {{.title = "Employment",
              .series = "employment",
              .unit = "jobs",
              .meaning = "Persons employed in manufacturing.",
              .by = {"employment_by_region"}},
             {.title = "Unemployment",
              .series = "unemployment",
              .unit = "%",
              .meaning = "Of the labour force of manufacturing."},
             {.title = "Wages", .series = "wages"}}};
}

Section money_of_firms()
{
    return {"Profit and debt",
            {{.title = "Revenue", .series = "revenue"},
             {.title = "Profit before tax", .series = "profit", .by = {"profit_by_size"}},
             {.title = "Profit over revenue, firms above scale",
              .series = "profit_above_scale",
              .unit = "%",
              .over = "revenue_above_scale",
              .meaning = "Profit before tax over revenue, firms with revenue of at least 20 m yuan."},
             {.title = "Debt over assets",
              .series = "liabilities",
              .unit = "%",
              .over = "assets",
              .meaning = "Liabilities over assets of all firms."},
             {.title = "Bank loans", .series = "loans"},
             {.title = "Loans written off", .series = "bad_loans"}}};
}

Section technology()
{
    return {"Technology",
            {{.title = "Research and development", .series = "research", .meaning = "What firms pay for it."},
             {.title = "Research over revenue",
              .series = "research",
              .unit = "%",
              .over = "revenue",
              .meaning = "What firms pay for research over their revenue."}}};
}

Section abroad_and_energy()
{
    return {
        "Trade, energy and climate",
        {{.title = "Exports", .series = "exports"},
         {.title = "Imports", .series = "imports"},
         {.title = "Made at home",
          .series = "self_sufficiency",
          .unit = "%",
          .weight = "final_demand",
          .meaning = "Home sales over home sales plus imports, exports left out; sectors weighted by final demand."},
         {.title = "Energy",
          .series = "energy",
          .meaning = "Tonnes of coal equivalent that firms used.",
          .by = {"energy_by_level"}},
         {.title = "CO2", .series = "emissions", .unit = "t CO2", .meaning = "From fuels, power used and processes."}}};
}

} // namespace

Description report_description()
{
    Description d;
    d.sections = {production(), firms(), jobs(), money_of_firms(), technology(), abroad_and_energy()};
    d.money = {.axis = "policy",
               .stages = {{"Announced", "policy_asked"},
                          {"Budgeted", "policy_budget"},
                          {"Granted", "policy_granted"},
                          {"Disbursed", "disbursed"}},
               .splits = {{"Recipient", "disbursed_by_recipient"},
                          {"Size of firm", "disbursed_by_size"},
                          {"Sector", "disbursed_by_sector"},
                          {"Province", "disbursed_by_region"}}};
    d.axes = {{"sector", "sector"},
              {"region", "province"},
              {"ownership", "ownership"},
              {"size_class", "size of firm"},
              {"maturity", "level of technology"},
              {"exit_cause", "cause of exit"}};
    d.units = {{"fen", "CNY", 0.01},
               {"milliunit", "CNY of 2015", 0.001},
               {"milliunit day-1", "CNY of 2015 a day", 0.001},
               {"g", "t of coal", 1e-6}};
    return d;
}

} // namespace fabrica
