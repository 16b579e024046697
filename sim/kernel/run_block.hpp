#pragma once

#include "sim/kernel/context.hpp"

#include <chrono>
#include <utility>

namespace sim {

/// One window of one block: takes in what was sent to it, runs the phases in order, then today's list.
template <class M>
class BlockRun {
public:
    using Traits = ModelTraits<M>;
    using List = typename Traits::List;

    BlockRun(Core<M>& core, Block<M>& block, int thread)
        : core_(core), model_(core.model), block_(block), worker_(*core.workers[static_cast<std::size_t>(thread)]),
          context_(core, block, worker_, thread), thread_(thread)
    {
    }

    void operator()()
    {
        if (!core_.is_timed) return run();
        const auto start = Trace::Clock::now();
        run();
        worker_.task_nanoseconds += note("block", start);
    }

private:
    static constexpr std::uint32_t dead_flag = Block<M>::dead_flag;
    static constexpr std::size_t look_ahead = 6;

    void run()
    {
        fetch_today();
        block_.begin_window(core_.window, worker_.cache);
        take_in();
        List::each_phase([&]<class Phase>() { timed<Phase>(); });
        rerun_today();
    }

    // Ends a span; returns its length [ns].
    std::int64_t note(const char* name, Trace::Clock::time_point start, bool is_traced = true)
    {
        const auto end = Trace::Clock::now();
        Trace* trace = core_.options.trace;
        if (is_traced && trace != nullptr && trace->is_on())
            trace->add(thread_, name, start, end, static_cast<int>(block_.number()));
        return std::chrono::nanoseconds(end - start).count();
    }

    // By the time the phases come, the first messages are here.
    [[gnu::always_inline]] void fetch_today()
    {
        for (std::size_t type = 0; type < List::messages; ++type) {
            const ChunkList& list = block_.list(core_.window, type);
            fetch(list.last);
            fetch(list.before);
        }
    }

    void take_in()
    {
        for (auto& worker : core_.workers) {
            ChunkList& box = worker->outbox(core_.window - 1)[block_.number()];
            if (box.count > 0) block_.accept_all(box, worker_.cache, core_.window);
        }
    }

    template <class Phase>
    void timed()
    {
        constexpr std::size_t index = List::template index<Phase>();
        context_.phase_ = index;
        if (!core_.is_timed) return run_phase<Phase>();
        const std::int64_t before = worker_.events[index];
        const auto start = Trace::Clock::now();
        run_phase<Phase>();
        worker_.nanoseconds[index] += note(name_of<Phase>(), start, worker_.events[index] > before);
    }

    template <class Phase>
    static constexpr const char* name_of()
    {
        if constexpr (detail::is_message_phase<Phase>)
            return Phase::Message::name;
        else
            return Phase::Activity::name;
    }

    template <class Phase>
    void run_phase()
    {
        if constexpr (detail::is_message_phase<Phase>)
            deliver_all<typename Phase::Message>();
        else
            visit_all<typename Phase::Activity>();
    }

    // Agents with one message get it in order of arrival; the rest is put aside and sorted.
    template <class Msg>
    void deliver_all()
    {
        ChunkList& list = block_.list(core_.window, Traits::template message_rank<Msg>);
        if (list.count == 0) return;
        worker_.events[Traits::template message_phase<Msg>] += list.count;
        worker_.handled += list.count;
        mark<Msg>(list);
        auto& conflicts = std::get<Conflicts<Msg>>(worker_.conflicts);
        conflicts.make_room(list.count);
        const std::uint8_t* const marks = worker_.marks.data();
        const auto only = static_cast<std::uint8_t>(worker_.marks_base + alone);
        TypedList<Msg>::consume(list, worker_.cache, [&, marks, only](const Record<Msg>& record) {
            const std::uint32_t slot = record.header.target;
            if ((slot & dead_flag) == 0 && marks[slot] == only) [[likely]]
                deliver(record, slot);
            else
                put_aside(conflicts, record, slot);
        });
        deliver_chained(conflicts);
        if (!conflicts.dead.empty()) return_all(conflicts.dead);
    }

    // Marks of a slot above the phase's base: none without a message, `alone` with one, `special` with several or when its agent is dead,
    // `chained` once the first of several was put aside. Each phase has a higher base, so that marks are cleared once in many phases.
    static constexpr std::uint8_t alone = 1, special = 2, chained = 3;

    void begin_marks()
    {
        if (worker_.marks.size() < block_.slots()) {
            worker_.marks.resize(block_.slots());
            worker_.chains.resize(block_.slots());
            worker_.chained.resize(block_.slots());
        }
        if (worker_.marks_base <= 255 - 2 * chained) {
            worker_.marks_base += chained;
            return;
        }
        std::fill(worker_.marks.begin(), worker_.marks.end(), std::uint8_t{0});
        worker_.marks_base = 0;
    }

    template <class Msg>
    void mark(const ChunkList& list)
    {
        begin_marks();
        std::uint8_t* const marks = worker_.marks.data();
        const std::uint8_t base = worker_.marks_base;
        const auto only = static_cast<std::uint8_t>(base + alone), several = static_cast<std::uint8_t>(base + special);
        block_.dead().each([=](std::size_t slot) { marks[slot] = several; });
        auto* const agents = block_.agents();
        const std::uint32_t* const serials = block_.serials();
        TypedList<Msg>::each(list, [=](const Record<Msg>& record) {
            const std::uint32_t slot = record.header.target;
            if ((slot & dead_flag) != 0) return;
            if constexpr (requires { M::template prefetch<Msg>(agents[slot]); })
                M::template prefetch<Msg>(agents[slot]);
            else
                __builtin_prefetch(agents + slot, 1);
            __builtin_prefetch(serials + slot, 1);
            marks[slot] = marks[slot] <= base ? only : several;
        });
    }

    template <class Msg>
    void deliver(const Record<Msg>& record, std::uint32_t slot)
    {
        auto& agent = block_.agent(slot);
        const Header header{agent.id, record.header.source, record.header.serial, record.header.tick};
        context_.bind(slot, agent, header.tick);
        model_.on(record.message, header, agent, context_);
        SIM_ENSURE(agent.id == header.target, context_.where());
    }

    // Apart, so that a handler is a part of the loop that does most of the work, and of no other.
    template <class Msg>
    [[gnu::noinline]] void deliver_again(const Record<Msg>& record, std::uint32_t slot)
    {
        deliver(record, slot);
    }

    template <class Msg>
    void put_aside(Conflicts<Msg>& conflicts, const Record<Msg>& record, std::uint32_t slot)
    {
        ++worker_.sorted;
        if ((slot & dead_flag) != 0 || block_.dead().test(slot)) return conflicts.dead.push_back(record);
        const std::uint32_t entry = conflicts.count++;
        std::uint32_t before = Conflicts<Msg>::end;
        const auto linked = static_cast<std::uint8_t>(worker_.marks_base + chained);
        if (worker_.marks[slot] == linked)
            before = worker_.chains[slot];
        else
            worker_.chained[worker_.chained_count++] = slot;
        worker_.marks[slot] = linked;
        worker_.chains[slot] = entry;
        conflicts.entries[entry] = {record, before};
    }

    // Each agent with several messages gets them by (tick, source, serial); in which order the agents come does not matter.
    template <class Msg>
    void deliver_chained(Conflicts<Msg>& conflicts)
    {
        const auto* const entries = conflicts.entries.data();
        for (std::uint32_t i = 0; i < worker_.chained_count; ++i) {
            const std::uint32_t slot = worker_.chained[i];
            const std::uint32_t last = worker_.chains[slot];
            const std::uint32_t first = entries[last].before;
            if (entries[first].before != Conflicts<Msg>::end) {
                deliver_many(conflicts, slot);
                continue;
            }
            const bool in_order = order(entries[first].record.header) < order(entries[last].record.header);
            deliver_again(entries[in_order ? first : last].record, slot);
            deliver_again(entries[in_order ? last : first].record, slot);
        }
        worker_.chained_count = 0;
        conflicts.count = 0;
    }

    template <class Msg>
    void deliver_many(const Conflicts<Msg>& conflicts, std::uint32_t slot)
    {
        const auto& entries = conflicts.entries;
        auto& members = worker_.members;
        members.clear();
        for (std::uint32_t i = worker_.chains[slot]; i != Conflicts<Msg>::end; i = entries[i].before)
            members.push_back(i);
        std::sort(members.begin(), members.end(), [&](std::uint32_t a, std::uint32_t b) {
            return order(entries[a].record.header) < order(entries[b].record.header);
        });
        for (const std::uint32_t i : members) deliver_again(entries[i].record, slot);
    }

    template <class Msg>
    void return_all(std::vector<Record<Msg>>& records)
    {
        for (auto& record : records) record.header.target = id_of_target(record.header.target);
        std::sort(records.begin(), records.end(), [](const Record<Msg>& a, const Record<Msg>& b) {
            return std::pair(a.header.target, order(a.header)) < std::pair(b.header.target, order(b.header));
        });
        for (const auto& record : records)
            return_undeliverable(record, block_.place(record.header.target) & ~dead_flag);
        records.clear();
    }

    // The dead are named by slot or by local index, depending on when the message came in; only the id is canonical.
    [[nodiscard]] AgentId id_of_target(std::uint32_t target) const
    {
        return (target & dead_flag) != 0 ? block_.id_of(target & ~dead_flag) : block_.agent(target).id;
    }

    static auto order(const Header& h) { return std::pair(h.tick, std::uint64_t{h.source} << 32 | h.serial); }

    template <class Msg>
    void return_undeliverable(const Record<Msg>& record, std::uint32_t serial)
    {
        ++worker_.undeliverable[Traits::template message_rank<Msg>];
        context_.bind_dead(record.header.target, serial, record.header.tick);
        model_.undeliverable(record.message, record.header, context_);
        block_.set_dead_serial(record.header.target, serial & ~dead_flag);
    }

    template <class A>
    void visit_all()
    {
        constexpr std::size_t rank = Traits::template roster_rank<A>;
        const Roster& roster = block_.roster(rank);
        std::int64_t visits = 0;
        for (const int cohort : core_.due[rank]) {
            const auto members = roster.members(cohort);
            for (std::size_t i = 0; i < members.size(); ++i) {
                if (i + look_ahead < members.size()) fetch_ahead(members[i + look_ahead]);
                visits += visit<A>(members[i]);
            }
            roster.each_late(cohort, [&](std::uint32_t slot) { visits += visit<A>(slot); });
        }
        worker_.events[List::template index<Visits<A>>()] += visits;
    }

    // A visit touches most of an agent; the processor follows after the first lines.
    [[gnu::always_inline]] void fetch_ahead(std::uint32_t slot) const
    {
        const auto* bytes = reinterpret_cast<const std::byte*>(&block_.agent(slot));
        constexpr std::size_t reach = std::min<std::size_t>(sizeof(typename M::Agent), 1024);
        for (std::size_t at = 0; at < reach; at += 64) __builtin_prefetch(bytes + at, 1);
        __builtin_prefetch(&block_.serial(slot), 1);
    }

    // Returns the number of visits: none when the agent is dead.
    template <class A>
    int visit(std::uint32_t slot)
    {
        if (block_.dead().test(slot)) return 0;
        auto& agent = block_.agent(slot);
        context_.bind(slot, agent, 0);
        model_.visit(A{}, agent, context_);
        return 1;
    }

    void rerun_today()
    {
        if (worker_.today.empty()) return;
        context_.phase_ = List::count;
        while (!worker_.today.empty()) {
            const TodayEntry entry = worker_.pop_today();
            context_.depth_ = entry.depth;
            ++worker_.reruns;
            ++worker_.handled;
            const WireHeader head{{}, 0, entry.type};
            MessageTypes<M>::with_message(head, entry.payload, [&](const auto& message) { rerun(entry, message); });
        }
    }

    template <class Msg>
    void rerun(const TodayEntry& entry, const Msg& message)
    {
        ++worker_.events[Traits::template message_phase<Msg>];
        const AgentId id = block_.agent(entry.slot).id;
        deliver_again(Record<Msg>{{entry.slot, id, entry.serial, entry.tick}, message}, entry.slot);
    }

    Core<M>& core_;
    const M& model_;
    Block<M>& block_;
    Worker<M>& worker_;
    Context<M> context_;
    int thread_;
};

} // namespace sim
