#pragma once

#include "sim/kernel/engine.hpp"

#include <algorithm>
#include <array>

namespace toys {

/// Independent shops with exponential service of mean 1 and Poisson customers, first come first served, `Servers` servers each.
/// One window is one time unit of 2^20 ticks, fine enough to be continuous. Agent 2i is the street in front of shop 2i + 1.
template <int Servers>
struct Queue {
    static constexpr sim::Tick ticks_per_window = 1 << 20;
    static constexpr int ring_windows = 4;

    struct Customer {
        static constexpr const char* name = "customer";
    };
    struct Walk {
        static constexpr const char* name = "walk";
        static constexpr int cohorts = 1;
    };
    struct alignas(64) Agent {
        sim::Key key;
        sim::AgentId id;
        bool is_shop;
        sim::Tick next; // street: arrival of the next customer
        std::array<sim::Tick, Servers> free_at;
        std::int64_t served, waited;
        sim::Tick time_in_system;
    };
    struct Showcase {};
    using Ctx = sim::Context<Queue>;
    using Phases = sim::Phases<sim::Messages<Customer>, sim::Visits<Walk>>;

    double arrivals_per_unit;
    sim::Window warm_up;

    static sim::Tick ticks(double units)
    {
        return static_cast<sim::Tick>(units * static_cast<double>(ticks_per_window));
    }

    // Customers of the window after this one leave the street now: the lead is at least a window.
    void visit(Walk, Agent& street, Ctx& ctx) const
    {
        if (street.is_shop) return;
        const auto window = static_cast<std::uint32_t>(ctx.window());
        const sim::Draw draw = ctx.draw(1, window & 0xFFFF, window >> 16);
        const sim::Tick horizon = ctx.now() + 2 * ticks_per_window;
        for (unsigned k = 0; street.next < horizon; ++k) {
            ctx.send(street.id + 1, Customer{}, street.next - ctx.now());
            street.next += ticks(draw.exponential(k) / arrivals_per_unit);
        }
    }

    // The engine hands over the customers of a window in the order of their ticks.
    void on(const Customer&, const sim::Header&, Agent& shop, Ctx& ctx) const
    {
        const auto window = static_cast<std::uint32_t>(ctx.window());
        const double service =
            ctx.draw(2, window & 0xFFFF, window >> 16).exponential(static_cast<unsigned>(shop.served & 0xFFFFF));
        auto& server = *std::min_element(shop.free_at.begin(), shop.free_at.end());
        const sim::Tick start = std::max(ctx.now(), server);
        server = start + ticks(service);
        ++shop.served;
        if (ctx.window() < warm_up) return;
        shop.waited +=
            start > ctx.now() ? (std::int64_t{1} << 32) + 1 : 1; // waiting in the high half, all in the low half
        shop.time_in_system += server - ctx.now();
    }

    void undeliverable(const Customer&, const sim::Header&, Ctx&) const {}
    void due(Walk, sim::Window, std::vector<int>& cohorts) const { cohorts.push_back(0); }
    void at_barrier(sim::Barrier<Queue>&) {}

    template <class F>
    static void fields(Agent& a, F&& f)
    {
        f("next", a.next);
        f("time_in_system", a.time_in_system);
    }
};

} // namespace toys
