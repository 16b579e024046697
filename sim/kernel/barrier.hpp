#pragma once

#include "sim/kernel/core.hpp"

#include <utility>

namespace sim {

/// What institutions may do between two windows, one after the other on one thread: read everything, send, create agents, stop the run.
template <class M>
class Barrier {
public:
    using Agent = typename M::Agent;
    using Traits = ModelTraits<M>;

    explicit Barrier(Core<M>& core) : core_(core) {}

    /// The window just finished.
    [[nodiscard]] Window window() const { return core_.window; }
    [[nodiscard]] std::uint32_t seed() const { return core_.options.seed; }

    /// A new agent, alive from the next window on; its `id` is set here, in the order of the calls, and returned.
    AgentId create(const Agent& agent)
    {
        if (core_.next_id >= no_agent - 1) throw ContractViolation("no more than 2^32 - 2 agents in a run");
        Agent newborn = agent;
        newborn.id = core_.next_id++;
        core_.block_of(newborn.id).add(core_.model, newborn, core_.window);
        return newborn.id;
    }

    /// Sends in an institution's name (source: no_agent).
    /// @param delay  [ticks] from the start of the finished window, at least one window
    template <class Msg>
    void send(AgentId to, const Msg& message, Tick delay)
    {
        static_assert(Traits::template fits<Msg>, "a message is trivially copyable and has at most 24 bytes");
        SIM_EXPECT(delay >= Traits::ticks_per_window, where());
        SIM_EXPECT(to < core_.next_id, where());
        const Tick at = Tick{core_.window} * Traits::ticks_per_window + delay;
        const auto due = static_cast<Window>(at / Traits::ticks_per_window);
        core_.send_from_institution(to, message, due, static_cast<std::uint32_t>(at % Traits::ticks_per_window));
    }

    /// The agent with this id, or nullptr when it is dead or was never born.
    [[nodiscard]] const Agent* find(AgentId id) const { return core_.find(id); }

    /// An agent's public record as others see it in the next window.
    [[nodiscard]] const typename M::Showcase& showcase(AgentId id) const
    {
        return core_.block_of(id).shown(core_.window + 1, id);
    }

    /// Calls f(const Agent&) for all who live, in no promised order: add integers only.
    template <class F>
    void each_agent(F&& f) const
    {
        core_.each_agent(std::forward<F>(f));
    }

    /// Calls f(part, thread, agents) for each part of the population, on all threads at once, where `agents(g)` calls g(const Agent&) for
    /// those who live in it. How the population is parted is not promised: what is made of the parts must not depend on it.
    template <class F>
    void each_part(F&& f) const
    {
        core_.executor->for_each(parts(), [&](int part, int thread) {
            f(part, thread, [&](auto&& g) {
                core_.blocks[static_cast<std::size_t>(part)]->each_agent(
                    [&](const Agent& agent, std::uint32_t) { g(agent); });
            });
        });
    }
    [[nodiscard]] int parts() const { return static_cast<int>(core_.blocks.size()); }

    /// Calls f(task, thread) for each task in [0, tasks), on all threads at once.
    template <class F>
    void for_each(int tasks, F&& f) const
    {
        core_.executor->for_each(tasks, f);
    }

    /// Calls f(const Header&, const Msg&) or f(const Header&, const Msg&, Window due) for all messages of a type under way.
    template <class Msg, class F>
    void each_pending(F&& f) const
    {
        core_.template each_pending_of<Msg>(std::forward<F>(f));
    }

    [[nodiscard]] std::size_t population() const
    {
        std::size_t n = 0;
        for (const auto& block : core_.blocks) n += block->living();
        return n;
    }

    /// Ends the run after this barrier. The first reason counts.
    void stop(std::string why)
    {
        if (!std::exchange(core_.stopped, true)) core_.stop_reason = std::move(why);
    }

    [[nodiscard]] Where where() const { return {core_.window, no_agent}; }

private:
    Core<M>& core_;
};

} // namespace sim
