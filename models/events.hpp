// The model's table of contents: every message between firms (and from institutions to firms), and every own visit.
// Phases run within a day in the order of `Manufacturing::Phases` (manufacturing.hpp).
#pragma once

#include "models/month_day.hpp"
#include "models/units.hpp"
#include "sim/kernel/engine.hpp"

namespace fabrica {

/// Bank to firm: the part of a requested loan that is paid out (0 is a refusal).
struct LoanAnswer {
    static constexpr const char* name = "loan_answer";
    Money principal;
};

/// Government to firm: money of a programme (E25).
struct Award {
    static constexpr const char* name = "award";
    Money money;
    std::uint32_t programme; // hash of its name
};

/// Seller to buyer: an order, or the rest of one, will not be filled.
struct OrderCancelled {
    static constexpr const char* name = "order_cancelled";
    Goods quantity;
    std::uint8_t slot;
};

/// Seller to buyer: goods with their invoice. The seller has booked the receivable when it shipped.
struct Delivery {
    static constexpr const char* name = "delivery";
    Goods quantity;
    Money invoice;
    std::uint8_t slot;
    std::uint8_t product; // sector of the seller
};

/// Buyer to seller: money for an invoice. Ordered when the goods arrive, there when the term has run out.
struct Payment {
    static constexpr const char* name = "payment";
    Money invoice;
};

/// Buyer to seller.
struct Order {
    static constexpr const char* name = "order";
    Goods quantity;
    std::uint8_t slot;
    std::uint8_t has_priority; // large or state buyer, where sellers give priority
};

/// Seller to itself: try again to fill what was open of an order.
struct BackloggedOrder {
    static constexpr const char* name = "backlogged_order";
    Goods quantity;
    sim::AgentId buyer;
    std::uint8_t slot;
    std::uint8_t has_priority;
    std::uint8_t tries;
};

/// A firm's monthly review, on its own day of the month; quarter accounts and the yearly review fall on the same day.
struct MonthlyPlan {
    static constexpr const char* name = "monthly_plan";
    static constexpr int cohorts = plan_cohorts;
};

/// The last day of each month: every firm settles its stocks and reports to the statistics.
struct MonthEnd {
    static constexpr const char* name = "month_end";
    static constexpr int cohorts = 1;
};

} // namespace fabrica
