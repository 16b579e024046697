// What a firm is: plain data, and the registry of its fields.
#pragma once

#include "models/kinds.hpp"
#include "models/units.hpp"
#include "sim/base/key.hpp"

#include <array>
#include <cstddef>

namespace fabrica {

/// One explicit input of a firm: its stock, and what is on order. Two of them share a cache line.
struct InputSlot {
    Goods stock;
    Money cost;           // of the stock, average historic
    Goods on_order;       // ordered from firms and not yet received or cancelled
    float carry = 0;      // fraction of a thousandth not yet consumed
    float unit_price = 1; // last paid, yuan per unit
};
static_assert(sizeof(InputSlot) == 32);

/// Who supplies an input: 2-4 sellers, and the wholesaler for the rest. Looked at in the monthly review only.
struct InputLinks {
    std::array<std::uint32_t, max_suppliers> supplier{}; // agent ids
    std::array<std::uint16_t, max_suppliers> share{};    // of the linked need, in 1/65535
    float market_share = 0;                              // of the need, bought from the sector wholesaler
    std::uint16_t reviews = 0;                           // orders sent so far: occasion of the rotation
    std::uint8_t sector = 0;                             // of the input
    std::uint8_t suppliers = 0;                          // links in use
};
static_assert(sizeof(InputLinks) == 32);

/// A manufacturing firm; ownership is data. Amounts are those of the simulated firm (not scaled to the nation).
struct alignas(64) Firm {
    // The first three cache lines are what messages touch; the third alone has all that a payment needs.
    sim::Key key = 0;
    sim::AgentId id = sim::no_agent;
    std::int32_t settled = 0; // window up to which stocks are settled (exclusive)
    std::uint8_t sector = 0, region = 0;
    Ownership ownership{};
    std::uint8_t level = 0; // highest maturity level installed, 0-based
    std::uint8_t slots = 0;
    std::uint8_t cohort = 0; // day of the month of its plan, 0-29
    SizeClass size_class{};
    ExitCause exit_cause = ExitCause::none;
    Goods stock;      // finished
    Money stock_cost; // average historic
    Goods backlog;    // accepted, not shipped
    Goods demand;     // received since the last plan
    Goods made;       // since the last plan

    double daily_rate = 0;                    // planned output, thousandths per day
    double share = 0;                         // f: share of the sector's market demand
    double market_seen = 0;                   // cumulated market demand per unit of share, at the last settlement
    float price = 1;                          // posted, yuan per unit
    float output_carry = 0, market_carry = 0; // fractions not yet produced, not yet demanded
    float unit_conversion = 0;                // standard conversion cost, yuan per unit
    Money absorbed;                           // conversion cost put into stock and not yet booked as expense
    Goods month_output, month_sales;

    Money month_revenue;
    Goods missed; // market demand not served since the last plan
    Money cash, debt, receivables, payables, market_receivables, market_payables;

    InputSlot slot[max_slots];

    Money bills[bill_slots]; // payables by the visit in which they are paid, see firms/bills.hpp

    // What only the firm's own visits touch, but for orders and the capacity that an order's delivery time depends on: plans and prices.
    float expected_market = 0, expected_orders = 0; // demand by way, fast averages [thousandths per day]
    float slow_demand = 0;                          // of both together, slow average
    double attraction = 0;                // anchored on capacity: what the share moves towards, before normalisation
    Goods ordered;                        // part of demand since the last plan that linked buyers ordered
    float capacity[maturity_levels] = {}; // thousandths per day
    float wage = 0;                       // fen per worker-month at the base date's wage index
    float unit_cost = 0, normal_markup = 0, markup = 0;
    float appeal = 0, normal_appeal = 0;
    float productivity = 0;   // thousandths per worker-day at level 1 and the base date's trend
    float overhead = 0;       // services bought, share of normal revenue
    std::int64_t workers = 0; // thousandths of a full-time worker
    Money fixed_assets, under_construction, other_assets;
    float project = 0;                    // capacity under construction, thousandths per day
    float instalment = 0;                 // of the project, fen per month
    std::int32_t born = 0, last_plan = 0; // windows
    float exit_clock = 0;                 // integrated hazard of closure less a keyed exponential; above 0 it closes
    float fill = 1;                       // shipped on demand, smoothed
    // Accounts of the month and of the year.
    Money month_investment, equity_at_month;
    Money last_year_profit, year_profit, year_investment;
    std::uint8_t months_left = 0; // of the project
    std::uint8_t bank = 0;
    std::uint8_t year_month = 0;    // month of its yearly review, 0-11
    std::uint8_t loss_quarters = 0; // in a row with negative cash or equity
    std::uint8_t zombie_years = 0;  // in a row of interest not earned
    bool is_above_scale = false;
    InputLinks links[max_slots];

    // Technology (E17-E21); all 0 when it is switched off.
    float research_share = 0;         // R&D spending, part of revenue
    float research_reported = 0;      // what the firm calls R&D, part of revenue
    float research_stock = 0;         // R&D stock, fen at first-day prices
    float research_applied = 0;       // the stock when the last discovery came into use
    float research_clock = 0;         // integrated hazard of the project under way less a keyed exponential
    float technical = 0;              // logarithm of the technical level, 0 for founders
    float quality = 0;                // logarithm, 0 for a firm without research and foreign contact
    float upgrade_clock = 0;          // integrated hazard of the next upgrade less a keyed exponential
    float upgrade_instalment = 0;     // fen per month
    float accident_clock = 0;         // integrated hazard of the next accident less a keyed exponential
    float qualification_clock = 0;    // of beginning to qualify a part, likewise
    std::int32_t qualified_on = 0;    // window on which qualification ends or ended
    float experience = 0;             // own cumulated output over that of the founding day
    float experience_base = 0;        // which is so many thousandths
    std::uint16_t projects = 0;       // of research, finished
    std::uint8_t upgrade_months = 0;  // left of the upgrade under way
    std::uint8_t accident_months = 0; // left of what an accident brings
    std::uint8_t accidents = 0;
    Qualification qualification{};

    /// Thousandths per day (E1).
    [[nodiscard]] double expected_demand() const
    {
        return static_cast<double>(expected_market) + static_cast<double>(expected_orders);
    }
};
static_assert(sizeof(Firm) == 896);
static_assert(offsetof(Firm, daily_rate) == 64 && offsetof(Firm, month_revenue) == 128 && offsetof(Firm, slot) == 192);
static_assert(offsetof(Firm, bills) % 64 == 0);
static_assert(offsetof(Firm, ordered) / 64 == offsetof(Firm, wage) / 64); // an order needs capacity too: one line

/// Every field of a firm by name, in a fixed order: state hash, panel, checkpoint.
template <class Visit>
void visit_fields(Firm& f, Visit&& visit);

} // namespace fabrica

#include "models/state/firm_fields.hpp"
