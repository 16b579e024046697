// Between an order and its payment: order, delivery with invoice, payment; and what happens when one side has died.
#include "models/markets/orders.hpp"

#include "models/firms/bills.hpp"
#include "models/firms/settlement.hpp"
#include "models/platforms/sharing.hpp"
#include "models/technology/technology.hpp"

namespace fabrica {

Goods ration(Goods stock, Goods backlog, Goods quantity, bool has_priority)
{
    const std::int64_t open = quantity.milli + backlog.milli;
    if (stock.milli >= open) return quantity;
    Goods part = std::min(quantity, stock);
    if (!has_priority) part = {pro_rata(stock.milli, quantity.milli, open)};
    return part.milli * 3 >= quantity.milli ? part : Goods{};
}

namespace {

constexpr sim::Tick day = Manufacturing::ticks_per_window;

/// Days from shipment to arrival, fixed for a seller and a slot of the buyer.
int delivery_days(const Firm& seller, std::uint8_t slot, const Config& config)
{
    const auto spread = static_cast<std::uint64_t>(config.production.delivery_spread_days) + 1;
    const auto more = static_cast<int>((seller.key >> (4 * slot)) % spread);
    return static_cast<int>(config.production.delivery_days) +
           (config.switches.technology ? shorter_lead_time(more, seller.capacity) : more);
}

void ship(Desk& desk, sim::AgentId buyer, std::uint8_t slot, Goods quantity)
{
    Firm& f = desk.firm;
    const Money invoice = amount(quantity, static_cast<double>(f.price));
    f.stock_cost -= cost_share(f.stock_cost, quantity, f.stock);
    f.stock -= quantity, f.receivables += invoice;
    f.month_sales += quantity, f.month_revenue += invoice;
    desk.note(EventKind::shipment, buyer, quantity, invoice);
    desk.count(FlowPlan::shipped, f.sector, quantity.milli);
    desk.add(desk.world.flows.invoices_sent(), invoice.fen);
    const int days = days_on_the_road(delivery_days(f, slot, desk.config()), buyer, desk.world);
    desk.context.send(buyer, Delivery{quantity, invoice, slot, f.sector}, day * days);
}

/// Whether an order has been open for longer than the guard allows.
bool is_too_old(const BackloggedOrder& order, const Config& config)
{
    return static_cast<double>((order.tries - 1) * config.suppliers.backlog_retry_days) >
           30 * config.guards.open_order_months;
}

/// Ships what can be shipped; the rest stays in the backlog as a message to oneself, until it expires.
void serve(Desk& desk, BackloggedOrder order)
{
    // The last try takes what there is.
    const bool is_last = order.tries >= desk.config().suppliers.backlog_tries;
    const Goods now = is_last ? std::min(order.quantity, desk.firm.stock)
                              : ration(desk.firm.stock, desk.firm.backlog, order.quantity, order.has_priority != 0);
    if (now.milli > 0) ship(desk, order.buyer, order.slot, now);
    order.quantity -= now;
    if (order.quantity.milli == 0) return;
    if (++order.tries > desk.config().suppliers.backlog_tries) {
        desk.context.send(order.buyer, OrderCancelled{order.quantity, order.slot}, day);
        return;
    }
    desk.firm.backlog += order.quantity;
    if (is_too_old(order, desk.config())) desk.count(FlowPlan::old_orders, desk.firm.sector, 1);
    desk.context.send_self(order, day * static_cast<sim::Tick>(desk.config().suppliers.backlog_retry_days));
}

/// Notes a message to a dead firm, when everything is watched.
void note_estate(const World& world, Context& context, EventKind kind, const sim::Header& from, Goods goods,
                 Money money)
{
    if (world.event_log && world.event_log->watches_all())
        world.event_log->note(context.thread(), {from.target, 0, kind, from.source, goods.milli, money.fen});
}

} // namespace

void Manufacturing::on(const Order& order, const sim::Header& from, Firm& firm, Context& context) const
{
    Desk desk(firm, context, world_);
    settle(desk, context.window());
    desk.note(EventKind::order, from.source, order.quantity);
    firm.demand += order.quantity, firm.ordered += order.quantity;
    serve(desk, {order.quantity, from.source, order.slot, order.has_priority, 0});
}

void Manufacturing::on(const BackloggedOrder& order, const sim::Header&, Firm& firm, Context& context) const
{
    Desk desk(firm, context, world_);
    settle(desk, context.window());
    desk.note(EventKind::backlogged_order, order.buyer, order.quantity);
    firm.backlog -= order.quantity;
    serve(desk, order);
}

void Manufacturing::on(const OrderCancelled& cancelled, const sim::Header& from, Firm& firm, Context& context) const
{
    Desk desk(firm, context, world_, Desk::Scope::money);
    desk.note(EventKind::order_cancelled, from.source, cancelled.quantity);
    firm.slot[cancelled.slot].on_order -= cancelled.quantity;
}

/// Inputs arrive in their slot.
static void receive_inputs(Desk& desk, const Delivery& delivery, sim::AgentId seller)
{
    desk.note(EventKind::delivery, seller, delivery.quantity, delivery.invoice);
    InputSlot& slot = desk.firm.slot[delivery.slot];
    slot.stock += delivery.quantity, slot.cost += delivery.invoice, slot.on_order -= delivery.quantity;
    slot.unit_price = static_cast<float>(static_cast<double>(delivery.invoice.fen) * 10 /
                                         static_cast<double>(delivery.quantity.milli));
}

void Manufacturing::on(const Delivery& delivery, const sim::Header& from, Firm& firm, Context& context) const
{
    Desk desk(firm, context, world_);
    settle(desk, context.window());
    if (JobSlot::is_job(delivery.slot))
        receive_job(desk, delivery, from.source);
    else
        receive_inputs(desk, delivery, from.source);
    firm.payables += delivery.invoice;
    desk.count(FlowPlan::received, delivery.product, delivery.quantity.milli);
    desk.add(world_.flows.invoices_received(), delivery.invoice.fen);
    firm.bills[bill_slot(first_visit_from(world_.national.bills_due, firm.cohort))] += delivery.invoice;
    context.send(from.source, Payment{delivery.invoice},
                 day * static_cast<sim::Tick>(desk.config().credit.receivable_days + 1));
}

void Manufacturing::on(const Payment& payment, const sim::Header& from, Firm& firm, Context& context) const
{
    Desk desk(firm, context, world_, Desk::Scope::money);
    desk.note(EventKind::payment, from.source, {}, payment.invoice);
    firm.receivables -= payment.invoice, firm.cash += payment.invoice;
    desk.add(world_.flows.payments_received(), payment.invoice.fen);
}

// The liquidator takes over what the dead were owed and owed (see credit/estates.cpp). Goods for a dead buyer go to the wholesaler.
void Manufacturing::undeliverable(const Delivery& delivery, const sim::Header& from, Context& context) const
{
    note_estate(world_, context, EventKind::estate_delivery, from, delivery.quantity, delivery.invoice);
    const auto add = [&](std::size_t cell, std::int64_t x) { world_.flow_tally.add(context.thread(), cell, x); };
    const auto& flows = world_.flows;
    add(flows.by_sector(FlowPlan::received, delivery.product), delivery.quantity.milli);
    add(flows.by_sector(FlowPlan::returned, delivery.product), delivery.quantity.milli);
    add(flows.invoices_received(), delivery.invoice.fen);
    add(flows.account(world_.accounts.estates()), -delivery.invoice.fen);
    add(flows.transaction(cell(Transaction::invoices, Holder::estates)), -delivery.invoice.fen);
    add(flows.payments_sent(), delivery.invoice.fen);
    context.send(from.source, Payment{delivery.invoice}, day);
}

void Manufacturing::undeliverable(const Payment& payment, const sim::Header& from, Context& context) const
{
    note_estate(world_, context, EventKind::estate_payment, from, {}, payment.invoice);
    const auto& flows = world_.flows;
    world_.flow_tally.add(context.thread(), flows.account(world_.accounts.estates()), payment.invoice.fen);
    world_.flow_tally.add(context.thread(), flows.transaction(cell(Transaction::invoices, Holder::estates)),
                          payment.invoice.fen);
    world_.flow_tally.add(context.thread(), flows.estate_receivable(), -payment.invoice.fen);
    world_.flow_tally.add(context.thread(), flows.payments_received(), payment.invoice.fen);
}

void Manufacturing::undeliverable(const Order& order, const sim::Header& from, Context& context) const
{
    context.send(from.source, OrderCancelled{order.quantity, order.slot}, day);
}

void Manufacturing::undeliverable(const BackloggedOrder& order, const sim::Header&, Context& context) const
{
    context.send(order.buyer, OrderCancelled{order.quantity, order.slot}, day);
}

} // namespace fabrica
