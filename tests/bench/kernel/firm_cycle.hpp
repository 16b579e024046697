#pragma once

#include "sim/kernel/engine.hpp"

namespace bench {

/// Traffic of a firm economy: per agent and 30 windows two visits, two self messages, and two orders that are each answered by a delivery;
/// 8 events, half of them from other agents. `Work` says whether handlers compute something or only keep the traffic going.
template <bool Work>
struct FirmCycle {
    static constexpr sim::Tick ticks_per_window = 24;
    static constexpr int ring_windows = 64;
    static constexpr int month = 30;

    struct Order {
        static constexpr const char* name = "order";
        std::int64_t quantity;
    };
    struct Delivery {
        static constexpr const char* name = "delivery";
        std::int64_t quantity;
        std::int64_t value;
    };
    struct Machine {
        static constexpr const char* name = "machine";
        std::int64_t capacity;
    };
    struct Plan {
        static constexpr const char* name = "plan";
        static constexpr int cohorts = month;
    };
    struct Accounts {
        static constexpr const char* name = "accounts";
        static constexpr int cohorts = month;
    };
    struct alignas(64) Agent {
        sim::Key key;
        sim::AgentId id;
        std::uint32_t reviews;
        std::int64_t stock, cash, backlog, capacity;
        double expected, price;
        double rest[8];
    };
    static_assert(sizeof(Agent) == 128);
    struct Showcase {
        double price = 1;
        std::int64_t backlog = 0;
    };
    using Ctx = sim::Context<FirmCycle>;
    using Phases = sim::Phases<sim::Messages<Delivery>, sim::Messages<Machine>, sim::Messages<Order>, sim::Visits<Plan>,
                               sim::Visits<Accounts>>;

    sim::AgentId population;

    void on(const Order& order, const sim::Header& header, Agent& self, Ctx& ctx) const
    {
        if constexpr (Work) {
            const std::int64_t shipped = std::min(order.quantity, self.stock);
            self.stock -= shipped;
            self.backlog += order.quantity - shipped;
            self.expected += 0.25 * (static_cast<double>(order.quantity) - self.expected);
        }
        ctx.send(header.source, Delivery{order.quantity, 7}, 24 * (1 + header.serial % 16));
    }
    void on(const Delivery& delivery, const sim::Header&, Agent& self, Ctx&) const
    {
        if constexpr (Work) {
            self.stock += delivery.quantity;
            self.cash -= delivery.value;
        }
    }
    void on(const Machine& machine, const sim::Header&, Agent& self, Ctx& ctx) const
    {
        if constexpr (Work)
            self.capacity = std::max<std::int64_t>(self.capacity - self.capacity / 64, machine.capacity);
        ctx.send_self(machine, 24 * 15);
    }
    void visit(Plan, Agent& self, Ctx& ctx) const
    {
        std::uint64_t bits = sim::mix64(self.key + ++self.reviews);
        if constexpr (Work) {
            self.price *= 0.999 + 0.002 * ctx.draw(1, self.reviews & 0xFFFFu).uniform();
            self.stock += self.capacity;
            ctx.own_showcase() = {self.price, self.backlog};
        }
        for (int i = 0; i < 2; ++i) {
            const auto to = static_cast<sim::AgentId>((bits & 0xFFFFFFFFu) * population >> 32);
            ctx.send(to, Order{static_cast<std::int64_t>(bits >> 60)},
                     24 * static_cast<sim::Tick>(1 + (bits >> 40) % 4));
            bits = sim::mix64(bits);
        }
    }
    void visit(Accounts, Agent& self, Ctx&) const
    {
        if constexpr (Work) {
            self.cash += self.stock - self.backlog;
            for (int i = 0; i < 8; ++i) self.rest[i] = 0.9 * self.rest[i] + self.price;
        }
    }

    void undeliverable(const Order&, const sim::Header&, Ctx&) const {}
    void undeliverable(const Delivery&, const sim::Header&, Ctx&) const {}
    void undeliverable(const Machine&, const sim::Header&, Ctx&) const {}

    int cohort(Plan, const Agent& agent) const { return static_cast<int>(agent.key % month); }
    int cohort(Accounts, const Agent& agent) const { return static_cast<int>(agent.key / month % month); }
    void due(Plan, sim::Window window, std::vector<int>& cohorts) const { cohorts.push_back(window % month); }
    void due(Accounts, sim::Window window, std::vector<int>& cohorts) const { cohorts.push_back(window % month); }
    void at_barrier(sim::Barrier<FirmCycle>&) {}

    template <class F>
    static void fields(Agent& a, F&& f)
    {
        f("stock", a.stock);
        f("cash", a.cash);
        f("backlog", a.backlog);
        f("capacity", a.capacity);
        f("expected", a.expected);
        f("price", a.price);
        f("rest", a.rest);
        f("reviews", a.reviews);
    }

    static void found(sim::Engine<FirmCycle>& engine, sim::AgentId population)
    {
        for (sim::AgentId i = 0; i < population; ++i) {
            Agent agent{};
            agent.key = sim::make_key(i);
            agent.price = 1;
            agent.capacity = 4;
            engine.found(agent);
        }
        for (sim::AgentId i = 0; i < population; ++i)
            engine.send_initial(i, Machine{3}, static_cast<sim::Window>(sim::make_key(i) % 15));
    }
};

} // namespace bench
