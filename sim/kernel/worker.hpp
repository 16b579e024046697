#pragma once

#include "sim/kernel/lists.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <tuple>
#include <vector>

namespace sim {

/// A self message for a phase that is over in this window.
struct TodayEntry {
    std::uint32_t tick, serial, slot, type, depth;
    alignas(8) std::byte payload[24];

    /// Order of a min-heap by (tick, serial, slot).
    friend bool operator<(const TodayEntry& a, const TodayEntry& b)
    {
        return std::tie(a.tick, a.serial, a.slot) > std::tie(b.tick, b.serial, b.slot);
    }
};

/// Messages of one phase that were put aside because their agent has several, chained by agent.
template <class Msg>
struct Conflicts {
    static constexpr std::uint32_t end = 0xFFFFFFFFu;

    struct Entry {
        Record<Msg> record;
        std::uint32_t before; // the one put aside before it for the same agent, or `end`
    };
    std::vector<Entry> entries; // the first `count` are in use
    std::uint32_t count = 0;
    std::vector<Record<Msg>> dead; // their agents are dead

    void make_room(std::uint32_t n)
    {
        if (entries.size() < n) entries.resize(n + n / 4);
    }
};

namespace detail {

template <class P>
struct ConflictsOf {
    using type = std::tuple<>;
};
template <class Msg>
struct ConflictsOf<Messages<Msg>> {
    using type = std::tuple<Conflicts<Msg>>;
};
template <class List>
struct ConflictTuple;
template <class... P>
struct ConflictTuple<Phases<P...>> {
    using type = decltype(std::tuple_cat(std::declval<typename ConflictsOf<P>::type>()...));
};

} // namespace detail

/// What one thread needs of its own: free chunks, outboxes, scratch space and counters.
template <class M>
struct alignas(128) Worker {
    using List = typename ModelTraits<M>::List;

    Worker(ChunkPool& pool, std::size_t blocks) : cache(pool)
    {
        for (auto& boxes : outboxes) boxes.resize(blocks);
    }

    /// Outboxes by parity of the window of sending and destination block; the destination's task empties them in the next window.
    std::array<std::vector<ChunkList>, 2> outboxes;
    ChunkCache cache;
    std::vector<std::uint8_t> marks;    // by slot: see BlockRun::begin_marks
    std::uint8_t marks_base = 255;      // marks up to this one are of earlier phases
    std::vector<std::uint32_t> chains;  // by slot: the last message put aside for it
    std::vector<std::uint32_t> chained; // slots for which messages were put aside: the first `chained_count`
    std::uint32_t chained_count = 0;
    std::vector<std::uint32_t> members; // messages put aside for one slot
    typename detail::ConflictTuple<typename M::Phases>::type conflicts;
    std::vector<TodayEntry> today;

    std::array<std::int64_t, List::count> events{};
    std::array<std::int64_t, List::count> nanoseconds{};
    std::array<std::int64_t, List::messages + 1> undeliverable{};
    std::int64_t task_nanoseconds = 0;
    std::int64_t sent = 0;
    std::int64_t handled = 0; // messages, not visits
    std::int64_t sorted = 0;
    std::int64_t reruns = 0; // of today's list

    std::vector<ChunkList>& outbox(Window window) { return outboxes[static_cast<std::size_t>(window & 1)]; }

    void push_today(const TodayEntry& entry)
    {
        today.push_back(entry);
        std::push_heap(today.begin(), today.end());
    }

    TodayEntry pop_today()
    {
        std::pop_heap(today.begin(), today.end());
        const TodayEntry entry = today.back();
        today.pop_back();
        return entry;
    }
};

} // namespace sim
