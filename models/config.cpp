#include "models/config.hpp"

#include "sim/scenario/key_table.hpp"
#include "sim/scenario/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace fabrica {
namespace {

using sim::scenario::KeyTable;
using sim::scenario::Range;
using Table = KeyTable&;

void population_keys(Table t, Config& c)
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
    t.number(p.capacity_log_sd, "population.capacity_log_sd", 0.22, {0, 1}, "1",
             "S.d. of the logarithm of a firm's capacity on the first day, about what it aims at.",
             "fitted: investment of the first years without a hole");
    t.number(p.most_assets, "population.most_assets", 1.2, Range::above(0, 10), "year",
             "Most assets of a sector over its revenue. What aerospace, ships and others hold beyond is paid by customers "
             "in advance, bears no interest and earns nothing: it is left out on both sides.",
             "assumed: manufacturing has 0.97");
    t.number(p.first_stock, "population.first_stock", 0.85, {0, 2}, "1",
             "Finished goods of firms and wholesalers on the first day, over what they aim at: lumpy orders keep stocks "
             "below it.",
             "measured: where stocks settle");
    t.number(p.largest_share, "population.largest_share", 0.05, {0.001, 1}, "1",
             "Largest share of a firm in its sector's output.");
    t.number(p.efficiency_sd, "population.efficiency_sd", 0.045, {0, 0.5}, "1",
             "S.d. over firms of overhead as a share of revenue.", "fitted to deaths and zombies");
}

void production_keys(Table t, Config& c)
{
    auto& p = c.production;
    t.section("production", "Expectations, plans, inputs, capacity (E1-E4).");
    t.number(p.market_weight, "production.market_weight", 0.9, Range::above(0, 1), "1/month",
             "Weight of last month's market demand in what is expected (E1).", "by the answer to a dip: -10 to -13 %");
    t.number(p.order_weight, "production.order_weight", 0.25, Range::above(0, 1), "1/month",
             "The same for orders of linked buyers, which come in lumps.", "Poledna et al. 2023 form; prototype");
    t.number(p.slow_weight, "production.slow_weight", 0.08, Range::above(0, 1), "1/month",
             "The same for the slow average that investment uses.");
    t.number(p.inventory_months, "production.inventory_months", 0.75, {0, 6}, "month",
             "Finished stock aimed at, in months of expected demand (iota, E2).", "14-16 days of sales, NBS 2015-18");
    t.number(p.adjustment_months, "production.adjustment_months", 2.5, Range::above(0, 24), "month",
             "Time over which a gap of finished stock is closed (tau_I).");
    t.number(p.input_days, "production.input_days", 20, {1, 180}, "day",
             "Input stock aimed at, in days of use (n, E4).");
    t.number(p.input_adjustment_reviews, "production.input_adjustment_reviews", 4.5, Range::above(0, 48), "review",
             "Reviews over which a gap of input stock is closed (tau_S).");
    t.number(p.labour_slack, "production.labour_slack", 0.10, {0, 1}, "1", "Staff above what planned output needs.");
    t.number(p.overhead_scale, "production.overhead_scale", 0.55, {0, 2}, "1",
             "Part of the table's purchases of services that is overhead; the rest is profit.",
             "fitted to the profit margin of above-scale firms");
    t.number(p.depreciation, "production.depreciation", 0.08, {0, 0.5}, "1/year", "Depreciation of machines.",
             "depreciation over fixed assets of the 2015 table");
    t.number(p.usable_capacity, "production.usable_capacity", 0.98, Range::above(0, 1.2), "1",
             "Most output as a share of capacity (ubar, E3).");
    t.integer(p.delivery_days, "production.delivery_days", 2, {1, 60}, "day",
              "Shortest time from shipment to arrival.");
    t.integer(p.delivery_spread_days, "production.delivery_spread_days", 6, {0, 15}, "day",
              "Delivery takes up to so many days more, fixed by seller.");
    t.number(p.productivity_growth, "production.productivity_growth", 0.07, {-0.2, 0.3}, "1/year",
             "Trend growth of labour productivity.", "output growth less jobs, 2015-23");
}

void supplier_keys(Table t, Config& c)
{
    auto& p = c.suppliers;
    t.section("suppliers", "Links between firms (E6).");
    t.integer(p.backlog_retry_days, "suppliers.backlog_retry_days", 4, {1, 60}, "day",
              "Days until an order that could not be filled is tried again.");
    t.integer(p.backlog_tries, "suppliers.backlog_tries", 12, {1, 200}, "1",
              "Tries after which the rest of an order expires.");
    t.number(p.emergency_days, "suppliers.emergency_days", 5, {0, 60}, "day",
             "Input stock below which the wholesaler is used at once, beyond the lead time.");
    t.choice(p.rationing, "suppliers.rationing", "proportional", {"proportional", "priority"},
             "How sellers share a short stock: in proportion, or large and state buyers first.");
    t.number(p.link_capacity_share, "suppliers.link_capacity_share", 0.3, Range::above(0, 1), "1",
             "Largest part of a seller's capacity that one link may take.");
    t.number(p.review_probability, "suppliers.review_probability", 0.08, {0, 1}, "1/quarter",
             "Probability that a slot's least useful supplier is put up for competition.",
             "fitted to the sales share of small firms");
    t.number(p.price_weight, "suppliers.price_weight", 4, {0, 50}, "1",
             "Weight of ln price in the choice of a supplier (w1).");
    t.number(p.backlog_weight, "suppliers.backlog_weight", 1, {0, 50}, "1",
             "Weight of ln(1 + backlog in months) (w2).");
    t.number(p.size_weight, "suppliers.size_weight", 1.5, {0, 50}, "1",
             "Dislike of sellers that the need would crowd (c).");
    t.integer(p.candidates, "suppliers.candidates", 6, {2, 16}, "1", "Candidates drawn in a search.");
}

void price_keys(Table t, Config& c)
{
    auto& p = c.prices;
    t.section("prices", "Prices and markups (E5).");
    t.number(p.level, "prices.level", 1, Range::above(0, 1000), "1",
             "Level of all nominal values of the first day, outside and import prices included.");
    t.number(p.sector_weight, "prices.sector_weight", 0.4, {0, 1}, "1",
             "Weight of the sector's price against own cost (w).");
    t.number(p.speed, "prices.speed", 0.3, Range::above(0, 1), "1/month",
             "Part of the gap to the target price closed in a month.");
    t.number(p.commodity_speed, "prices.commodity_speed", 0.8, Range::above(0, 1), "1/month",
             "The same in commodity sectors.");
    t.number(p.commodity_weight, "prices.commodity_weight", 0.2, {0, 0.6}, "1",
             "Weight of the world price in commodity sectors.");
    t.number(p.markup_drift, "prices.markup_drift", 0.04, {0, 1}, "1",
             "Change of the markup with growth of the market share (v).", "Dosi et al. 2010, recalled");
    t.number(p.scarcity, "prices.scarcity", 0.1, {0, 2}, "1/month",
             "Growth of the markup per unit of demand that a firm cannot serve.", "assumed");
    t.number(p.markup_reversion, "prices.markup_reversion", 0.03, {0, 1}, "1/month",
             "Return of the markup to the firm's normal one.");
    t.names(p.commodity_sectors, "prices.commodity_sectors", {}, "Sectors that follow a world price.");
}

void market_keys(Table t, Config& c)
{
    auto& p = c.market;
    t.section("market", "The sector's market: shares and wholesalers (E6).");
    t.number(p.price_elasticity, "market.price_elasticity", 4, {0, 50}, "1",
             "Elasticity of a firm's market share to its relative price (beta).");
    t.number(p.share_speed, "market.share_speed", 0.08, {0, 1}, "1/month",
             "Part of the gap to its attraction that a share moves (rho).");
    t.number(p.fill_weight, "market.fill_weight", 1, {0, 20}, "1", "Weight of unfilled demand in attraction.");
    t.number(p.appeal_shock, "market.appeal_shock", 0.10, {0, 1}, "1/year",
             "Scale of the yearly Laplace shock to a firm's appeal.");
    t.number(p.appeal_size_exponent, "market.appeal_size_exponent", 0.1, {0, 1}, "1",
             "The shock falls with size to this power.");
    t.number(p.wholesale_days, "market.wholesale_days", 20, {1, 180}, "day",
             "Stock that wholesalers aim at, in days of sales.");
    t.number(p.wholesale_memory_days, "market.wholesale_memory_days", 300, {1, 3000}, "day",
             "Memory of the average of their sales that the stock aimed at follows.");
    t.number(p.wholesale_adjustment_days, "market.wholesale_adjustment_days", 120, {1, 1000}, "day",
             "Time over which they close a gap.");
}

void investment_keys(Table t, Config& c)
{
    auto& p = c.investment;
    t.section("investment", "Machines (E8-E10).");
    t.number(p.growth, "investment.growth", 0.06, {-0.2, 0.3}, "1/year",
             "Trend growth of output before data begin, and what firms expect at first.",
             "manufacturing value added 2016-19: 6.6 % a year");
    t.number(p.growth_memory_months, "investment.growth_memory_months", 60, {1, 1200}, "month",
             "Memory of the average of their sector's growth that firms expect to go on.");
    t.number(p.utilisation_correction, "investment.utilisation_correction", 1.04, {0.5, 2}, "1",
             "Factor on the utilisation that investment aims at: noise is a ratchet.");
    t.number(p.horizon_months, "investment.horizon_months", 12, {0, 60}, "month",
             "How far ahead demand is projected (h): gestation and half a year between reviews.");
    t.number(p.threshold_max, "investment.threshold_max", 0.51, {0, 2}, "1",
             "Upper end of the uniform threshold of the capacity gap (phi_max, E9).",
             "fitted to the share of investment spikes");
    t.number(p.gestation_small_months, "investment.gestation_small_months", 3.6, {1, 120}, "month",
             "Mean time to build, firms below investment.small_threshold.");
    t.number(p.gestation_large_months, "investment.gestation_large_months", 7.2, {1, 120}, "month",
             "Mean time to build, larger firms.");
    t.number(p.small_threshold, "investment.small_threshold", 100, {1, 1e5}, "person",
             "Employees from which a project takes longer.");
    t.number(p.maintained_share, "investment.maintained_share", 0.5, {0, 1}, "1",
             "Part of depreciation that is replaced continuously.");
    t.number(p.payback_private_years, "investment.payback_private_years", 3, Range::above(0, 50), "year",
             "Longest payback of private firms (b, E9, E10).", "recalled from Dosi et al. 2010");
    t.number(p.payback_state_years, "investment.payback_state_years", 6, Range::above(0, 50), "year",
             "Longest payback of state firms.", "assumed: about twice");
    t.number(p.resale_loss, "investment.resale_loss", 0.4, {0, 1}, "1",
             "Loss on the book value of machines that are sold.", "model design: 0.3-0.5");
    t.number(p.resale_threshold, "investment.resale_threshold", 0.2, {0, 1}, "1",
             "Least excess of capacity over what is desired at which machines are sold; a threshold like that of "
             "investment is added (E9).",
             "assumed: where nothing is maintained any more");
}

void credit_keys(Table t, Config& c)
{
    auto& p = c.credit;
    t.section("credit", "Banks, loans, trade credit, dividends, profit tax (E11, E12).");
    t.integer(p.bank_count, "credit.bank_count", 12, {1, 200}, "bank", "Number of banks.");
    t.number(p.loan_to_value, "credit.loan_to_value", 0.72, {0, 1.5}, "1",
             "Most liabilities as a share of assets that a bank lends up to.");
    t.number(p.state_loan_factor, "credit.state_loan_factor", 1.15, {0.5, 2}, "1", "Factor on it for state firms.");
    t.number(p.bank_capital_ratio, "credit.bank_capital_ratio", 0.03, Range::above(0, 1), "1",
             "Least bank capital over loans (z).", "Poledna et al. 2023");
    t.number(p.bank_capital_target, "credit.bank_capital_target", 0.08, Range::above(0, 1), "1",
             "Bank capital over loans aimed at.", "Caiani et al. 2016: 0.06-0.10");
    t.number(p.repayment, "credit.repayment", 0.05, Range::below(0, 1), "1/quarter", "Repayment of debt above target.",
             "Poledna et al. 2023");
    t.number(p.policy_rate, "credit.policy_rate", 0.035, {-0.05, 0.5}, "1/year", "Policy rate.");
    t.number(p.spread_size, "credit.spread_size", 0.015, {-0.1, 0.5}, "1/year", "Spread of firms below 300 employees.");
    t.number(p.gamma_leverage, "credit.gamma_leverage", 0.01, {0, 1}, "1/year", "Spread per unit of leverage (gamma).");
    t.number(p.payout, "credit.payout", 0.5, {0, 1}, "1/month",
             "Part of the cash above its target that is paid to owners.");
    t.number(p.cash_target, "credit.cash_target", 0.07, {0, 1}, "1", "Cash aimed at, as a share of yearly sales.");
    t.integer(p.receivable_days, "credit.receivable_days", 45, {1, 360}, "day", "Term of invoices.",
              "days sales outstanding 45.5, NBS 2018H1");
    t.number(p.profit_tax, "credit.profit_tax", 0.25, {0, 1}, "1", "Tax on yearly profit.",
             "enterprise income tax law, 25 %");
}

void labour_keys(Table t, Config& c)
{
    auto& p = c.labour;
    t.section("labour", "Jobs and wages (E22).");
    t.number(p.wage_growth, "labour.wage_growth", 0.065, {-0.2, 0.5}, "1/year",
             "Wage growth at the natural rate of unemployment.", "manufacturing wages 2015-22: 7-8 % a year");
    t.number(p.tightness, "labour.tightness", 0.3, {0, 5}, "1",
             "Extra wage growth per point of unemployment below the natural rate.");
    t.number(p.natural_rate, "labour.natural_rate", 0.05, {0, 0.5}, "1", "Natural rate of unemployment.");
    t.number(p.hire_speed, "labour.hire_speed", 0.3, Range::above(0, 1), "1/month",
             "Part of missing staff hired in a month.");
    t.number(p.fire_speed, "labour.fire_speed", 0.2, Range::above(0, 1), "1/month",
             "Part of surplus staff laid off in a month.");
    t.number(p.state_fire_speed, "labour.state_fire_speed", 0.07, Range::above(0, 1), "1/month",
             "The same in state firms.");
    t.number(p.elastic_margin, "labour.elastic_margin", 0.5, {0, 12}, "1/year",
             "Speed at which people move between manufacturing and the rest of the economy.");
}

void state_keys(Table t, Config& c)
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

void exit_keys(Table t, Config& c)
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
    t.number(p.scrapped_stock, "exit.scrapped_stock", 0.2, {0, 1}, "1",
             "Part of a closed firm's goods that nobody takes; the rest goes to wholesalers at the market price.",
             "assumed: half-made, spoiled or made to order");
    auto& e = c.entry;
    t.section("entry", "How firms begin (E16).");
    t.number(e.rate, "entry.rate", 0.1245, {0, 2}, "1/year",
             "Entrants per firm and year at normal demand and return (e0).",
             "unit growth plus deaths 2018-23: 10-12 %");
    t.number(e.demand_exponent, "entry.demand_exponent", 1.0, {0, 10}, "1",
             "Elasticity of entry to demand per firm (kappa).");
    t.number(e.profit_exponent, "entry.profit_exponent", 5, {0, 100}, "1",
             "Semi-elasticity to the sector's return on assets (eta).");
    t.number(e.growth_exponent, "entry.growth_exponent", 8, {0, 100}, "year",
             "Semi-elasticity to the growth that the sector expects, against investment.growth (xi).",
             "units grew 7.4 % a year in 2013-18 and 4.4 % in 2018-23 (censuses)");
    t.number(e.required_return, "entry.required_return", 0.045, {-0.5, 0.5}, "1",
             "Return on assets at which entry is normal.");
    t.number(e.median_employees, "entry.median_employees", 6, {0.5, 1000}, "person", "Median staff of an entrant.",
             "model design: 5-8");
    t.number(e.log_sd, "entry.log_sd", 1.3, {0, 3}, "1", "S.d. of log staff of entrants.");
    t.number(e.largest_employees, "entry.largest_employees", 300, Range::above(0, 1e6), "person",
             "Most staff of an entrant: nobody is founded as a large firm.", "assumed: the limit of small firms");
    t.number(e.productivity_gap, "entry.productivity_gap", 0.10, {0, 0.9}, "1",
             "Entrants' output per worker below incumbents' of their size.");
    t.number(e.share_start, "entry.share_start", 0.5, {0, 1}, "1",
             "Part of its planned sales that an entrant starts with.");
    t.section("trade", "Imports (E7).");
    t.number(c.trade.import_elasticity, "trade.import_elasticity", 2, {0, 20}, "1",
             "Elasticity between home and imported goods (sigma).", "model design: 2-5");
    t.number(c.trade.critical_elasticity, "trade.critical_elasticity", 0.1, {0, 20}, "1",
             "The same of critical imports against all else (sigma_c), in the short run.", "assumed: near 0");
}

void switch_keys(Table t, Config& c)
{
    auto& s = c.switches;
    t.section("switches", "Parts of the model that tests and studies turn off.");
    t.flag(s.growth, "switches.growth", true, "Trends of demand, productivity, wages and expectations.");
    t.flag(s.entry, "switches.entry", true, "Entry of firms.");
    t.flag(s.exit, "switches.exit", true, "Exit of firms.");
    t.flag(s.rotation, "switches.rotation", true,
           "One order a month to one supplier of each input; off: an order to each.");
    t.flag(s.lumpy_investment, "switches.lumpy_investment", true,
           "Investment in projects; off: machines are maintained continuously.");
    t.flag(s.shocks, "switches.shocks", true, "The shocks of the scenario.");
    t.flag(s.supplier_review, "switches.supplier_review", true, "Voluntary change of suppliers.");
    t.flag(s.appeal, "switches.appeal", true, "Yearly shocks to firms' appeal and efficiency.");
    t.flag(s.markup, "switches.markup", true, "Markups that follow market shares.");
    t.section("guards", "Conditions that stop a run with a message.");
    t.number(c.guards.unmet_demand_share, "guards.unmet_demand_share", 0.2, {0, 1}, "1",
             "Most final demand that may go unmet in a quarter.");
    t.number(c.guards.sector_hhi, "guards.sector_hhi", 0.3, Range::above(0, 1), "1",
             "Highest Herfindahl index of sales in a sector of at least 200 simulated firms.",
             "prototype: a market that one firm takes over has left the model's range");
    t.number(c.guards.open_order_months, "guards.open_order_months", 3, Range::above(0, 1000), "month",
             "Longest time that an order may stay open at its seller, of thirty days each.",
             "prototype: orders that never end amplify every shortage");
    t.integer(c.guards.planted_leak_day, "guards.planted_leak_day", -1, {-1, 1e6}, "day",
              "Adds a fen to some firms' cash on this day, counted from the start of the spin-up, to see that the "
              "audit finds it; -1: never.");
}

void shock_keys(Table t, Config& c)
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

} // namespace

void describe_keys(sim::scenario::KeyTable& t, Config& c)
{
    bind_run_settings(t, c.run);
    t.section("nation", "The nation's data.");
    t.folder(c.nation.folder, "nation.folder", "data/china", "Folder of the nation's tables.");
    t.choice(c.nation.demand_scenario, "nation.demand_scenario", "central", {"central", "low", "high"},
             "Path of demand after the observed years.");
    population_keys(t, c), production_keys(t, c), supplier_keys(t, c), price_keys(t, c), market_keys(t, c),
        investment_keys(t, c);
    credit_keys(t, c), labour_keys(t, c), state_keys(t, c), exit_keys(t, c), switch_keys(t, c), shock_keys(t, c);
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

} // namespace fabrica
