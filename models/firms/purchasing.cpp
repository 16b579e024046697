// E4: what a firm orders at its monthly review, and from whom.
#include "models/firms/plan.hpp"
#include "models/firms/production.hpp"
#include "models/firms/suppliers.hpp"
#include "models/platforms/sharing.hpp"

#include <algorithm>

namespace fabrica {
namespace {

constexpr sim::Tick day = Manufacturing::ticks_per_window;
constexpr double review_days = 30;

/// Buys from the sector wholesaler: goods at once, money on credit.
void buy_at_market(Desk& desk, int number, double quantity)
{
    InputSlot& slot = desk.firm.slot[number];
    const std::uint8_t product = desk.firm.links[number].sector;
    const Goods bought = rounded_goods(quantity * desk.world.sector[product].fill);
    if (bought.milli <= 0) return;
    const Money cost = amount(bought, desk.world.sector[product].price);
    slot.stock += bought, slot.cost += cost;
    slot.unit_price = static_cast<float>(desk.world.sector[product].price);
    desk.buy_on_credit(cost, desk.world.flows.by_sector(FlowPlan::from_wholesaler_money, product));
    desk.count(FlowPlan::from_wholesaler, product, bought.milli);
    desk.note(EventKind::market_purchase, sim::no_agent, bought, cost);
}

void send_order(Desk& desk, int number, int link, Goods quantity)
{
    if (quantity.milli <= 0) return;
    const sim::AgentId seller = desk.firm.links[number].supplier[static_cast<std::size_t>(link)];
    const bool has_priority = desk.config().suppliers.rationing == "priority" &&
                              (desk.firm.ownership == Ownership::state || desk.firm.size_class == SizeClass::large);
    desk.firm.slot[number].on_order += quantity;
    desk.add(desk.world.flows.ordered(), quantity.milli);
    desk.note(EventKind::order_sent, seller, quantity);
    desk.context.send(seller,
                      Order{quantity, static_cast<std::uint8_t>(number), static_cast<std::uint8_t>(has_priority)}, day);
}

/// Orders a month's need from one link in rotation, or from every link by its share.
void order_from_links(Desk& desk, int number, double quantity, int turn)
{
    InputLinks& links = desk.firm.links[number];
    if (desk.config().switches.rotation) {
        send_order(desk, number, turn, rounded_goods(quantity));
        links.reviews = static_cast<std::uint16_t>(links.reviews + 1);
        return;
    }
    double total = 0;
    for (int i = 0; i < links.suppliers; ++i) total += links.share[static_cast<std::size_t>(i)];
    for (int i = 0; i < links.suppliers; ++i)
        send_order(desk, number, i, rounded_goods(quantity * links.share[static_cast<std::size_t>(i)] / total));
}

} // namespace

Turns fetch_suppliers(const Desk& desk)
{
    const bool rotates = desk.config().switches.rotation;
    Turns turns{};
    for (int j = 0; j < desk.firm.slots; ++j) {
        const InputLinks& links = desk.firm.links[j];
        const int turn = rotated_link(links, desk.firm.key, j);
        turns[static_cast<std::size_t>(j)] = static_cast<std::int8_t>(turn);
        for (int i = rotates ? turn : 0; i >= 0 && i < (rotates ? turn + 1 : links.suppliers); ++i)
            desk.context.fetch_place(links.supplier[static_cast<std::size_t>(i)]);
    }
    return turns;
}

void buy_inputs(Desk& desk, const Turns& turns)
{
    const auto& rule = desk.config();
    const double lead = 1 + rule.production.delivery_days + rule.production.delivery_spread_days / 2.0;
    const std::uint64_t chance = desk.context
                                     .draw(static_cast<std::uint16_t>(Purpose::supplier_review),
                                           static_cast<std::uint32_t>(desk.world.national.month))
                                     .bits();
    const double days_held = input_days(desk.firm, desk.world);
    const double output = std::min(desk.firm.expected_demand(), total_capacity(desk.firm.capacity));
    for (int j = 0; j < desk.firm.slots; ++j) {
        const InputSlot& slot = desk.firm.slot[j];
        const InputLinks& links = desk.firm.links[j];
        const double need = desk.sector().alpha[static_cast<std::size_t>(j)] * output;
        const int turn = look_after_suppliers(desk, j, need, chance, turns[static_cast<std::size_t>(j)]);
        const auto stock = static_cast<double>(slot.stock.milli), pipeline = static_cast<double>(slot.on_order.milli);
        const double order = order_quantity(need, review_days, days_held + lead, stock, pipeline,
                                            rule.production.input_adjustment_reviews);
        // What links cannot carry, and what the factory needs before any order could arrive, comes from the wholesaler.
        const double market_part = links.suppliers == 0 ? 1 : static_cast<double>(links.market_share);
        const double urgent = std::clamp((rule.suppliers.emergency_days + lead) * need - stock, 0.0, order);
        const double from_market = std::max(market_part * order, urgent);
        buy_at_market(desk, j, from_market);
        if (links.suppliers > 0) order_from_links(desk, j, order - from_market, turn);
    }
}

} // namespace fabrica
