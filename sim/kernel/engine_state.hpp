#pragma once

// Included by engine.hpp: how an engine's whole state is saved and restored.
#include "sim/base/sha256.hpp"
#include "sim/base/state_store.hpp"
#include "sim/kernel/block_image.hpp"

#include <algorithm>

namespace sim {

namespace detail {

/// What an engine knows beside its blocks and the model.
template <class M>
struct EngineHead {
    using List = typename ModelTraits<M>::List;

    explicit EngineHead(Core<M>& core) : core_(core) {}

    void visit_state(Archive& archive)
    {
        archive("shift", shift), archive("living", living), archive("next_id", core_.next_id);
        archive("window", core_.window), archive("institution_serial", core_.institution_serial);
        archive("institution_sent", core_.institution_sent);
        archive("stopped", core_.stopped), archive("stop_reason", core_.stop_reason);
        archive("events", events), archive("undeliverable", undeliverable), archive("counts", counts);
    }

    /// Sums over threads.
    void add_up()
    {
        for (const auto& worker : core_.workers) {
            for (std::size_t i = 0; i < events.size(); ++i) events[i] += worker->events[i];
            for (std::size_t i = 0; i < undeliverable.size(); ++i) undeliverable[i] += worker->undeliverable[i];
            counts[0] += worker->sent, counts[1] += worker->handled, counts[2] += worker->sorted,
                counts[3] += worker->reruns;
        }
    }
    void give_to(Worker<M>& worker) const
    {
        worker.events = events, worker.undeliverable = undeliverable;
        worker.sent = counts[0], worker.handled = counts[1], worker.sorted = counts[2], worker.reruns = counts[3];
    }

    std::uint32_t shift = 0; // number of blocks is 2^shift
    std::uint64_t living = 0;

private:
    Core<M>& core_;
    std::array<std::int64_t, List::count> events{};
    std::array<std::int64_t, List::messages + 1> undeliverable{};
    std::array<std::int64_t, 4> counts{}; // sent, handled, sorted, reruns
};

inline std::string block_name(std::uint64_t number) { return "block_" + std::to_string(number); }

/// Brings one piece back by visit(archive).
template <class F>
void load(StateSource& source, const std::string& name, F&& visit)
{
    const std::vector<std::byte> bytes = source.get(name);
    Archive archive(bytes);
    visit(archive);
    archive.end();
}

} // namespace detail

template <class M>
void Engine<M>::save(StateSink& sink)
{
    require(!broken_, "a run that ended with an exception is not saved");
    start();
    Archive head;
    detail::EngineHead<M> mine(core_);
    mine.shift = core_.shift, mine.living = population();
    mine.add_up(), mine.visit_state(head);
    sink.put("engine", head.take());
    Archive model;
    if constexpr (requires { core_.model.visit_state(model); }) core_.model.visit_state(model);
    sink.put("model", model.take());

    std::vector<std::vector<std::byte>> images(static_cast<std::size_t>(threads())); // one block of each thread
    core_.executor->for_each(static_cast<int>(core_.blocks.size()), [&](int b, int thread) {
        std::vector<std::byte>& image = images[static_cast<std::size_t>(thread)];
        BlockImage<M>::take(core_, *core_.blocks[static_cast<std::size_t>(b)], image);
        sink.put(detail::block_name(static_cast<std::uint64_t>(b)), image);
    });
}

template <class M>
void Engine<M>::restore(StateSource& source)
{
    require(!started_ && staging_.size() == 0, "a state is restored into an engine without founders");
    started_ = true, broken_ = true; // until all of it is there
    detail::EngineHead<M> head(core_);
    detail::load(source, "engine", [&](Archive& archive) { head.visit_state(archive); });
    detail::load(source, "model", [&](Archive& archive) {
        if constexpr (requires { core_.model.visit_state(archive); }) core_.model.visit_state(archive);
    });

    staging_.make_blocks(core_, head.living);
    for (auto& block : core_.blocks) block->expect((core_.next_id + core_.mask - block->number()) >> core_.shift);
    make_workers();
    head.give_to(*core_.workers[0]);
    restore_blocks(source, head.shift);
    if (population() != head.living) throw ArchiveError("the number of agents is not the one saved");
    broken_ = false;
}

// Pieces that are taken in at the same time lead to different blocks: those whose numbers have different last bits.
template <class M>
void Engine<M>::restore_blocks(StateSource& source, unsigned shift)
{
    const std::size_t saved = std::size_t{1} << shift;
    const std::size_t batch = std::min(saved, core_.blocks.size());
    std::vector<std::vector<std::byte>> images(static_cast<std::size_t>(threads())); // one block of each thread
    for (std::size_t first = 0; first < saved; first += batch)
        core_.executor->for_each(static_cast<int>(batch), [&](int i, int thread) {
            const auto mine = static_cast<std::size_t>(thread), number = first + static_cast<std::size_t>(i);
            source.read(detail::block_name(number), images[mine]);
            BlockImage<M>::absorb(core_, static_cast<std::uint32_t>(number), shift, images[mine],
                                  core_.workers[mine]->cache);
        });
    core_.executor->for_each(static_cast<int>(core_.blocks.size()),
                             [&](int b, int) { core_.blocks[static_cast<std::size_t>(b)]->rebuild_rosters(); });
}

template <class M>
std::string Engine<M>::layout_digest()
{
    std::string text = "agent " + std::to_string(sizeof(Agent)) + " showcase " +
                       std::to_string(sizeof(typename M::Showcase)) + " window " +
                       std::to_string(Traits::ticks_per_window) + "\n";
    Agent agent{};
    M::fields(agent, [&](const char* name, const auto& field) {
        const auto offset = reinterpret_cast<const std::byte*>(&field) - reinterpret_cast<const std::byte*>(&agent);
        text += std::string(name) + " " + std::to_string(offset) + " " + std::to_string(sizeof field) + "\n";
    });
    Traits::List::each_message(
        [&]<class Msg>() { text += std::string(Msg::name) + " " + std::to_string(sizeof(Msg)) + "\n"; });
    return sha256(text);
}

} // namespace sim
