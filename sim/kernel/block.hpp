#pragma once

#include "sim/base/check.hpp"
#include "sim/kernel/agent_array.hpp"
#include "sim/kernel/bits.hpp"
#include "sim/kernel/message_types.hpp"
#include "sim/kernel/roster.hpp"
#include "sim/kernel/showcases.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <deque>
#include <map>
#include <span>
#include <vector>

namespace sim {

/// A part of the population with all that its windows need: agents, messages under way to them, rosters, showcases. One task runs a block.
///
/// An agent's **slot** is its index here. Its **place** is what the block knows by id: the slot while it lives, afterwards `dead_flag` with the
/// next serial of what is sent in the dead agent's name. Messages in the ring carry the slot, or `dead_flag` with the local index.
template <class M>
class Block {
public:
    using Traits = ModelTraits<M>;
    using Types = MessageTypes<M>;
    using Agent = typename M::Agent;
    using Showcase = typename M::Showcase;
    static constexpr std::uint32_t dead_flag = 0x80000000u;
    static constexpr Window ring_windows = Traits::ring_windows;
    static constexpr std::size_t types = Types::count;
    static constexpr bool has_showcase = !std::is_empty_v<Showcase>;

    /// @param shift  an id is local index << shift | number
    Block(std::uint32_t number, unsigned shift)
        : number_(number), shift_(shift), ring_(static_cast<std::size_t>(ring_windows) * types)
    {
        make_rosters();
    }

    [[nodiscard]] std::uint32_t number() const { return number_; }
    [[nodiscard]] std::size_t slots() const { return agents_.size(); }
    [[nodiscard]] std::size_t living() const { return living_; }
    [[nodiscard]] std::size_t locals() const { return places_.size(); } // ids that were given, the dead ones too
    [[nodiscard]] const Bits& dead() const { return dead_; }
    [[nodiscard]] AgentId id_of(std::uint32_t local) const { return local << shift_ | number_; }
    [[nodiscard]] std::uint32_t local(AgentId id) const { return id >> shift_; }
    Agent* agents() { return agents_.data(); }
    std::uint32_t* serials() { return serials_.data(); }
    Agent& agent(std::uint32_t slot) { return agents_[slot]; }
    const Agent& agent(std::uint32_t slot) const { return agents_[slot]; }
    std::uint32_t& serial(std::uint32_t slot) { return serials_[slot]; }
    [[nodiscard]] std::uint32_t serial(std::uint32_t slot) const { return serials_[slot]; }
    Roster& roster(std::size_t rank) { return rosters_[rank]; }
    ChunkList& list(Window due, std::size_t type)
    {
        return ring_[static_cast<std::size_t>(due & (ring_windows - 1)) * types + type];
    }
    std::vector<std::uint32_t>& dying() { return dying_; }

    /// Place of an id. Other threads may ask while this block counts what is sent in the name of the dead, hence the atomic access.
    [[nodiscard]] std::uint32_t place(AgentId id) const
    {
        return std::atomic_ref(const_cast<std::uint32_t&>(places_[local(id)])).load(std::memory_order_relaxed);
    }
    /// Where places lie, by local index; moves when agents are born.
    [[nodiscard]] const std::uint32_t* places() const { return places_.data(); }
    [[nodiscard]] bool is_alive(AgentId id) const { return local(id) < places_.size() && (place(id) & dead_flag) == 0; }
    void set_dead_serial(AgentId id, std::uint32_t serial)
    {
        std::atomic_ref(places_[local(id)]).store(dead_flag | serial, std::memory_order_relaxed);
    }

    [[nodiscard]] const Agent* find(AgentId id) const { return is_alive(id) ? &agents_[places_[local(id)]] : nullptr; }

    /// What others see of an agent during a window; a dead one shows a default record.
    const Showcase& shown(Window window, AgentId id) const
    {
        static constexpr Showcase nothing{};
        if constexpr (has_showcase)
            return is_alive(id) ? showcases_.read(window, place(id)) : nothing;
        else
            return nothing;
    }
    [[gnu::always_inline]] void fetch_shown(Window window, AgentId id) const
    {
        if constexpr (has_showcase)
            if (is_alive(id)) __builtin_prefetch(&showcases_.read(window, place(id)));
    }
    Showcase& own_showcase(Window window, std::uint32_t slot)
    {
        static Showcase nothing{};
        if constexpr (has_showcase)
            return showcases_.own(window, slot);
        else
            return nothing;
    }

    /// Takes a message in: into the ring, or into the far-future queue when it is due beyond it. `window` is the present one.
    template <class Msg>
    void accept(ChunkCache& cache, Window window, Window due, const Header& header, const Msg& message)
    {
        if (due - window >= ring_windows) return accept_far(cache, due, header, message);
        TypedList<Msg>::push(list(due, Types::template rank<Msg>), cache, target_of(header.target), header, message);
    }

    /// The same for a message of an agent of this block to itself, whose slot is known.
    template <class Msg>
    void accept_own(ChunkCache& cache, Window window, Window due, const Header& header, const Msg& message,
                    std::uint32_t slot)
    {
        if (due - window >= ring_windows) return accept_far(cache, due, header, message);
        TypedList<Msg>::push(list(due, Types::template rank<Msg>), cache, slot, header, message);
    }

    /// Takes in what lies in a byte list: an outbox, or a bucket of the far-future queue. Types come in any order, so nothing branches on them:
    /// each payload is copied in the largest size.
    void accept_all(ChunkList& wire, ChunkCache& cache, Window window)
    {
        if (wire.count * 16 > places_.size()) fetch_array(places_.data(), places_.size());
        ByteList::consume(wire, cache, [this, &cache, window](const WireHeader& head, const std::byte* payload) {
            const auto size = Types::sizes[head.type];
            if (head.due - window >= ring_windows) [[unlikely]] {
                std::memcpy(far_[head.due / ring_windows].grow(size.wire, cache), &head, size.wire);
                return size.wire;
            }
            const std::uint32_t target = target_of(head.header.target);
            std::byte* const record = list(head.due, head.type).grow(size.record, cache);
            std::memcpy(record, &head.header, sizeof(Header));
            std::memcpy(record, &target, sizeof target);
            std::memcpy(record + sizeof(Header), payload, Traits::largest_message);
            return size.wire;
        });
    }

    void begin_window(Window window, ChunkCache& cache)
    {
        if constexpr (has_showcase) showcases_.begin_window(window);
        if (window % ring_windows != 0 || far_.empty()) return;
        const auto bucket = far_.find(window / ring_windows);
        if (bucket == far_.end()) return;
        accept_all(bucket->second, cache, window);
        far_.erase(bucket);
    }

    /// Marks an agent as leaving at the end of this window.
    void mark_dying(std::uint32_t slot)
    {
        if (!leaving_.test_and_set(slot)) dying_.push_back(slot);
    }

    /// Takes in founders, who lie by local index; `places` gives the slot of each.
    void found(const M& model, AgentArray<Agent> founders, std::vector<std::uint32_t> places)
    {
        places_ = std::move(places);
        agents_ = std::move(founders);
        agents_.arrange(places_);
        agents_.reserve(room_for(agents_.size()));
        fit_slots();
        living_ = agents_.size();
        for (std::uint32_t slot = 0; slot < living_; ++slot) {
            show_first(agents_[slot], slot);
            enrol(model, agents_[slot], slot);
        }
        rebuild_rosters();
    }

    /// Slots set aside for so many founders and those who join them.
    static constexpr std::size_t room_for(std::size_t founders) { return founders + founders / 16; }

    /// Agents of a state to be restored: so many ids have been given, and each that lives is settled in the next slot. Rosters are to be
    /// rebuilt behind the last one.
    void expect(std::size_t locals) { places_.assign(locals, dead_flag); }
    void settle(const M& model, const Agent& agent, std::uint32_t serial, const Showcase& shown)
    {
        const auto slot = static_cast<std::uint32_t>(agents_.size());
        if (slot == 0) agents_.reserve(places_.size());
        agents_.push_back(agent);
        fit_slots();
        serials_[slot] = serial;
        if constexpr (has_showcase) showcases_.put(slot, shown);
        places_[local(agent.id)] = slot;
        enrol(model, agent, slot);
        ++living_;
    }

    /// A newborn, at a barrier. Its local index is the next one.
    void add(const M& model, const Agent& agent, Window window);

    /// Takes a dead agent out, at a barrier. Its slot waits until no message under way can name it and no roster lists it.
    void remove(std::uint32_t slot, Window window);

    void rebuild_rosters();

    /// Calls f(agent) for the living.
    template <class F>
    void each_agent(F&& f) const
    {
        for (std::uint32_t slot = 0; slot < slots(); ++slot)
            if (!dead_.test(slot)) f(agents_[slot], serials_[slot]);
    }

    /// Calls f(header with the target's id, message, due window) for all messages in the ring and the far-future queue.
    template <class F>
    void each_pending(Window window, F&& f) const;
    [[nodiscard]] std::int64_t pending() const;

private:
    // What a message in the ring carries for its target.
    [[nodiscard]] std::uint32_t target_of(AgentId id) const
    {
        const std::uint32_t at = place(id);
        return (at & dead_flag) == 0 ? at : dead_flag | local(id);
    }

    template <class Msg>
    void accept_far(ChunkCache& cache, Window due, const Header& header, const Msg& message)
    {
        ByteList::push(far_[due / ring_windows], cache, header, due, Types::template rank<Msg>, message);
    }

    struct Grave {
        std::uint32_t slot;
        Window died;
        std::uint32_t rebuilds; // of the rosters, when it died
    };

    void make_rosters()
    {
        Traits::List::each_activity([&]<class A>() {
            static_assert(A::cohorts >= 1);
            rosters_.emplace_back(A::cohorts);
        });
    }

    void fit_slots()
    {
        const std::size_t n = agents_.size();
        serials_.resize(n);
        dead_.resize(n);
        leaving_.resize(n);
        if constexpr (has_showcase) showcases_.resize(n);
    }

    void show_first(const Agent& agent, std::uint32_t slot)
    {
        if constexpr (has_showcase) {
            if constexpr (requires { M::first_showcase(agent); })
                showcases_.put(slot, M::first_showcase(agent));
            else
                showcases_.put(slot, Showcase{});
        }
    }

    void enrol(const M& model, const Agent& agent, std::uint32_t slot)
    {
        std::size_t rank = 0;
        Traits::List::each_activity([&]<class A>() { rosters_[rank++].add(cohort_of<A>(model, agent), slot); });
    }

    std::uint32_t take_slot(const Agent& agent, Window window);

    void note_change()
    {
        if (++changes_ > 32 + slots() / 16) rebuild_rosters();
    }

public:
    template <class A>
    static int cohort_of(const M& model, const Agent& agent)
    {
        if constexpr (A::cohorts == 1) {
            return 0;
        } else {
            const int cohort = model.cohort(A{}, agent);
            SIM_EXPECT(cohort >= 0 && cohort < A::cohorts, Where{-1, agent.id});
            return cohort;
        }
    }

private:
    std::uint32_t number_;
    unsigned shift_;
    AgentArray<Agent> agents_;           // by slot
    std::vector<std::uint32_t> serials_; // by slot
    std::vector<std::uint32_t> places_;  // by local index
    Bits dead_, leaving_;                // by slot
    Showcases<Showcase> showcases_;      // by slot
    std::vector<ChunkList> ring_;        // [window mod ring_windows][type]
    std::map<Window, ChunkList> far_;    // by due / ring_windows
    std::vector<Roster> rosters_;
    std::vector<std::uint32_t> dying_; // slots that leave at this barrier
    std::deque<Grave> graves_;
    std::uint32_t rebuilds_ = 0;
    std::size_t changes_ = 0; // births and deaths since the last rebuild
    std::size_t living_ = 0;
};

template <class M>
void Block<M>::add(const M& model, const Agent& agent, Window window)
{
    require(local(agent.id) == places_.size(), "ids of newborns are dense");
    const std::uint32_t slot = take_slot(agent, window);
    places_.push_back(slot);
    show_first(agent, slot);
    enrol(model, agent, slot);
    ++living_;
    note_change();
}

template <class M>
std::uint32_t Block<M>::take_slot(const Agent& agent, Window window)
{
    if (!graves_.empty() && window - graves_.front().died >= ring_windows && graves_.front().rebuilds < rebuilds_) {
        const std::uint32_t slot = graves_.front().slot;
        graves_.pop_front();
        agents_.put(slot, agent);
        serials_[slot] = 0;
        dead_.reset(slot);
        return slot;
    }
    agents_.push_back(agent);
    fit_slots();
    return static_cast<std::uint32_t>(agents_.size() - 1);
}

template <class M>
void Block<M>::remove(std::uint32_t slot, Window window)
{
    set_dead_serial(agents_[slot].id, serials_[slot] & ~dead_flag);
    dead_.set(slot);
    leaving_.reset(slot);
    graves_.push_back({slot, window, rebuilds_});
    --living_;
    note_change();
}

template <class M>
void Block<M>::rebuild_rosters()
{
    for (Roster& roster : rosters_) roster.rebuild(dead_);
    ++rebuilds_;
    changes_ = 0;
}

template <class M>
template <class F>
void Block<M>::each_pending(Window window, F&& f) const
{
    for (Window due = window; due < window + ring_windows; ++due) {
        Traits::List::each_message([&]<class Msg>() {
            const ChunkList& ready =
                ring_[static_cast<std::size_t>(due & (ring_windows - 1)) * types + Types::template rank<Msg>];
            TypedList<Msg>::each(ready, [&](const Record<Msg>& record) {
                Header header = record.header;
                header.target =
                    (header.target & dead_flag) != 0 ? id_of(header.target & ~dead_flag) : agents_[header.target].id;
                f(header, record.message, due);
            });
        });
    }
    for (const auto& [epoch, bucket] : far_)
        ByteList::each(bucket, [&](const WireHeader& head, const std::byte* payload) {
            return Types::with_message(head, payload, [&](const auto& message) { f(head.header, message, head.due); });
        });
}

template <class M>
std::int64_t Block<M>::pending() const
{
    std::int64_t n = 0;
    for (const ChunkList& ready : ring_) n += ready.count;
    for (const auto& [epoch, bucket] : far_) n += bucket.count;
    return n;
}

} // namespace sim
