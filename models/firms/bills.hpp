// What a buyer owes its linked suppliers, by the visit in which it is paid. The money is ordered when the goods arrive and reaches the seller
// when the term is over; the buyer's account is debited in its first visit on or after the due day, before anything looks at cash.
#pragma once

#include "models/ledger.hpp"

namespace fabrica {

// A firm is visited twice a month, and visits are counted: even numbers are monthly plans, odd ones month ends.
constexpr int plan_visit(int month) { return 2 * month; }
constexpr int month_end_visit(int month) { return 2 * month + 1; }

/// The first visit of a cohort's firms on or after a day.
constexpr int first_visit_from(const MonthDay& day, int cohort)
{
    return plan_day(cohort, day.length) >= day.day ? plan_visit(day.month) : month_end_visit(day.month);
}

/// Where a firm keeps the bills of a visit. Within `longest_term` days there are at most `bill_slots` visits.
constexpr std::size_t bill_slot(int visit) { return static_cast<std::size_t>(visit) % bill_slots; }

/// Debits what fell due since the visit before.
inline void pay_bills_due(Desk& desk, int visit)
{
    const Money due = std::exchange(desk.firm.bills[bill_slot(visit)], Money{});
    if (due.fen == 0) return;
    desk.firm.payables -= due, desk.firm.cash -= due;
    desk.add(desk.world.flows.payments_sent(), due.fen);
    desk.note(EventKind::bills_paid, sim::no_agent, {}, due);
}

} // namespace fabrica
