// The registry of a firm's fields (see firm.hpp). A field that is missing here escapes the state hash: a test flips each one.
#pragma once

#include "models/state/firm.hpp"

#include <string>
#include <vector>

namespace fabrica {

namespace detail {
/// "slot3_stock" and so on, built once.
inline const std::string& slot_field_name(int slot, int field)
{
    static const std::vector<std::string> names = [] {
        const char* fields[] = {"stock",     "cost",      "on_order", "carry",     "market_share", "unit_price",
                                "sector",    "suppliers", "reviews",  "supplier0", "supplier1",    "supplier2",
                                "supplier3", "share0",    "share1",   "share2",    "share3"};
        std::vector<std::string> all;
        for (int s = 0; s < max_slots; ++s)
            for (const char* name : fields) all.push_back("slot" + std::to_string(s) + "_" + name);
        return all;
    }();
    return names[static_cast<std::size_t>(slot * 17 + field)];
}

inline constexpr std::array<const char*, bill_slots> bill_names{"bills0", "bills1", "bills2", "bills3",
                                                                "bills4", "bills5", "bills6", "bills7"};

template <class Visit>
void visit_slot(int number, InputSlot& s, InputLinks& links, Visit&& visit)
{
    int field = 0;
    const auto next = [&](auto& value) { visit(slot_field_name(number, field++).c_str(), value); };
    next(s.stock.milli), next(s.cost.fen), next(s.on_order.milli), next(s.carry), next(links.market_share),
        next(s.unit_price);
    next(links.sector), next(links.suppliers), next(links.reviews);
    for (auto& id : links.supplier) next(id);
    for (auto& share : links.share) next(share);
}
} // namespace detail

template <class Visit>
void visit_fields(Firm& f, Visit&& visit)
{
    visit("key", f.key), visit("id", f.id), visit("settled", f.settled), visit("sector", f.sector),
        visit("region", f.region);
    visit("ownership", f.ownership), visit("level", f.level), visit("slots", f.slots), visit("bank", f.bank);
    visit("size_class", f.size_class), visit("exit_cause", f.exit_cause), visit("stock", f.stock.milli);
    visit("stock_cost", f.stock_cost.fen), visit("backlog", f.backlog.milli), visit("daily_rate", f.daily_rate);
    visit("share", f.share), visit("market_seen", f.market_seen), visit("cash", f.cash.fen), visit("debt", f.debt.fen);
    visit("receivables", f.receivables.fen), visit("payables", f.payables.fen);
    visit("market_receivables", f.market_receivables.fen), visit("market_payables", f.market_payables.fen);
    visit("price", f.price), visit("output_carry", f.output_carry), visit("market_carry", f.market_carry);
    visit("unit_conversion", f.unit_conversion), visit("absorbed", f.absorbed.fen), visit("demand", f.demand.milli);
    visit("made", f.made.milli), visit("expected_market", f.expected_market);
    visit("expected_orders", f.expected_orders), visit("slow_demand", f.slow_demand), visit("ordered", f.ordered.milli);
    visit("capacity1", f.capacity[0]), visit("capacity2", f.capacity[1]), visit("capacity3", f.capacity[2]);
    visit("capacity4", f.capacity[3]), visit("wage", f.wage), visit("unit_cost", f.unit_cost);
    visit("normal_markup", f.normal_markup), visit("markup", f.markup), visit("attraction", f.attraction);
    visit("appeal", f.appeal), visit("normal_appeal", f.normal_appeal), visit("productivity", f.productivity);
    visit("overhead", f.overhead), visit("workers", f.workers), visit("fixed_assets", f.fixed_assets.fen);
    visit("under_construction", f.under_construction.fen), visit("other_assets", f.other_assets.fen);
    visit("project", f.project), visit("instalment", f.instalment), visit("born", f.born),
        visit("last_plan", f.last_plan);
    visit("exit_clock", f.exit_clock), visit("fill", f.fill);
    visit("month_output", f.month_output.milli), visit("month_sales", f.month_sales.milli);
    visit("month_revenue", f.month_revenue.fen);
    visit("month_investment", f.month_investment.fen), visit("equity_at_month", f.equity_at_month.fen);
    visit("last_year_profit", f.last_year_profit.fen);
    visit("year_profit", f.year_profit.fen), visit("year_investment", f.year_investment.fen);
    visit("missed", f.missed.milli);
    visit("months_left", f.months_left), visit("cohort", f.cohort), visit("year_month", f.year_month);
    visit("loss_quarters", f.loss_quarters), visit("zombie_years", f.zombie_years);
    visit("is_above_scale", f.is_above_scale);
    for (int i = 0; i < bill_slots; ++i) visit(detail::bill_names[static_cast<std::size_t>(i)], f.bills[i].fen);
    visit("research_share", f.research_share), visit("research_reported", f.research_reported);
    visit("research_stock", f.research_stock), visit("research_applied", f.research_applied);
    visit("research_clock", f.research_clock), visit("technical", f.technical), visit("quality", f.quality);
    visit("upgrade_clock", f.upgrade_clock), visit("upgrade_instalment", f.upgrade_instalment);
    visit("accident_clock", f.accident_clock), visit("qualification_clock", f.qualification_clock);
    visit("qualified_on", f.qualified_on), visit("experience", f.experience);
    visit("experience_base", f.experience_base), visit("projects", f.projects);
    visit("upgrade_months", f.upgrade_months), visit("accident_months", f.accident_months);
    visit("accidents", f.accidents), visit("qualification", f.qualification);
    for (int s = 0; s < max_slots; ++s) detail::visit_slot(s, f.slot[s], f.links[s], visit);
}

} // namespace fabrica
