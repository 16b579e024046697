#pragma once

#include "sim/kernel/engine.hpp"

#include <array>

namespace toys {

/// Chains of customer, shop and maker. The customer's demand is independent and normal; the shop keeps an order-up-to level of `lead` periods
/// times the moving average of the last `periods` demands. The maker sees the orders. Quantities are thousandths.
struct Bullwhip {
    static constexpr sim::Tick ticks_per_window = 1;
    static constexpr int ring_windows = 4;
    static constexpr int periods = 5;
    static constexpr int lead = 2;

    struct Demand {
        static constexpr const char* name = "demand";
        std::int64_t quantity;
    };
    struct Order {
        static constexpr const char* name = "order";
        std::int64_t quantity; // may be negative: goods sent back
    };
    struct Buy {
        static constexpr const char* name = "buy";
        static constexpr int cohorts = 1;
    };
    enum class Role { customer, shop, maker };
    struct alignas(64) Agent {
        sim::Key key;
        sim::AgentId id;
        Role role;
        std::array<std::int64_t, periods> last; // demands, the newest at index window mod periods
        std::int64_t level;                     // order-up-to
    };
    struct Showcase {};
    using Ctx = sim::Context<Bullwhip>;
    using Phases = sim::Phases<sim::Messages<Order>, sim::Messages<Demand>, sim::Visits<Buy>>;
    enum Cell { count, demand, demand_squared, order, order_squared, cells };

    explicit Bullwhip(int threads) : tally(threads, cells) {}

    void visit(Buy, Agent& self, Ctx& ctx) const
    {
        if (self.role != Role::customer) return;
        const double z = ctx.draw(1, static_cast<std::uint32_t>(ctx.window())).normal();
        ctx.send(self.id + 1, Demand{100'000 + static_cast<std::int64_t>(10'000 * z)}, 1);
    }
    void on(const Demand& message, const sim::Header&, Agent& shop, Ctx& ctx) const
    {
        const std::int64_t quantity = message.quantity;
        shop.last[static_cast<std::size_t>(ctx.window() % periods)] = quantity;
        std::int64_t sum = 0;
        for (const std::int64_t d : shop.last) sum += d;
        const std::int64_t level = lead * sum / periods;
        const std::int64_t ordered = quantity + level - shop.level;
        shop.level = level;
        ctx.send(shop.id + 1, Order{ordered}, 1);
        if (ctx.window() < 2 * periods) return;
        add(ctx, demand, demand_squared, quantity - 100'000);
        tally.add(ctx.thread(), count, 1);
    }
    void on(const Order& message, const sim::Header&, Agent&, Ctx& ctx) const
    {
        if (ctx.window() > 2 * periods) add(ctx, order, order_squared, message.quantity - 100'000);
    }
    void add(Ctx& ctx, Cell sum, Cell squares, std::int64_t x) const
    {
        tally.add(ctx.thread(), sum, x);
        tally.add(ctx.thread(), squares, x * x / 1000);
    }

    void undeliverable(const Demand&, const sim::Header&, Ctx&) const {}
    void undeliverable(const Order&, const sim::Header&, Ctx&) const {}
    void due(Buy, sim::Window, std::vector<int>& cohorts) const { cohorts.push_back(0); }
    void at_barrier(sim::Barrier<Bullwhip>&) {}

    template <class F>
    static void fields(Agent& a, F&& f)
    {
        f("last", a.last);
        f("level", a.level);
    }

    mutable sim::Tally tally;
};

} // namespace toys
