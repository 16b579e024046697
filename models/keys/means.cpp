// Keys of what firms produce with: machines, credit and staff.
#include "models/keys/keys.hpp"

#include "models/config.hpp"
#include "models/kinds.hpp"
#include "sim/scenario/key_table.hpp"

namespace fabrica {

using sim::scenario::KeyTable;
using sim::scenario::Range;

void investment_keys(KeyTable& t, Config& c)
{
    auto& p = c.investment;
    t.section("investment", "Machines (E8-E10).");
    t.number(p.growth, "investment.growth", 0.06, {-0.2, 0.3}, "1/year",
             "Trend growth of output before data begin, and what firms expect at first.",
             "manufacturing value added 2016-19: 6.6 % a year");
    t.number(p.growth_memory_months, "investment.growth_memory_months", 60, {1, 1200}, "month",
             "Memory of the average of their sector's growth that firms expect to go on.");
    t.number(p.utilisation_correction, "investment.utilisation_correction", 1.075, {0.5, 2}, "1",
             "Factor on the utilisation that investment aims at: noise is a ratchet.",
             "fitted to the mean use of 2016-19");
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

void credit_keys(KeyTable& t, Config& c)
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
    t.integer(p.receivable_days, "credit.receivable_days", 45, {1, longest_term}, "day", "Term of invoices.",
              "days sales outstanding 45.5, NBS 2018H1");
    t.number(p.profit_tax, "credit.profit_tax", 0.25, {0, 1}, "1", "Tax on yearly profit.",
             "enterprise income tax law, 25 %");
}

void labour_keys(KeyTable& t, Config& c)
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
    t.choice(p.ageing, "labour.ageing", "central", {"off", "low", "central", "high"},
             "Labour force after the observed years: people of working age x participation; the trend of wages has the "
             "decline of the observed years in it, and only what goes beyond it counts.",
             "labour.csv: UN variants, participation assumed");
    t.number(
        p.migration, "labour.migration", 0, {-0.5, 0.5}, "1/year",
        "Change a year of people who work in another province, beyond what was observed: the receiving provinces lose "
        "or gain them.",
        "observed 2017-23: -2 % a year, in the trend");
    t.choice(p.skill_path, "labour.skill_path", "central", {"central", "constrained"},
             "Path of the skilled part of workers.", "labour.csv");
    t.number(p.training, "labour.training", 0, {0, 0.2}, "1/year",
             "Skilled part of workers gained in a year by training, beyond the path.");
    t.number(p.skill_wage_exponent, "labour.skill_wage_exponent", 1, {0, 5}, "1",
             "Provinces' skilled parts rise with their wages to this power.", "assumed");
}

} // namespace fabrica
