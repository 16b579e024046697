#pragma once

#include "sim/kernel/engine.hpp"

#include <algorithm>

namespace toys {

/// PHOLD-A: each logical process starts with one event at 0.1 + Exp(0.9). An event picks a uniformly random target with probability 0.25,
/// else itself, and schedules one event at now + 0.1 + Exp(0.9). One window is 0.1 time units, 2^20 ticks.
/// `Padding` is the number of unused 64-byte lines of an agent.
struct Phold {
    static constexpr sim::Tick ticks_per_window = 1 << 20;
    static constexpr int ring_windows = 64;
    static constexpr double ticks_per_unit = 10.0 * ticks_per_window;

    struct Event {
        static constexpr const char* name = "event";
    };
    struct alignas(64) Agent {
        sim::Key key;
        sim::AgentId id;
        std::uint32_t events;
        std::uint64_t trace; // changes with the order in which events are handled
    };
    struct Showcase {};
    using Phases = sim::Phases<sim::Messages<Event>>;

    sim::AgentId population;

    void on(const Event&, const sim::Header& header, Agent& self, sim::Context<Phold>& ctx) const
    {
        ++self.events;
        self.trace = sim::mix_into(self.trace, static_cast<std::uint64_t>(ctx.now()) ^ header.source);
        const sim::Draw draw = event_draw(self, ctx);
        const std::uint64_t bits = draw.bits(0);
        const bool remote = bits >> 62 == 0;
        const auto target = remote ? static_cast<sim::AgentId>((bits & 0xFFFFFFFFu) * population >> 32) : self.id;
        ctx.send(target, Event{}, delay(draw.exponential(1)));
    }

    void undeliverable(const Event&, const sim::Header&, sim::Context<Phold>&) const {}
    void at_barrier(sim::Barrier<Phold>&) {}

    template <class F>
    static void fields(Agent& a, F&& f)
    {
        f("events", a.events);
        f("trace", a.trace);
    }

    static sim::Tick delay(double exponential)
    {
        return ticks_per_window + static_cast<sim::Tick>(0.9 * exponential * ticks_per_unit);
    }

    // The 48 low bits of the event count are enough: stream and occasion together.
    static sim::Draw event_draw(const Agent& self, sim::Context<Phold>& ctx)
    {
        return ctx.draw(static_cast<std::uint16_t>(self.events >> 16), self.events & 0xFFFFu);
    }

    static void found(sim::Engine<Phold>& engine, sim::AgentId population, std::uint32_t seed)
    {
        for (sim::AgentId i = 0; i < population; ++i) engine.found({sim::make_key(i), 0, 0, 0});
        for (sim::AgentId i = 0; i < population; ++i) {
            const sim::Tick at = delay(sim::Draw(seed, sim::make_key(i), 0, 0).exponential(1));
            engine.send_initial(i, Event{}, static_cast<sim::Window>(at / ticks_per_window),
                                static_cast<std::uint32_t>(at % ticks_per_window));
        }
    }
};

} // namespace toys
