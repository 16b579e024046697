#include "models/firms/settlement.hpp"

#include "models/firms/production.hpp"
#include "models/platforms/lumpy_orders.hpp"

#include <cmath>

namespace fabrica {
namespace {

/// Takes the inputs of `output` from the slots.
/// @return their historic cost
Money use_inputs(Desk& desk, Goods output)
{
    Firm& f = desk.firm;
    Money cost{};
    for (int j = 0; j < f.slots; ++j) {
        InputSlot& slot = f.slot[j];
        const double need = static_cast<double>(output.milli) * desk.sector().alpha[static_cast<std::size_t>(j)] +
                            static_cast<double>(slot.carry);
        const Goods taken = std::min(Goods{static_cast<std::int64_t>(need)}, slot.stock);
        slot.carry = static_cast<float>(need - static_cast<double>(taken.milli));
        const Money value = cost_share(slot.cost, taken, slot.stock);
        slot.stock -= taken, slot.cost -= value, cost += value;
        desk.count(FlowPlan::used, desk.sector().product[static_cast<std::size_t>(j)], taken.milli);
    }
    return cost;
}

/// Output that the stocks of inputs allow, at most `planned`.
double possible_output(const Desk& desk, double planned)
{
    double possible = planned;
    for (int j = 0; j < desk.firm.slots; ++j)
        possible = std::min(possible, input_limit(static_cast<double>(desk.firm.slot[j].stock.milli),
                                                  desk.sector().alpha[static_cast<std::size_t>(j)]));
    return possible;
}

void put_into_stock(Desk& desk, Goods output)
{
    Firm& f = desk.firm;
    if (output.milli == 0) return;
    const Money conversion = amount(output, static_cast<double>(f.unit_conversion));
    f.stock_cost += use_inputs(desk, output) + conversion;
    f.absorbed += conversion;
    f.stock += output, f.made += output, f.month_output += output;
    desk.count(FlowPlan::made, f.sector, output.milli);
    desk.note(EventKind::made, sim::no_agent, output, conversion);
}

void make(Desk& desk, double working_days)
{
    Firm& f = desk.firm;
    const double planned = f.daily_rate * working_days + static_cast<double>(f.output_carry);
    const double possible = possible_output(desk, planned);
    const Goods output{static_cast<std::int64_t>(possible)};
    f.output_carry = possible < planned ? 0.0F : static_cast<float>(planned - static_cast<double>(output.milli));
    put_into_stock(desk, output);
}

/// What the market can have of the stock: all it asks, as far as linked producers do not wait for it. They come first, because
/// under proportional rationing a shortage of inputs would feed on itself until nothing is made.
Goods market_part(const Firm& f, Goods asked) { return std::clamp(f.stock - f.backlog, Goods{}, asked); }

void sell(Desk& desk)
{
    Firm& f = desk.firm;
    const double index = desk.sector().market_index;
    double wanted = f.share * (index - f.market_seen);
    if (desk.config().switches.lumpy_orders) wanted *= month_factor(f, desk.world);
    wanted += static_cast<double>(f.market_carry);
    const Goods asked{static_cast<std::int64_t>(wanted)};
    f.market_seen = index, f.market_carry = static_cast<float>(wanted - static_cast<double>(asked.milli));
    if (asked.milli == 0) return;
    const Goods sold = market_part(f, asked);
    const Money revenue = amount(sold, static_cast<double>(f.price));
    f.stock_cost -= cost_share(f.stock_cost, sold, f.stock);
    desk.sell_to_wholesaler(sold, revenue);
    f.demand += asked, f.month_sales += sold, f.month_revenue += revenue;
    desk.count(FlowPlan::demanded, f.sector, asked.milli);
    if (sold < asked) {
        f.missed += asked - sold;
        desk.count(FlowPlan::unmet, f.sector, asked.milli - sold.milli);
    }
    desk.note(EventKind::market_sale, sim::no_agent, sold, revenue);
}

} // namespace

void settle(Desk& desk, sim::Window day)
{
    const sim::Window last = desk.firm.settled;
    if (day <= last) return;
    desk.firm.settled = day;
    make(desk, desk.world.worked.between(desk.sector(), desk.firm, last, day));
    sell(desk);
}

Goods make_from_inputs(Desk& desk, Goods wanted)
{
    const Goods output{static_cast<std::int64_t>(possible_output(desk, static_cast<double>(wanted.milli)))};
    put_into_stock(desk, output);
    return output;
}

} // namespace fabrica
