#pragma once

#include "sim/kernel/block.hpp"
#include "sim/kernel/executor.hpp"
#include "sim/kernel/trace.hpp"
#include "sim/kernel/worker.hpp"

#include <memory>
#include <string>
#include <vector>

namespace sim {

/// How a run is executed. Only the seed can change a result.
struct EngineOptions {
    using Backend = sim::Backend;

    std::uint32_t seed = 0;
    int threads = 0; // 0: all
    int block_size =
        0; // agents per block at most, rounded down so that the number of blocks is a power of two; 0: chosen
    Backend backend = Backend::tbb;
    bool profile = false;   // time each phase
    Trace* trace = nullptr; // told what each thread does in the windows it wants

    /// A window whose blocks took less than this [microseconds] is followed by one on the calling thread alone.
    double alone_below_us = 30.0;

    [[nodiscard]] int thread_count() const { return sim::thread_count(backend, threads); }
};

/// What engine, contexts and barriers share. Constant during a window, except for what belongs to a block's task or to a thread.
template <class M>
struct Core {
    using Traits = ModelTraits<M>;
    using Agent = typename M::Agent;

    Core(M& m, const EngineOptions& o) : model(m), options(o) {}

    M& model;
    EngineOptions options;
    std::unique_ptr<Executor> executor = Executor::make(options.backend, options.threads);
    ChunkPool pool;
    std::vector<std::unique_ptr<Worker<M>>> workers;
    std::vector<std::unique_ptr<Block<M>>> blocks;
    std::vector<const std::uint32_t*> places; // of each block, during a window: near, where blocks themselves are not
    std::uint32_t mask = 0;                   // number of blocks - 1
    unsigned shift = 0;
    AgentId next_id = 0;
    Window window = 0;
    std::array<std::vector<int>, Traits::List::rosters + 1> due; // cohorts visited in this window, by roster
    std::uint32_t institution_serial = 0;
    std::int64_t institution_sent = 0;
    bool is_timed = false; // blocks look at the clock in this window
    bool stopped = false;
    std::string stop_reason;

    Block<M>& block_of(AgentId id) { return *blocks[id & mask]; }
    const Block<M>& block_of(AgentId id) const { return *blocks[id & mask]; }

    void note_places()
    {
        places.clear();
        for (const auto& block : blocks) places.push_back(block->places());
    }
    /// Where the place of an agent lies, during a window.
    [[nodiscard]] const std::uint32_t* place_of(AgentId id) const { return places[id & mask] + (id >> shift); }

    [[nodiscard]] const Agent* find(AgentId id) const { return id < next_id ? block_of(id).find(id) : nullptr; }

    template <class F>
    void each_agent(F&& f) const
    {
        for (const auto& block : blocks) block->each_agent([&](const Agent& agent, std::uint32_t) { f(agent); });
    }

    /// At a barrier: all messages under way as f(header, message, due window), those in outboxes included.
    template <class F>
    void each_pending(F&& f) const
    {
        for (const auto& block : blocks) each_pending_to(*block, f);
    }
    /// The same for those to agents of one block.
    template <class F>
    void each_pending_to(const Block<M>& block, F&& f) const
    {
        block.each_pending(window, f);
        each_outbox_to(block, [&](const ChunkList& list) {
            ByteList::each(list, [&](const WireHeader& head, const std::byte* payload) {
                return MessageTypes<M>::with_message(head, payload,
                                                     [&](const auto& message) { f(head.header, message, head.due); });
            });
        });
    }

    [[nodiscard]] std::int64_t pending() const
    {
        std::int64_t n = 0;
        for (const auto& block : blocks) n += pending_to(*block);
        return n;
    }
    [[nodiscard]] std::int64_t pending_to(const Block<M>& block) const
    {
        std::int64_t n = block.pending();
        each_outbox_to(block, [&](const ChunkList& list) { n += list.count; });
        return n;
    }

    /// f(header, message) or f(header, message, due window) for one type.
    template <class Msg, class F>
    void each_pending_of(F&& f) const
    {
        each_pending([&](const Header& header, const auto& message, Window due_window) {
            if constexpr (std::is_same_v<std::decay_t<decltype(message)>, Msg>) {
                if constexpr (std::is_invocable_v<F&, const Header&, const Msg&, Window>)
                    f(header, message, due_window);
                else
                    f(header, message);
            }
        });
    }

    /// Sends in the name of the institutions; only between windows.
    template <class Msg>
    void send_from_institution(AgentId to, const Msg& message, Window at, std::uint32_t tick)
    {
        const Header header{to, no_agent, institution_serial++, tick};
        block_of(to).accept(workers[0]->cache, window, at, header, message);
        ++institution_sent;
    }

private:
    template <class F>
    void each_outbox_to(const Block<M>& block, F&& f) const
    {
        for (const auto& worker : workers)
            for (const auto& boxes : worker->outboxes) f(boxes[block.number()]);
    }
};

} // namespace sim
