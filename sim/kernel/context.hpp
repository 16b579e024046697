#pragma once

#include "sim/base/random.hpp"
#include "sim/kernel/core.hpp"

namespace sim {

template <class M>
class BlockRun;

/// What a handler sees of the world, bound to the agent it was called for. A handler changes only that agent; it talks by messages,
/// tallies and its showcase.
template <class M>
class Context {
public:
    using Agent = typename M::Agent;
    using Showcase = typename M::Showcase;
    using Traits = ModelTraits<M>;

    [[nodiscard]] Window window() const { return window_; }

    /// Time of the message; the first tick of the window in a visit.
    [[nodiscard]] Tick now() const { return window_start_ + tick_; }

    /// Sends to any agent, dead ones included (see Model::undeliverable).
    /// @param delay  [ticks], at least one window
    template <class Msg>
    void send(AgentId to, const Msg& message, Tick delay)
    {
        SIM_EXPECT(delay >= Traits::ticks_per_window, where());
        SIM_EXPECT(to < core_.next_id, where());
        post(to, message, Ahead(tick_ + delay));
    }

    /// Sends to the agent itself, also within the window: a later phase has it in its turn; what is for this or an earlier phase is
    /// handled after the last phase, by (tick, serial).
    /// @param delay  [ticks], >= 0
    template <class Msg>
    void send_self(const Msg& message, Tick delay)
    {
        SIM_EXPECT(delay >= 0, where());
        SIM_EXPECT(agent_ != nullptr, where());
        const Tick ahead = tick_ + delay;
        if (ahead >= Traits::ticks_per_window)
            post_own(message, Ahead(ahead));
        else
            post_today(message, static_cast<std::uint32_t>(ahead));
    }

    /// The agent's own public record; others see it from the next window on.
    Showcase& own_showcase()
    {
        SIM_EXPECT(agent_ != nullptr, where());
        return block_.own_showcase(window_, slot());
    }

    /// Another agent's public record as of the start of this window (also one's own: yesterday's). The dead show Showcase{}.
    [[nodiscard]] const Showcase& showcase(AgentId id) const
    {
        SIM_EXPECT(id < core_.next_id, where());
        return core_.block_of(id).shown(window_, id);
    }

    /// Brings near what `alive` and `showcase` will read of an agent; the place first, the record when the place has come.
    [[gnu::always_inline]] void fetch_place(AgentId id) const { __builtin_prefetch(core_.place_of(id)); }
    [[gnu::always_inline]] void fetch_showcase(AgentId id) const { core_.block_of(id).fetch_shown(window_, id); }

    /// As of the start of the window.
    [[nodiscard]] bool alive(AgentId id) const
    {
        if (id >= core_.next_id) return false;
        auto& place = const_cast<std::uint32_t&>(*core_.place_of(id));
        return (std::atomic_ref(place).load(std::memory_order_relaxed) & Block<M>::dead_flag) == 0;
    }

    /// The agent leaves at the barrier; until then it goes on.
    void die()
    {
        SIM_EXPECT(agent_ != nullptr, where());
        block_.mark_dying(slot());
    }

    /// Index for Tally and Claims, and for nothing else.
    [[nodiscard]] int thread() const { return thread_; }

    /// Random numbers of a decision, keyed by the agent and the run's seed.
    [[nodiscard]] Draw draw(std::uint16_t purpose, std::uint32_t occasion, std::uint32_t stream = 0) const
    {
        SIM_EXPECT(agent_ != nullptr, where());
        return {core_.options.seed, agent_->key, purpose, occasion, stream};
    }

    /// For SIM_EXPECT and SIM_ENSURE in handlers.
    [[nodiscard]] Where where() const { return {window_, source_}; }

private:
    friend class BlockRun<M>;

    Context(Core<M>& core, Block<M>& block, Worker<M>& worker, int thread)
        : core_(core), block_(block), worker_(worker), thread_(thread), window_(core.window), mask_(core.mask),
          number_(block.number()), serials_(block.serials()), outbox_(worker.outbox(core.window).data()),
          window_start_(Tick{core.window} * Traits::ticks_per_window)
    {
    }

    [[gnu::always_inline]] void bind(std::uint32_t slot, Agent& agent, std::uint32_t tick)
    {
        serial_ = serials_ + slot;
        agent_ = &agent;
        source_ = agent.id;
        tick_ = tick;
    }

    void bind_dead(AgentId id, std::uint32_t& serial, std::uint32_t tick)
    {
        agent_ = nullptr;
        source_ = id;
        serial_ = &serial;
        tick_ = tick;
    }

    // The present agent's slot.
    [[nodiscard]] std::uint32_t slot() const { return static_cast<std::uint32_t>(serial_ - serials_); }

    // Windows and ticks from the start of this window.
    struct Ahead {
        Window windows;
        std::uint32_t tick;

        explicit Ahead(Tick ahead)
        {
            constexpr auto ticks = static_cast<std::uint64_t>(Traits::ticks_per_window); // unsigned divides faster
            const std::uint64_t whole = static_cast<std::uint64_t>(ahead) / ticks;
            windows = static_cast<Window>(whole);
            tick = static_cast<std::uint32_t>(static_cast<std::uint64_t>(ahead) - whole * ticks);
        }
    };

    // `ahead` counts from the start of this window.
    template <class Msg>
    void post(AgentId to, const Msg& message, Ahead ahead)
    {
        static_assert(Traits::template fits<Msg>, "a message is trivially copyable and has at most 24 bytes");
        const std::uint32_t destination = to & mask_;
        const Window due = window_ + ahead.windows;
        if (destination != number_) [[likely]] {
            ++worker_.sent;
            ByteList::push(outbox_[destination], worker_.cache, {to, source_, (*serial_)++, ahead.tick}, due,
                           static_cast<std::uint32_t>(Traits::template message_rank<Msg>), message);
            return;
        }
        if (to == source_ && agent_ != nullptr) return post_own(message, ahead);
        ++worker_.sent;
        block_.accept(worker_.cache, window_, due, {to, source_, (*serial_)++, ahead.tick}, message);
    }

    // To the present agent itself, whose slot is known.
    template <class Msg>
    void post_own(const Msg& message, Ahead ahead)
    {
        static_assert(Traits::template fits<Msg>, "a message is trivially copyable and has at most 24 bytes");
        ++worker_.sent;
        block_.accept_own(worker_.cache, window_, window_ + ahead.windows, {source_, source_, (*serial_)++, ahead.tick},
                          message, slot());
    }

    template <class Msg>
    void post_today(const Msg& message, std::uint32_t tick)
    {
        static_assert(Traits::template fits<Msg>, "a message is trivially copyable and has at most 24 bytes");
        ++worker_.sent;
        const std::uint32_t serial = (*serial_)++;
        constexpr auto type = Traits::template message_rank<Msg>;
        if (Traits::template message_phase < Msg >> phase_) {
            TypedList<Msg>::push(block_.list(window_, type), worker_.cache, slot(),
                                 Header{source_, source_, serial, tick}, message);
            return;
        }
        TodayEntry entry{tick, serial, slot(), static_cast<std::uint32_t>(type), depth_ + 1, {}};
        if constexpr (!std::is_empty_v<Msg>) ::new (entry.payload) Msg(message);
        if (entry.depth > Traits::today_depth) throw_too_deep();
        worker_.push_today(entry);
    }

    [[noreturn]] void throw_too_deep() const
    {
        throw ContractViolation("a chain of same-window self messages is deeper than today_depth (window " +
                                std::to_string(window_) + ", agent " + std::to_string(source_) + ")");
    }

    Core<M>& core_;
    Block<M>& block_;
    Worker<M>& worker_;
    int thread_;
    Window window_;
    std::uint32_t mask_, number_;
    std::uint32_t* serials_;
    ChunkList* outbox_;
    Tick window_start_;
    Agent* agent_ = nullptr;          // none in undeliverable()
    std::uint32_t* serial_ = nullptr; // the agent's in serials_, else the dead one's
    AgentId source_ = no_agent;
    std::uint32_t tick_ = 0;
    std::size_t phase_ = 0;
    std::uint32_t depth_ = 0;
};

} // namespace sim
