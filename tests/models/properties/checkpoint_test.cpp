// A run that is saved and restored is the run that was not, whatever the day, the threads and the blocks, and whatever lived before in
// the place it is restored to.
#include "models/first_day/first_day.hpp"
#include "models/series/catalogue.hpp"
#include "models/snapshot_times.hpp"
#include "tests/models/support.hpp"
#include "tests/sim/kernel/toys/memory_store.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <bit>
#include <filesystem>
#include <map>

using namespace fabrica;
using bench::Month;
using bench::Run;
using bench::Scenario;
using bench::Threads;
using sim::Backend;
using toys::MemoryStore;

namespace {

using Bytes = std::vector<std::byte>;

/// Everything that is not a firm, as a checkpoint would hold it.
Bytes institutions(World& world)
{
    sim::Archive out;
    world.visit_state(out);
    return out.take();
}

/// A run that begins with a saved state instead of the first day. With a life before, its world is not fresh: it has lived that many days
/// under another seed, and a field that is not restored still holds what they left there.
struct Restored {
    Restored(Scenario s, MemoryStore& store, const Threads& how, sim::Window life_before)
        : scenario(std::move(s)), world(scenario.config, scenario.nation, how.count), model(world)
    {
        if (life_before > 0) live(life_before, how);
        engine = std::make_unique<Engine>(model, options(how));
        engine->restore(store);
    }

    void live(sim::Window days, const Threads& how)
    {
        const auto seed = std::exchange(scenario.config.run.seed, 77);
        Engine other(model, options(how));
        sim::Errors errors;
        build_first_day(world, other, errors, {});
        other.run(days);
        stranger = institutions(world);
        scenario.config.run.seed = seed;
    }

    [[nodiscard]] sim::EngineOptions options(const Threads& how) const
    {
        sim::EngineOptions o;
        o.seed = static_cast<std::uint32_t>(scenario.config.run.seed);
        o.threads = how.count, o.block_size = how.block_size, o.backend = how.backend;
        o.alone_below_us = 0;
        return o;
    }

    Scenario scenario;
    Bytes stranger;
    World world;
    Manufacturing model;
    std::unique_ptr<Engine> engine;
};

struct Outcome {
    std::uint64_t hash;
    Bytes institutions;
    std::int64_t events;
    std::vector<double> open; // what is neither hashed nor recorded before a month or a quarter is over
};

Outcome outcome(Engine& engine, World& world)
{
    return {engine.state_hash(),
            institutions(world),
            engine.counters().events,
            {static_cast<double>(world.days_of_month), static_cast<double>(world.month_direct), world.unmet_quarter,
             world.demand_quarter}};
}

/// Every series of the result at every month's end, as bits.
using Log = std::map<sim::Window, std::vector<std::uint64_t>>;

void record(World& world, Log& log)
{
    world.on_month = [&world, &log, rows = series_catalogue(false)](const Barrier& barrier) {
        auto& values = log[barrier.window()];
        for (const auto& row : rows) {
            if (row.exact)
                for (const std::int64_t x : row.exact(world)) values.push_back(std::bit_cast<std::uint64_t>(x));
            else
                for (const double x : row.ratio(world)) values.push_back(std::bit_cast<std::uint64_t>(x));
        }
    };
}

/// The part of a log from a day on.
Log since(Log log, sim::Window day) { return log.erase(log.begin(), log.lower_bound(day)), log; }

void check_same(const Outcome& a, const Outcome& b)
{
    CHECK(a.hash == b.hash);
    CHECK((a.institutions == b.institutions));
    CHECK(a.events == b.events);
    CHECK((a.open == b.open));
}

/// Saves on each day and compares the end with that of the straight run.
void check_days(const char* name, const std::vector<std::string>& overrides, const std::vector<sim::Window>& days,
                sim::Window end)
{
    Run straight(bench::load(name, overrides), {1, 64, Backend::serial});
    Log all;
    record(straight.world, all);
    straight.days(end);
    REQUIRE(all.size() > 20);
    REQUIRE_MESSAGE(!straight.engine.stopped(), straight.engine.stop_reason());
    const Outcome expected = outcome(straight.engine, straight.world);
    int turn = 0;
    for (const sim::Window day : days) {
        CAPTURE(name);
        CAPTURE(day);
        MemoryStore store;
        Run first(bench::load(name, overrides), {1, 64, Backend::serial});
        first.days(day).engine.save(store);
        const sim::Window life_before = ++turn % 2 == 0 ? 0 : 400;
        Restored second(bench::load(name, overrides), store, {2, 1024, Backend::threads}, life_before);
        check_same(outcome(*second.engine, second.world), outcome(first.engine, first.world));
        Log rest;
        record(second.world, rest);
        second.engine->run(end - day);
        check_same(outcome(*second.engine, second.world), expected);
        CHECK((rest == since(all, day)));
    }
}

} // namespace

TEST_CASE("toyland goes on from any day as if it had not been saved")
{
    // First day; in a month; its last day and the next; the last days of the three years of spin-up; under a shock and behind it.
    check_days("toyland", {}, {0, 1, 15, 30, 31, 64, 500, 1095, 1096, 1097, 1500}, 1600);
}

TEST_CASE("china goes on from any day as if it had not been saved")
{
    // 2014 is spin-up (365 days); shocks of prices are on from 2015-01-01 to 2016-10-01 (window 1004), with a reference price that moves.
    check_days("china", {"run.scale=0.001", "population.spin_up_years=1"}, {0, 17, 364, 365, 366, 700}, 800);
}

TEST_CASE("china goes on behind its shocks" * doctest::test_suite("slow"))
{
    check_days("china", {"run.scale=0.001", "population.spin_up_years=1"}, {1003, 1004, 1005, 1100}, 1200);
}

TEST_CASE("every value that a checkpoint keeps of the institutions comes back, and nothing else is left there")
{
    MemoryStore store;
    Run run(bench::load("china", {"run.scale=0.001", "population.spin_up_years=1"}));
    run.days(100).engine.save(store);
    Restored other(bench::load("china", {"run.scale=0.001", "population.spin_up_years=1"}), store, {}, 70);
    CHECK((other.stranger != institutions(run.world)));
    CHECK((institutions(other.world) == institutions(run.world)));
}

TEST_CASE("a state of other sectors or under lost shocks is refused")
{
    MemoryStore store;
    Run run(bench::load("china", {"run.scale=0.001", "population.spin_up_years=0"}));
    run.days(20).engine.save(store); // two shocks are on
    CHECK_THROWS_AS(Restored(bench::load("toyland"), store, {}, 0), sim::ArchiveError);
    Scenario without = bench::load("china", {"run.scale=0.001", "population.spin_up_years=0"});
    without.config.shocks.clear();
    CHECK_THROWS_AS(Restored(without, store, {}, 0), sim::ArchiveError);
}

TEST_CASE("the times of a snapshot are those of a state that came back")
{
    const Scenario toyland = bench::load("toyland");
    sim::EngineOptions options;
    options.seed = 1, options.threads = 2;
    const std::string file =
        (std::filesystem::temp_directory_path() / ("times-" + std::to_string(getpid()) + ".ckpt.h5")).string();
    const SnapshotTimes times = time_snapshot(toyland.config, toyland.nation, 40, options, file);
    CHECK(times.is_same);
    CHECK(times.firms > 50);
    CHECK(times.bytes > times.firms * static_cast<std::int64_t>(sizeof(Firm)));
    CHECK(times.save.seconds > 0);
    CHECK(times.restore.seconds > 0);
    CHECK(!std::filesystem::exists(file));
}
