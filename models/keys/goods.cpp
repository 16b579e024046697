// Keys of goods: what firms make, buy and sell, and at which prices.
#include "models/keys/keys.hpp"

#include "models/config.hpp"
#include "sim/scenario/key_table.hpp"

namespace fabrica {

using sim::scenario::KeyTable;
using sim::scenario::Range;

void production_keys(KeyTable& t, Config& c)
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

void supplier_keys(KeyTable& t, Config& c)
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

void price_keys(KeyTable& t, Config& c)
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
    t.number(p.dominant_share, "prices.dominant_share", 1, Range::above(0, 1), "1",
             "Share of its sector's assets above which a firm's markup is that of a dominant one.");
    t.number(p.sector_elasticity, "prices.sector_elasticity", 1.2, Range::above(1, 50), "1",
             "Price elasticity of all that a sector sells, as a dominant firm sees it.", "assumed");
    t.names(p.commodity_sectors, "prices.commodity_sectors", {}, "Sectors that follow a world price.");
}

void market_keys(KeyTable& t, Config& c)
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

} // namespace fabrica
