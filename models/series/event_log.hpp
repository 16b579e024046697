// What a watched firm's handlers note of the day.
#pragma once

#include "sim/base/key.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace fabrica {

enum class EventKind : std::int8_t {
    loan_answer,
    order_cancelled,
    delivery,
    bills_paid,
    payment,
    order,
    backlogged_order,
    monthly_plan,
    month_end, // handlers
    made,
    market_sale,
    shipment,
    order_sent,
    market_purchase,
    bundle_purchase,
    overhead,
    market_collection,
    market_payment,
    wages,
    interest,
    production_tax,
    profit_tax,
    dividend,
    repayment,
    bail_out,
    capital_goods,
    machines_sold,
    award,
    levy,
    entered,
    left,
    estate_delivery,
    estate_bills_paid,
    estate_payment,
    carbon_levy,
    research,
    discovery,
    upgrade_begun,
    upgrade_finished,
    accident,
    qualification_begun,
    qualified,
    platform_joined,
    job,
    job_shipment,
    job_delivery,
    job_sale,
    job_failed,
    job_carriage,
    platform_fee,
    design_rent,
    design_income,
    count // messages to the dead, noted under their id
};

inline constexpr std::array event_names{"loan_answer",
                                        "order_cancelled",
                                        "delivery",
                                        "bills_paid",
                                        "payment",
                                        "order",
                                        "backlogged_order",
                                        "monthly_plan",
                                        "month_end",
                                        "made",
                                        "market_sale",
                                        "shipment",
                                        "order_sent",
                                        "market_purchase",
                                        "bundle_purchase",
                                        "overhead",
                                        "market_collection",
                                        "market_payment",
                                        "wages",
                                        "interest",
                                        "production_tax",
                                        "profit_tax",
                                        "dividend",
                                        "repayment",
                                        "bail_out",
                                        "capital_goods",
                                        "machines_sold",
                                        "award",
                                        "levy",
                                        "entered",
                                        "left",
                                        "estate_delivery",
                                        "estate_bills_paid",
                                        "estate_payment",
                                        "carbon_levy",
                                        "research",
                                        "discovery",
                                        "upgrade_begun",
                                        "upgrade_finished",
                                        "accident",
                                        "qualification_begun",
                                        "qualified",
                                        "platform_joined",
                                        "job",
                                        "job_shipment",
                                        "job_delivery",
                                        "job_sale",
                                        "job_failed",
                                        "job_carriage",
                                        "platform_fee",
                                        "design_rent",
                                        "design_income"};
static_assert(event_names.size() == static_cast<std::size_t>(EventKind::count));

struct LoggedEvent {
    sim::AgentId firm;
    sim::Key key;
    EventKind kind;
    sim::AgentId other;        // the firm at the other end, no_agent for none
    std::int64_t goods, money; // thousandths, fen
};

/// One row of events per thread; which firms are watched is fixed before the run. A firm's events of a day are all on one thread, in order.
class EventLog {
public:
    EventLog(int threads, std::uint64_t keep_one_in)
        : rows_(static_cast<std::size_t>(threads) + 1), keep_one_in_(keep_one_in)
    {
    }

    [[nodiscard]] bool watches(sim::Key key) const { return sim::mix64(key ^ 0x9A7E1) % keep_one_in_ == 0; }
    [[nodiscard]] bool watches_all() const { return keep_one_in_ == 1; }
    void note(int thread, const LoggedEvent& event) { rows_[static_cast<std::size_t>(thread)].push_back(event); }
    /// What institutions note at the barrier; it follows the day's events of the same firm.
    void note_at_barrier(const LoggedEvent& event) { rows_.back().push_back(event); }
    /// All events since the last call, by firm.
    std::vector<LoggedEvent> take();

private:
    std::vector<std::vector<LoggedEvent>> rows_;
    std::uint64_t keep_one_in_;
};

} // namespace fabrica
