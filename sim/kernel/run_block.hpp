#pragma once

#include "sim/kernel/context.hpp"

#include <chrono>
#include <tuple>

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
    void fetch_today()
    {
        for (std::size_t type = 0; type < List::messages; ++type) {
            const ChunkList& list = block_.list(core_.window, type);
            fetch(list.head);
            if (list.head != list.tail) fetch(list.head->next);
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
        mark_special(list, TypedList<Msg>{});
        auto& conflicts = std::get<std::vector<Record<Msg>>>(worker_.conflicts);
        TypedList<Msg>::consume(list, worker_.cache, [&](const Record<Msg>& record) {
            const std::uint32_t slot = record.header.target;
            if ((slot & dead_flag) != 0 || is_special(slot))
                conflicts.push_back(record);
            else
                deliver(record, slot);
        });
        if (!conflicts.empty()) deliver_sorted(conflicts);
    }

    // Special are slots with more than one message, and the dead.
    template <class Msg>
    void mark_special(const ChunkList& list, TypedList<Msg>)
    {
        const auto& dead = block_.dead().words();
        if (worker_.seen.size() < dead.size()) worker_.seen.resize(dead.size());
        worker_.special.assign(dead.begin(), dead.end());
        std::fill_n(worker_.seen.begin(), dead.size(), 0);
        std::uint64_t* seen = worker_.seen.data();
        std::uint64_t* special = worker_.special.data();
        TypedList<Msg>::each(list, [&](const Record<Msg>& record) {
            const std::uint32_t slot = record.header.target;
            if ((slot & dead_flag) != 0) return;
            if constexpr (requires { M::template prefetch<Msg>(block_.agent(slot)); })
                M::template prefetch<Msg>(block_.agent(slot));
            else
                __builtin_prefetch(&block_.agent(slot), 1);
            __builtin_prefetch(&block_.serial(slot), 1);
            const std::uint64_t bit = std::uint64_t{1} << (slot % 64);
            special[slot / 64] |= seen[slot / 64] & bit;
            seen[slot / 64] |= bit;
        });
    }

    [[nodiscard]] bool is_special(std::uint32_t slot) const
    {
        return (worker_.special[slot / 64] >> (slot % 64) & 1) != 0;
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

    template <class Msg>
    void deliver_sorted(std::vector<Record<Msg>>& records)
    {
        worker_.sorted += static_cast<std::int64_t>(records.size());
        for (auto& record : records) record.header.target = id_of_target(record.header.target);
        std::sort(records.begin(), records.end(),
                  [](const Record<Msg>& a, const Record<Msg>& b) { return order(a.header) < order(b.header); });
        for (const auto& record : records) {
            const std::uint32_t place = block_.place(record.header.target);
            if ((place & dead_flag) == 0)
                deliver(record, place);
            else
                return_undeliverable(record, place & ~dead_flag);
        }
        records.clear();
    }

    // The dead are named by slot or by local index, depending on when the message came in; only the id is canonical.
    [[nodiscard]] AgentId id_of_target(std::uint32_t target) const
    {
        return (target & dead_flag) != 0 ? block_.id_of(target & ~dead_flag) : block_.agent(target).id;
    }

    static auto order(const Header& h) { return std::tuple(h.target, h.tick, h.source, h.serial); }

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
        for (const int cohort : core_.due[rank]) {
            const auto members = roster.members(cohort);
            for (std::size_t i = 0; i < members.size(); ++i) {
                if (i + look_ahead < members.size()) fetch_ahead(members[i + look_ahead]);
                visit<A>(members[i]);
            }
            roster.each_late(cohort, [&](std::uint32_t slot) { visit<A>(slot); });
        }
    }

    // A visit touches most of an agent; the processor follows after the first lines.
    void fetch_ahead(std::uint32_t slot) const
    {
        const auto* bytes = reinterpret_cast<const std::byte*>(&block_.agent(slot));
        constexpr std::size_t reach = std::min<std::size_t>(sizeof(typename M::Agent), 1024);
        for (std::size_t at = 0; at < reach; at += 64) __builtin_prefetch(bytes + at, 1);
        __builtin_prefetch(&block_.serial(slot), 1);
    }

    template <class A>
    void visit(std::uint32_t slot)
    {
        if (block_.dead().test(slot)) return;
        ++worker_.events[List::template index<Visits<A>>()];
        auto& agent = block_.agent(slot);
        context_.bind(slot, agent, 0);
        model_.visit(A{}, agent, context_);
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
            Block<M>::with_message(head, entry.payload, [&](const auto& message) { rerun(entry, message); });
        }
    }

    template <class Msg>
    void rerun(const TodayEntry& entry, const Msg& message)
    {
        ++worker_.events[Traits::template message_phase<Msg>];
        const AgentId id = block_.agent(entry.slot).id;
        deliver(Record<Msg>{{entry.slot, id, entry.serial, entry.tick}, message}, entry.slot);
    }

    Core<M>& core_;
    const M& model_;
    Block<M>& block_;
    Worker<M>& worker_;
    Context<M> context_;
    int thread_;
};

} // namespace sim
