#pragma once

#include "sim/base/random.hpp"
#include "sim/bench/measure.hpp"

namespace sim::bench {

/// The common workload of parallel discrete-event simulators. Each logical process starts with one event. An event picks a uniformly random
/// process with probability `remote`, else its own, and schedules one event there after a lookahead and an exponential time. PHOLD-A has
/// remote 0.25, lookahead 0.1 and mean 0.9 behind it; a window is the lookahead, 2^20 ticks.
struct PholdWork {
    static constexpr Tick lookahead = 1 << 20;

    AgentId population;
    std::uint32_t remote; ///< probability x 2^32
    double mean_ticks;    ///< of the time behind the lookahead

    static PholdWork a(AgentId population) { return {population, 1u << 30, 9.0 * lookahead}; }

    struct Process {
        Key key;
        AgentId id;
        std::uint32_t events;
        std::uint64_t trace; ///< changes with the order in which events are handled
    };

    [[nodiscard]] Tick delay(const Draw& draw, unsigned k) const
    {
        return lookahead + static_cast<Tick>(draw.exponential(k) * mean_ticks);
    }
    [[nodiscard]] Tick first(AgentId id) const { return delay(Draw(0, make_key(id), 0, 0), 1); }

    /// Handles one event: calls send(target, delay).
    template <class P, class F>
    void handle(P& self, Tick now, AgentId source, F&& send) const
    {
        ++self.events;
        self.trace = mix_into(self.trace, static_cast<std::uint64_t>(now) ^ source);
        // 32 bits of the event count are enough: purpose and occasion together.
        const Draw draw(0, self.key, static_cast<std::uint16_t>(self.events >> 16), self.events & 0xFFFFu);
        const std::uint64_t bits = draw.bits(0);
        const bool leaves = (bits >> 32) < remote;
        const auto target = leaves ? static_cast<AgentId>((bits & 0xFFFFFFFFu) * population >> 32) : self.id;
        send(target, delay(draw, 1));
    }
};

/// Which events were handled in which order, whoever did it.
template <class Processes>
std::uint64_t trace_sum(const Processes& processes)
{
    std::uint64_t sum = 0;
    for (const auto& process : processes) sum += mix64(process.trace ^ process.key);
    return sum;
}

/// One way to run PHOLD: handles all events before `windows` x lookahead.
struct PholdRun {
    std::int64_t events = 0;
    Spent spent;            ///< without making the processes
    std::uint64_t hash = 0; ///< trace_sum; 0 when this way has another order
};
PholdRun phold_kernel(const PholdWork& work, Window windows, int threads);
PholdRun phold_heap(const PholdWork& work, Window windows); ///< std::priority_queue
PholdRun phold_windows(const PholdWork& work,
                       Window windows); ///< a loop over windows without any interface, as a ceiling

} // namespace sim::bench
