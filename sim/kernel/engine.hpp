#pragma once

#include "sim/base/hash_sum.hpp"
#include "sim/base/state_store.hpp"
#include "sim/kernel/barrier.hpp"
#include "sim/kernel/context.hpp"
#include "sim/kernel/counters.hpp"
#include "sim/kernel/directory.hpp"
#include "sim/kernel/run_block.hpp"
#include "sim/kernel/staging.hpp"
#include "sim/kernel/tally.hpp"

#include <chrono>
#include <functional>
#include <utility>
#include <vector>

namespace sim {

/// A discrete-event simulation of a model (see README.md of sim/ for what a model gives): windows one after the other, within a window all
/// blocks independent of one another, a barrier behind each. The result depends on the model and the seed only.
template <class M>
class Engine {
public:
    using Agent = typename M::Agent;
    using Traits = ModelTraits<M>;
    using Observer = std::function<void(const Barrier<M>&)>;

    Engine(M& model, EngineOptions options) : core_(model, options), barrier_(core_) {}

    /// How many founders will come, before the first of them: they need not be moved in memory then.
    void expect_founders(std::size_t founders) { staging_.expect(core_.options, founders); }

    /// A founder, before the first window; ids are given in the order of the calls.
    AgentId found(const Agent& agent)
    {
        require(!started_, "founders come before the first window");
        staging_.add(agent, core_.next_id);
        return core_.next_id++;
    }

    /// A message under way on the first day.
    /// @param at  window of delivery, >= 0     @param tick  inside that window
    template <class Msg>
    void send_initial(AgentId to, const Msg& message, Window at, std::uint32_t tick = 0)
    {
        require(!started_, "initial messages come before the first window");
        SIM_EXPECT(at >= 0 && Tick{tick} < Traits::ticks_per_window, Where{0, to});
        initial_.push_back([=](Core<M>& core) { core.send_from_institution(to, message, at, tick); });
    }

    /// Calls f(task, thread) for each task in [0, tasks), on all threads at once; before the first window, to prepare founders.
    template <class F>
    void for_each(int tasks, F&& f)
    {
        core_.executor->for_each(tasks, std::forward<F>(f));
    }

    /// Runs `count` windows, or fewer when the model stops the run.
    void run(Window count)
    {
        require(!std::exchange(broken_, true), "a run that ended with an exception does not go on");
        start();
        for (const Window end = core_.window + count; core_.window < end && !core_.stopped;) run_window();
        broken_ = false;
    }

    /// The next window to run: the number of windows done.
    [[nodiscard]] Window window() const { return core_.window; }
    [[nodiscard]] bool stopped() const { return core_.stopped; }
    [[nodiscard]] const std::string& stop_reason() const { return core_.stop_reason; }
    [[nodiscard]] int threads() const { return core_.executor->threads(); }

    [[nodiscard]] std::size_t population() const { return started_ ? barrier_.population() : staging_.size(); }
    [[nodiscard]] const Agent* find(AgentId id) const
    {
        if (started_) return core_.find(id);
        return id < staging_.size() ? &staging_[id] : nullptr;
    }
    template <class F>
    void each_agent(F&& f) const
    {
        if (started_) return core_.each_agent(std::forward<F>(f));
        for (std::size_t id = 0; id < staging_.size(); ++id) f(staging_[id]);
    }
    template <class Msg, class F>
    void each_pending(F&& f)
    {
        start();
        core_.template each_pending_of<Msg>(std::forward<F>(f));
    }

    /// Calls observer(const Barrier<M>&) after the institutions, at each barrier. It reads only.
    template <class F>
    void observe(F&& observer)
    {
        observers_.emplace_back(std::forward<F>(observer));
    }

    /// Hash of all that the future depends on: registered fields, serials, messages under way, and the model's own `hash_state(Hasher&)`
    /// if it has one. Blocks, threads and the order of agents do not enter.
    [[nodiscard]] std::uint64_t state_hash();

    [[nodiscard]] EngineCounters counters() const;

    /// Gives the whole state away, between two calls of `run`: agents, messages under way, and what the model keeps (its
    /// `visit_state(Archive&)`, if it has one).
    void save(StateSink& sink);

    /// Takes a state in instead of founders, of any number of threads and blocks. What follows is what would have followed the save.
    /// Throws ArchiveError, or what the source throws; the engine is not to be used then.
    void restore(StateSource& source);

    /// SHA-256 of names, places and sizes of all that a state holds of agents and messages: tells whether it can be restored.
    static std::string layout_digest();

private:
    void start();
    void make_workers();
    void restore_blocks(StateSource& source, unsigned shift);
    void run_window();
    void run_blocks();
    void run_barrier();
    void bury();
    void audit() const;
    void find_due();
    static bool are_cohorts(std::vector<int> due, int cohorts);
    static std::uint64_t hash_of_agents(const Block<M>& block);
    [[nodiscard]] std::uint64_t hash_of_messages(const Block<M>& block) const;

    Core<M> core_;
    Barrier<M> barrier_;
    Staging<M> staging_;
    std::vector<std::function<void(Core<M>&)>> initial_;
    std::vector<Observer> observers_;
    Executor::Task block_task_;
    bool started_ = false;
    bool alone_ = true;
    bool broken_ = false;
    std::int64_t windows_alone_ = 0;
    std::int64_t block_ns_ = 0, barrier_ns_ = 0, observer_ns_ = 0, window_ns_ = 0;
};

template <class M>
void Engine<M>::start()
{
    if (std::exchange(started_, true)) return;
    staging_.move_into(core_);
    make_workers();
    for (const auto& send : initial_) send(core_);
    initial_ = {};
}

template <class M>
void Engine<M>::make_workers()
{
    if (core_.options.trace != nullptr) core_.options.trace->prepare(core_.executor->threads());
    for (int i = 0; i < core_.executor->threads(); ++i)
        core_.workers.push_back(std::make_unique<Worker<M>>(core_.pool, core_.blocks.size()));
    block_task_ = [this](int block, int thread) {
        BlockRun<M>(core_, *core_.blocks[static_cast<std::size_t>(block)], thread)();
    };
}

template <class M>
void Engine<M>::run_window()
{
    Trace* trace = core_.options.trace;
    core_.is_timed = (trace != nullptr && trace->begin(core_.window)) || core_.options.profile;
    const SpanTimer window(trace, "window", window_ns_);
    find_due();
    core_.note_places();
    run_blocks();
    run_barrier();
#ifndef NDEBUG
    audit();
#endif
    ++core_.window;
}

template <class M>
void Engine<M>::run_barrier()
{
    {
        const SpanTimer barrier(core_.options.trace, "barrier", barrier_ns_);
        bury();
        core_.model.at_barrier(barrier_);
    }
    if (observers_.empty()) return;
    const SpanTimer observing(core_.options.trace, "observers", observer_ns_);
    for (const Observer& observer : observers_) observer(barrier_);
}

// Which thread runs a block never matters, so a window with little to do is not worth waking anybody.
template <class M>
void Engine<M>::run_blocks()
{
    const int blocks = static_cast<int>(core_.blocks.size());
    const auto start = std::chrono::steady_clock::now();
    if (alone_ && core_.options.alone_below_us > 0) {
        ++windows_alone_;
        for (int block = 0; block < blocks; ++block) block_task_(block, 0);
    } else {
        core_.executor->for_each(blocks, block_task_);
    }
    const auto end = std::chrono::steady_clock::now();
    block_ns_ += std::chrono::nanoseconds(end - start).count();
    const std::chrono::duration<double, std::micro> took = end - start;
    alone_ = took.count() < core_.options.alone_below_us;
}

// The dead leave in the order of their ids.
template <class M>
void Engine<M>::bury()
{
    std::vector<std::pair<AgentId, std::uint32_t>> dying;
    for (auto& block : core_.blocks) {
        for (const std::uint32_t slot : block->dying()) dying.emplace_back(block->agent(slot).id, slot);
        block->dying().clear();
    }
    std::sort(dying.begin(), dying.end());
    for (const auto& [id, slot] : dying) {
        Block<M>& block = core_.block_of(id);
        if constexpr (requires(M & m, Agent & a, Barrier<M> & b) { m.on_removed(a, b); })
            core_.model.on_removed(block.agent(slot), barrier_);
        block.remove(slot, core_.window);
    }
}

template <class M>
void Engine<M>::find_due()
{
    if constexpr (Traits::List::rosters > 0) {
        const M& model = core_.model;
        std::size_t rank = 0;
        Traits::List::each_activity([&]<class A>() {
            auto& due = core_.due[rank++];
            due.clear();
            model.due(A{}, core_.window, due);
            SIM_EXPECT(are_cohorts(due, A::cohorts), Where{core_.window});
        });
    }
}

template <class M>
bool Engine<M>::are_cohorts(std::vector<int> due, int cohorts)
{
    std::sort(due.begin(), due.end());
    return due.empty() ||
           (due.front() >= 0 && due.back() < cohorts && std::adjacent_find(due.begin(), due.end()) == due.end());
}

// Every message is consumed exactly once.
template <class M>
void Engine<M>::audit() const
{
    std::int64_t sent = core_.institution_sent, handled = 0;
    for (const auto& worker : core_.workers) {
        sent += worker->sent;
        handled += worker->handled;
    }
    SIM_ENSURE(sent == handled + core_.pending(), Where{core_.window});
}

template <class M>
std::uint64_t Engine<M>::state_hash()
{
    start();
    struct Sums {
        std::uint64_t agents = 0, messages = 0;
    };
    std::vector<Sums> sums(core_.blocks.size());
    core_.executor->for_each(static_cast<int>(core_.blocks.size()), [&](int b, int) {
        const Block<M>& block = *core_.blocks[static_cast<std::size_t>(b)];
        sums[static_cast<std::size_t>(b)] = {hash_of_agents(block), hash_of_messages(block)};
    });
    Sums all;
    for (const Sums& one : sums) all.agents += one.agents, all.messages += one.messages;
    Hasher whole;
    whole.add(core_.window);
    whole.add(core_.next_id);
    whole.add(all.agents);
    whole.add(all.messages);
    if constexpr (requires(const M& m) { m.hash_state(whole); }) core_.model.hash_state(whole);
    return whole.value();
}

template <class M>
std::uint64_t Engine<M>::hash_of_agents(const Block<M>& block)
{
    HashSum sum;
    block.each_agent([&](const Agent& agent, std::uint32_t serial) {
        sum.add([&](HashSum::Thing& thing) {
            thing.add(agent.key);
            thing.add(agent.id);
            thing.add(serial);
            M::fields(const_cast<Agent&>(agent), [&](const char*, const auto& field) { thing.add(field); });
        });
    });
    return sum.value();
}

template <class M>
std::uint64_t Engine<M>::hash_of_messages(const Block<M>& block) const
{
    HashSum sum;
    core_.each_pending_to(block, [&](const Header& header, const auto& message, Window due) {
        sum.add([&](HashSum::Thing& thing) {
            thing.add(header);
            thing.add(due);
            thing.add(std::string_view(message.name));
            thing.add(message);
        });
    });
    return sum.value();
}

template <class M>
EngineCounters Engine<M>::counters() const
{
    EngineCounters all;
    Traits::List::each_phase([&]<class Phase>() {
        if constexpr (detail::is_message_phase<Phase>)
            all.phases.push_back({Phase::Message::name, 0, 0});
        else
            all.phases.push_back({Phase::Activity::name, 0, 0});
    });
    Traits::List::each_message([&]<class Msg>() { all.undeliverable.push_back({Msg::name, 0}); });
    all.sent = core_.institution_sent;
    all.windows_alone = windows_alone_;
    all.threads = core_.executor->threads();
    all.block_nanoseconds = block_ns_, all.barrier_nanoseconds = barrier_ns_, all.observer_nanoseconds = observer_ns_;
    for (const auto& worker : core_.workers) {
        for (std::size_t i = 0; i < all.phases.size(); ++i) {
            all.phases[i].events += worker->events[i];
            all.phases[i].nanoseconds += worker->nanoseconds[i];
            all.events += worker->events[i];
        }
        for (std::size_t i = 0; i < all.undeliverable.size(); ++i)
            all.undeliverable[i].count += worker->undeliverable[i];
        all.task_nanoseconds += worker->task_nanoseconds;
        all.sent += worker->sent;
        all.sorted_conflicts += worker->sorted;
        all.today_reruns += worker->reruns;
    }
    return all;
}

} // namespace sim

#include "sim/kernel/engine_state.hpp"
