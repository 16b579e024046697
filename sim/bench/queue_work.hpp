#pragma once

#include "sim/base/key.hpp"

#include <utility>

namespace sim::bench {

/// What the queues have to carry: agents of 128 bytes, each event makes one other, due 1 to 17 days ahead; 48 % are for
/// another agent. An agent handles the events of a day by (tick, source, serial).
struct QueueWork {
    static constexpr Tick day = 24;
    static constexpr int longest = 16;               ///< days ahead
    static constexpr std::uint32_t events_each = 4u; ///< under way at any time, by agent

    struct alignas(64) Agent {
        Key key;
        AgentId id;
        std::uint32_t serial;
        std::uint64_t trace;
        std::uint64_t rest[13];
    };
    static_assert(sizeof(Agent) == 128);

    struct Event {
        Tick at;
        AgentId target, source;
        std::uint32_t serial;

        [[nodiscard]] Window day() const { return static_cast<Window>(at / QueueWork::day); }
        /// In which order one agent handles its events.
        [[nodiscard]] auto rank() const { return std::pair(at, std::uint64_t{source} << 32 | serial); }
    };

    AgentId population;

    [[nodiscard]] Agent agent(AgentId id) const { return {make_key(id), id, 0, 0, {}}; }

    /// k-th event under way on the first day; no agent sent it.
    [[nodiscard]] Event first(AgentId id, std::uint32_t k) const
    {
        const std::uint64_t bits = mix64(make_key(id, k));
        return {static_cast<Tick>(bits % (longest * day)), id, no_agent, id * events_each + k};
    }

    /// Handles an event: changes the agent and returns the next event.
    [[nodiscard]] Event handle(const Event& event, Agent& self) const
    {
        self.trace = mix_into(self.trace, static_cast<std::uint64_t>(event.at) << 32 ^ event.source);
        self.rest[event.serial % 13] += event.source;
        const std::uint64_t bits = mix64(self.key + self.serial);
        const bool leaves = (bits >> 56) < 123; // 48 %
        const auto target = leaves ? static_cast<AgentId>((bits & 0xFFFFFFFFu) * population >> 32) : self.id;
        const Tick ahead = day * static_cast<Tick>(1 + (bits >> 40) % longest) + static_cast<Tick>((bits >> 44) % day);
        return {event.at + ahead, target, self.id, self.serial++};
    }
};

} // namespace sim::bench
