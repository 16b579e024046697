#include "sim/base/check.hpp"
#include "sim/kernel/executor.hpp"
#include "sim/kernel/roster.hpp"
#include "sim/kernel/tally.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <stdexcept>

using sim::Backend;

TEST_CASE("every back end does each task once, with a thread number in range, any number of times")
{
    for (const Backend backend : {Backend::tbb, Backend::threads, Backend::serial})
        for (const int threads : {1, 2, 4}) {
            const auto executor = sim::Executor::make(backend, threads);
            CHECK(executor->threads() == (backend == Backend::serial ? 1 : threads));
            for (int round = 0; round < 200; ++round) {
                std::vector<int> done(50);
                std::atomic<int> wrong = 0;
                executor->for_each(50, [&](int task, int thread) {
                    ++done[static_cast<std::size_t>(task)];
                    wrong += thread < 0 || thread >= executor->threads();
                });
                CHECK(done == std::vector<int>(50, 1));
                CHECK(wrong == 0);
            }
            executor->for_each(0, [](int, int) { throw std::runtime_error("no task"); });
        }
}

TEST_CASE("an exception in a task reaches the caller, and the executor can be used again")
{
    for (const Backend backend : {Backend::tbb, Backend::threads, Backend::serial}) {
        const auto executor = sim::Executor::make(backend, 3);
        CHECK_THROWS_AS(executor->for_each(100,
                                           [](int task, int) {
                                               if (task == 17) throw std::runtime_error("17");
                                           }),
                        std::runtime_error);
        std::atomic<int> done = 0;
        executor->for_each(100, [&](int, int) { ++done; });
        CHECK(done == 100);
    }
}

TEST_CASE("0 threads are all of the machine, and nonsense is refused")
{
    CHECK(sim::thread_count(Backend::tbb, 0) >= 1);
    CHECK(sim::thread_count(Backend::serial, 8) == 1);
    CHECK_THROWS_AS(sim::thread_count(Backend::threads, -1), sim::ContractViolation);
}

TEST_CASE("a tally sums exactly over threads and starts again at zero")
{
    sim::Tally tally(3, 2);
    const std::int64_t big = std::int64_t{1} << 61;
    tally.add(0, 0, big);
    tally.add(1, 0, 3);
    tally.add(2, 0, -big);
    tally.add(2, 1, 5);
    CHECK(tally.reduce()[0] == 3); // in doubles the 3 would be lost
    CHECK(tally.reduce()[1] == 0);
    const sim::Tally copy = tally;
    tally.add(1, 1, 4);
    CHECK(sim::Tally(copy).reduce()[1] == 0);
    CHECK(tally.reduce()[1] == 4);
}

TEST_CASE("claims come out by id, those of one agent in the order they were made, and only once")
{
    struct Claim {
        sim::Key key;
        sim::AgentId id;
        int amount;
    };
    sim::Claims<Claim> claims(2);
    claims.add(1, {0, 9, 1});
    claims.add(0, {0, 4, 2});
    claims.add(1, {0, 2, 3});
    claims.add(1, {0, 9, 4});
    const auto all = claims.take();
    REQUIRE(all.size() == 4);
    CHECK((all[0].amount == 3 && all[1].amount == 2 && all[2].amount == 1 && all[3].amount == 4));
    CHECK(claims.take().empty());
}

TEST_CASE("a roster merges its late entries and drops the dead")
{
    sim::Roster roster(3);
    sim::Bits dead;
    dead.resize(10);
    roster.add(2, 4);
    roster.add(0, 1);
    roster.add(2, 3);
    std::vector<std::uint32_t> late;
    roster.each_late(2, [&](std::uint32_t slot) { late.push_back(slot); });
    CHECK((late == std::vector<std::uint32_t>{4, 3}));
    CHECK(roster.members(2).empty());
    dead.set(4);
    roster.rebuild(dead);
    CHECK(roster.late() == 0);
    REQUIRE(roster.members(2).size() == 1);
    CHECK(roster.members(2)[0] == 3);
    CHECK(roster.members(0)[0] == 1);
    CHECK(roster.members(1).empty());
}
