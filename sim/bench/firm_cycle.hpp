#pragma once

#include "sim/kernel/engine.hpp"

#include <algorithm>

namespace sim::bench {

/// Traffic of a firm economy: in 30 windows an agent is visited twice, gets two messages it sent itself, and sends orders that are each
/// answered by a delivery. `Work` says whether handlers compute something or only keep the traffic going.
template <bool Work>
struct FirmCycle {
    static constexpr Tick ticks_per_window = 24;
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
        Key key;
        AgentId id;
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
    using Ctx = Context<FirmCycle>;
    using Phases = sim::Phases<Messages<Delivery>, Messages<Machine>, Messages<Order>, Visits<Plan>, Visits<Accounts>>;

    AgentId population;
    int orders = 2; ///< of an agent in a month: 2 + 2 x orders events, and 2 more with machines
    bool machines = true;
    AgentId hubs = 0;            ///< so many agents, the first ones, get `hub_share` of all orders
    std::uint32_t hub_share = 0; ///< x 2^8

    void on(const Order& order, const Header& header, Agent& self, Ctx& ctx) const
    {
        if constexpr (Work) {
            const std::int64_t shipped = std::min(order.quantity, self.stock);
            self.stock -= shipped;
            self.backlog += order.quantity - shipped;
            self.expected += 0.25 * (static_cast<double>(order.quantity) - self.expected);
        }
        ctx.send(header.source, Delivery{order.quantity, 7}, 24 * (1 + header.serial % 16));
    }
    void on(const Delivery& delivery, const Header&, Agent& self, Ctx&) const
    {
        if constexpr (Work) {
            self.stock += delivery.quantity;
            self.cash -= delivery.value;
        }
    }
    void on(const Machine& machine, const Header&, Agent& self, Ctx& ctx) const
    {
        if constexpr (Work)
            self.capacity = std::max<std::int64_t>(self.capacity - self.capacity / 64, machine.capacity);
        ctx.send_self(machine, 24 * 15);
    }
    void visit(Plan, Agent& self, Ctx& ctx) const
    {
        std::uint64_t bits = mix64(self.key + ++self.reviews);
        if constexpr (Work) {
            self.price *= 0.999 + 0.002 * ctx.draw(1, self.reviews & 0xFFFFu).uniform();
            self.stock += self.capacity;
            ctx.own_showcase() = {self.price, self.backlog};
        }
        for (int i = 0; i < orders; ++i) {
            ctx.send(seller(bits), Order{static_cast<std::int64_t>(bits >> 60)},
                     24 * static_cast<Tick>(1 + (bits >> 40) % 4));
            bits = mix64(bits);
        }
    }
    void visit(Accounts, Agent& self, Ctx&) const
    {
        if constexpr (Work) {
            self.cash += self.stock - self.backlog;
            for (double& x : self.rest) x = 0.9 * x + self.price;
        }
    }

    void undeliverable(const Order&, const Header&, Ctx&) const {}
    void undeliverable(const Delivery&, const Header&, Ctx&) const {}
    void undeliverable(const Machine&, const Header&, Ctx&) const {}

    int cohort(Plan, const Agent& agent) const { return static_cast<int>(agent.key % month); }
    int cohort(Accounts, const Agent& agent) const { return static_cast<int>(agent.key / month % month); }
    void due(Plan, Window window, std::vector<int>& cohorts) const { cohorts.push_back(window % month); }
    void due(Accounts, Window window, std::vector<int>& cohorts) const { cohorts.push_back(window % month); }
    void at_barrier(Barrier<FirmCycle>&) {}

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

    void found(Engine<FirmCycle>& engine) const
    {
        for (AgentId i = 0; i < population; ++i) {
            Agent agent{};
            agent.key = make_key(i);
            agent.price = 1;
            agent.capacity = 4;
            engine.found(agent);
        }
        for (AgentId i = 0; machines && i < population; ++i)
            engine.send_initial(i, Machine{3}, static_cast<Window>(make_key(i) % 15));
    }

private:
    [[nodiscard]] AgentId seller(std::uint64_t bits) const
    {
        const bool to_hub = hubs > 0 && (bits >> 48 & 0xFFu) < hub_share;
        return static_cast<AgentId>((bits & 0xFFFFFFFFu) * (to_hub ? hubs : population) >> 32);
    }
};

} // namespace sim::bench
