// Keys of shared platforms (E23): the demand they serve, how firms share, and the platforms themselves.
#include "models/keys/keys.hpp"

#include "models/config.hpp"
#include "sim/scenario/key_table.hpp"

namespace fabrica {

using sim::scenario::KeyTable;
using sim::scenario::Range;

void platform_demand_keys(KeyTable& t, Config& c)
{
    auto& p = c.platform_demand;
    t.section("platform_demand",
              "What only a platform can share (E23): lumpy orders and small runs of small firms, with "
              "switches.lumpy_orders; wishes of single customers.");
    t.number(p.custom_share, "platform_demand.custom_share", 0.4, Range::below(0, 1), "1",
             "Part of a small firm's market demand that comes as whole orders made to a customer's wish (c).",
             "assumed");
    t.number(p.orders_per_month, "platform_demand.orders_per_month", 0.5, Range::above(0, 30), "1/month",
             "Mean number of such orders of a firm (n0).", "assumed: one in two months");
    t.number(p.largest_employees, "platform_demand.largest_employees", 300, Range::above(0, 1e6), "person",
             "Firms below it are small: larger ones have many customers, and their orders average out.",
             "the limit of small firms");
    t.number(p.efficient_lot_days, "platform_demand.efficient_lot_days", 3, Range::above(0, 360), "day",
             "Efficient lot (q*), in days of output of the sector's mean firm on the first day.", "assumed");
    t.number(p.set_up_cost, "platform_demand.set_up_cost", 0.01, {0, 1}, "1",
             "Cost of a set-up over the cost of an efficient lot (s).", "assumed");
    t.number(p.most_set_up_cost, "platform_demand.most_set_up_cost", 0.1, {0, 10}, "1",
             "Most extra cost of a unit of a small run, over its unit cost.", "assumed");
    t.number(
        p.individual_share, "platform_demand.individual_share", 0.01, {0, 1}, "1",
        "Part of what households ask for that they would have made to their wish, where a manufacturing service is "
        "open.",
        "assumed");
}

namespace {

void trust_keys(KeyTable& t, Config& c)
{
    auto& p = c.platforms;
    t.number(p.certified_defects, "platforms.certified_defects", 0.01, {0, 1}, "1",
             "Probability that a certified provider's job fails.", "assumed");
    t.number(p.uncertified_defects, "platforms.uncertified_defects", 0.08, {0, 1}, "1", "The same without certificate.",
             "assumed");
    t.number(p.trust_start, "platforms.trust_start", 0.3, {0, 1}, "1", "Trust in a new platform.", "assumed");
    t.number(p.trust_gain, "platforms.trust_gain", 0.1, {0, 1}, "1/month",
             "Part of the gap to full trust that a month of completed jobs closes.", "assumed");
    t.number(p.trust_loss, "platforms.trust_loss", 1, {0, 1}, "1/month",
             "Part of its trust that a platform loses in a month in which all jobs fail.", "assumed");
    t.number(p.trust_jobs, "platforms.trust_jobs", 300, Range::above(0, 1e9), "1/month",
             "Jobs in the nation after which two thirds of what a month can teach is known.", "assumed");
    t.integer(p.failure_months, "platforms.failure_months", 12, {1, 1200}, "month",
              "Months in a row with fees below cost after which a platform without money closes.", "assumed");
}

void joining_keys(KeyTable& t, Config& c)
{
    auto& p = c.platforms;
    t.number(p.join_rate, "platforms.join_rate", 0.3, {0, 100}, "1/year",
             "Rate at which firms of 100 employees join a platform that promises them much.", "assumed");
    t.number(p.benefit_scale, "platforms.benefit_scale", 0.005, Range::above(0, 10), "1",
             "Expected benefit over yearly revenue at which two thirds of the rate is reached.", "assumed");
    t.number(p.size_exponent, "platforms.size_exponent", 0.2, {-2, 2}, "1", "Rate x (employees / 100)^this.",
             "assumed: large firms are online first");
    t.number(p.neighbour_weight, "platforms.neighbour_weight", 2, {0, 20}, "1",
             "Rate x exp(this x part of the sector that has joined).", "assumed");
    t.number(p.provider_employees, "platforms.provider_employees", 300, Range::above(0, 1e6), "person",
             "Firms from it on sell manufacturing services and rent out designs; smaller ones buy them.", "assumed");
}

void service_keys(KeyTable& t, Config& c)
{
    auto& p = c.platforms;
    t.number(p.design_part, "platforms.design_part", 0.1, {0, 1}, "1",
             "Part of the distance to the designer's labour productivity, in logs, that a rented design closes.",
             "assumed");
    t.number(p.design_most, "platforms.design_most", 0.1, {0, 1}, "1", "Most that it raises productivity.", "assumed");
    t.number(p.employees_per_client, "platforms.employees_per_client", 50, Range::above(0, 1e6), "person",
             "Staff that a designer needs for each client.", "assumed");
    t.number(p.stock_saving, "platforms.stock_saving", 0.3, {0, 1}, "1",
             "Part of production.input_days that members of a fully trusted logistics platform do without.", "assumed");
    t.number(p.storage_cost, "platforms.storage_cost", 0.05, {0, 1}, "1/year",
             "What a year of holding stock costs beside interest, as a part of its value; it is part of overhead.",
             "assumed");
    t.integer(p.days_saved, "platforms.days_saved", 2, {0, 60}, "day",
              "Days that deliveries to such members are shorter.", "assumed");
    t.number(p.reach, "platforms.reach", 0.1, {0, 10}, "1",
             "How much more of the market sees a member of a fully trusted order-matching platform.", "assumed");
}

} // namespace

void platforms_keys(KeyTable& t, Config& c)
{
    auto& p = c.platforms;
    t.section("platforms", "How firms share (E23).");
    t.number(p.overtime, "platforms.overtime", 0.1, {0, 1}, "1",
             "Hours that a provider's staff works beyond its own, at most.", "assumed: a day in ten");
    t.number(p.overtime_premium, "platforms.overtime_premium", 0.5, {0, 5}, "1", "Premium on wages for them.",
             "labour law, article 44: 150 % on working days");
    t.number(p.spare_input_days, "platforms.spare_input_days", 8, {0, 180}, "day",
             "Days of own use that a provider's input stocks keep.", "assumed: until deliveries come");
    t.number(p.client_share, "platforms.client_share", 0.5, {0, 1}, "1",
             "Part of the surplus of a job, or of the gain from a design, that the client keeps.", "assumed");
    t.number(p.distance_cost, "platforms.distance_cost", 0.03, {0, 10}, "1",
             "Carriage of a job to another province, over the sector's price.", "assumed");
    t.integer(p.job_days, "platforms.job_days", 5, {0, 50}, "day", "Days that a job takes before it is shipped.",
              "assumed");
    trust_keys(t, c);
    joining_keys(t, c);
    service_keys(t, c);
}

void platform_keys(KeyTable& t, Config& c)
{
    const std::vector<std::string> kinds(platform_kind_names.begin(), platform_kind_names.end());
    t.list<PlatformRule>(
        c.platform, "platform", "A shared platform; amounts are national.",
        [](KeyTable& row, PlatformRule& p) {
            row.date(p.founded, "founded", {2015, 1, 1}, "First day, not before the start of the run.")
                .required()
                .begins();
            row.names(p.sectors, "sectors", {}, "Sectors it serves; all when left out.");
            row.names(p.regions, "regions", {}, "Provinces it serves, by code; all when left out.");
            row.number(
                p.fee, "fee", 0.04, Range::below(0, 1), "1",
                "Part of what a job is paid that the platform keeps; of logistics per year, of the value of stock "
                "not held.",
                "assumed: 3-5 %");
            row.number(p.efficiency, "efficiency", 2, {0, 1000}, "1",
                       "Matched in a day: min(offers, requests) (1 - exp(-efficiency x trust)).", "assumed");
            row.flag(p.certification, "certification", true, "Only certified firms may offer.");
            row.number(p.certification_cost_cny, "certification_cost_cny", 5000, {0, 1e9}, "CNY",
                       "What a firm pays the platform for its certificate.", "assumed");
            row.number(p.cost_cny_per_year, "cost_cny_per_year", 200e6, {0, 1e12}, "CNY/year", "Cost of running it.",
                       "assumed");
            row.number(p.capital_cny, "capital_cny", 400e6, {0, 1e12}, "CNY", "Paid in by its founders.", "assumed");
            row.number(
                p.serves_cny_per_day, "serves_cny_per_day", 0, {0, 1e12}, "CNY/day",
                "Most value of jobs that it can handle in a day and sector, at prices of the base year; 0: any.");
        },
        kinds);
}

} // namespace fabrica
