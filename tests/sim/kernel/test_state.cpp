// A state that is saved and restored goes on as if nothing had happened, on any number of threads and blocks.
#include "tests/sim/kernel/toys/memory_store.hpp"
#include "tests/sim/kernel/toys/probe.hpp"
#include "tests/sim/kernel/toys/village.hpp"

#include <doctest/doctest.h>

using sim::Backend;
using toys::MemoryStore;
using toys::Probe;
using toys::Village;

namespace {

constexpr sim::AgentId founders = 600;

sim::EngineOptions options(int threads, int block_size, Backend backend = Backend::threads)
{
    sim::EngineOptions o{.seed = 11, .threads = threads, .block_size = block_size, .backend = backend};
    o.alone_below_us = 0;
    return o;
}

/// A village that was founded, or one that was restored.
struct Place {
    explicit Place(const sim::EngineOptions& o) : village(o.thread_count(), founders), engine(village, o) {}

    static Place& found(Place& place)
    {
        for (sim::AgentId i = 0; i < founders; ++i) place.engine.found({sim::make_key(1, i), 0, 0, 100, 0, 0, 0});
        return place;
    }

    Village village;
    sim::Engine<Village> engine;
};

/// What an observer could have seen of every window so far.
struct Outcome {
    std::uint64_t hash;
    std::size_t population;
    std::int64_t events, sent, reruns, conflicts;
    std::vector<std::int64_t> undeliverable;
    bool operator==(const Outcome&) const = default;
};

Outcome outcome(Place& place)
{
    const auto counters = place.engine.counters();
    Outcome all{place.engine.state_hash(),
                place.engine.population(),
                counters.events,
                counters.sent,
                counters.today_reruns,
                counters.sorted_conflicts,
                {}};
    for (const auto& type : counters.undeliverable) all.undeliverable.push_back(type.count);
    return all;
}

/// Runs probes for some windows, saves them, and runs those that come back for more.
/// @return  how many are left
template <class Play>
std::size_t interrupted(sim::AgentId probes, Play&& play, sim::Window before, sim::Window after)
{
    toys::ProbeBench first(probes);
    play(first.model);
    first.engine.run(before);
    MemoryStore store;
    first.engine.save(store);
    Probe model;
    play(model);
    sim::Engine<Probe> second(model, {.seed = 1, .threads = 1, .block_size = 1, .backend = Backend::serial});
    second.restore(store);
    second.run(after);
    return second.population();
}

} // namespace

TEST_CASE("a village saved on any day goes on as if it had not been, on other threads and blocks")
{
    Place straight(options(1, 100, Backend::serial));
    Place::found(straight).engine.run(250);
    const Outcome expected = outcome(straight);
    struct How {
        int threads, block_size;
    };
    // Days with a full ring, at its seam (16), long after many deaths; from few blocks to many and back.
    for (const sim::Window day : {0, 1, 15, 16, 17, 100, 249, 250})
        for (const auto& way :
             {std::pair{How{1, 100}, How{2, 100}}, {How{1, 0}, How{4, 16}}, {How{3, 7}, How{1, 8192}}}) {
            CAPTURE(day);
            CAPTURE(way.second.block_size);
            MemoryStore store;
            Place first(options(way.first.threads, way.first.block_size)),
                second(options(way.second.threads, way.second.block_size));
            Place::found(first).engine.run(day);
            first.engine.save(store);
            second.engine.restore(store);
            CHECK(second.engine.window() == day);
            CHECK(second.engine.state_hash() == first.engine.state_hash());
            second.engine.run(250 - day);
            CHECK(outcome(second) == expected);
        }
}

TEST_CASE("saving changes nothing, and a restored state saves the same again")
{
    MemoryStore one, two, three;
    Place plain(options(2, 32)), saved(options(2, 32)), restored(options(2, 32));
    Place::found(plain).engine.run(120);
    Place::found(saved).engine.run(60);
    saved.engine.save(one);
    saved.engine.save(two);
    saved.engine.run(60);
    CHECK(outcome(saved) == outcome(plain));
    restored.engine.restore(two);
    restored.engine.save(three);
    CHECK(one.kept.at("engine") == two.kept.at("engine"));
    CHECK(three.kept.at("model") == two.kept.at("model"));
}

TEST_CASE("a chain of saves, each restored, ends where the straight run does")
{
    Place straight(options(1, 64));
    Place::found(straight).engine.run(200);
    MemoryStore store;
    Place first(options(1, 64));
    Place::found(first).engine.save(store);
    for (int link = 0; link < 8; ++link) {
        Place next(options(1 + link % 3, link % 2 == 0 ? 16 : 512));
        next.engine.restore(store);
        next.engine.run(25);
        store.kept.clear();
        next.engine.save(store);
        if (link == 7) CHECK(outcome(next) == outcome(straight));
    }
}

TEST_CASE("messages of the far future, to the dead too, come on their day after a restore")
{
    // Ring of 8 windows: agent 0 writes to 1 (who dies on day 3) for day 70, and to 2 for days 7, 8, 9 and 71.
    std::vector<std::pair<sim::Window, std::int64_t>> seen;
    const auto play = [&](Probe& model) {
        model.on_early = [&](const Probe::Early& m, const sim::Header&, Probe::Agent&, Probe::Ctx& ctx) {
            seen.emplace_back(ctx.window(), m.code);
        };
        model.on_lost = [&](std::int64_t code, const sim::Header& header, Probe::Ctx& ctx) {
            seen.emplace_back(ctx.window(), -code * 1000 - header.target);
            ctx.send(2, Probe::Early{50}, 10); // in the dead one's name: its serial goes on
        };
        model.on_daily = [](Probe::Agent& a, Probe::Ctx& ctx) {
            if (ctx.window() == 0 && a.id == 0) {
                ctx.send(1, Probe::Early{1}, 700);
                for (const sim::Tick day : {7, 8, 9, 71}) ctx.send(2, Probe::Early{day}, 10 * day);
            }
            if (ctx.window() == 3 && a.id == 1) ctx.die();
        };
    };
    const std::vector<std::pair<sim::Window, std::int64_t>> expected{{7, 7},      {8, 8},   {9, 9},
                                                                     {70, -1001}, {71, 50}, {71, 71}};
    for (const sim::Window day : {1, 4, 7, 8, 9, 63, 64, 65, 70, 71}) {
        CAPTURE(day);
        seen.clear();
        const std::size_t population = interrupted(3, play, day, 80 - day);
        std::sort(seen.begin(), seen.end());
        CHECK(seen == expected);
        CHECK(population == 2);
    }
}

TEST_CASE("ids go on where they were, also when the last ones born are dead")
{
    toys::ProbeBench first(2);
    first.model.on_barrier = [](sim::Barrier<Probe>& b) {
        if (b.window() == 0) b.create(toys::probe_agent(77)); // id 2
    };
    first.model.on_daily = [](Probe::Agent& a, Probe::Ctx& ctx) {
        if (a.key == 77) ctx.die();
    };
    first.engine.run(2);
    MemoryStore store;
    first.engine.save(store);
    Probe model;
    sim::AgentId born = 0;
    model.on_barrier = [&](sim::Barrier<Probe>& b) { born = b.create(toys::probe_agent(78, 5)); };
    sim::Engine<Probe> second(model, {.seed = 1, .threads = 1, .backend = Backend::serial});
    second.restore(store);
    CHECK(second.find(2) == nullptr);
    second.run(1);
    CHECK(born == 3);
    CHECK(second.find(3)->key == 78);
}

TEST_CASE("what others see of an agent is as of the save, before and after the owner writes again")
{
    std::vector<std::int64_t> seen;
    const auto play = [&](Probe& model) {
        model.on_daily = [&](Probe::Agent& a, Probe::Ctx& ctx) {
            if (a.id == 0) ctx.own_showcase().value = 1000 + ctx.window();
            if (a.id == 1) seen.push_back(ctx.showcase(0).value);
        };
    };
    interrupted(2, play, 3, 3);
    CHECK(seen == std::vector<std::int64_t>{100, 1000, 1001, 1002, 1003, 1004});
}

TEST_CASE("a state that is cut off or of other agents is refused, and the engine is not used again")
{
    MemoryStore store;
    Place first(options(1, 64));
    Place::found(first).engine.run(30);
    first.engine.save(store);
    const auto refuses = [&](const std::string& piece, std::size_t bytes) {
        MemoryStore bad = store;
        bad.kept.at(piece).resize(bytes);
        Place second(options(1, 64));
        CHECK_THROWS_AS(second.engine.restore(bad), sim::ArchiveError);
        CHECK_THROWS(second.engine.run(1));
    };
    for (const char* piece : {"engine", "model", "block_0", "block_3"}) {
        CAPTURE(piece);
        refuses(piece, store.kept.at(piece).size() - 1);
        refuses(piece, store.kept.at(piece).size() + 8);
        refuses(piece, 5);
    }
}

TEST_CASE("founders and a restored state exclude one another")
{
    MemoryStore store;
    Place first(options(1, 64)), second(options(1, 64));
    Place::found(first).engine.save(store);
    Place::found(second);
    CHECK_THROWS(second.engine.restore(store));
    CHECK_THROWS(first.engine.restore(store));
}

TEST_CASE("the layout of a model is told by a digest")
{
    CHECK(sim::Engine<Village>::layout_digest() == sim::Engine<Village>::layout_digest());
    CHECK(sim::Engine<Village>::layout_digest() != sim::Engine<Probe>::layout_digest());
}
