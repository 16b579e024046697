#include "tests/sim/kernel/toys/probe.hpp"

#include <doctest/doctest.h>

#include <map>

using toys::Probe;
using toys::probe_agent;
using toys::ProbeBench;

TEST_CASE("the dying go on until the barrier and leave in the order of their ids")
{
    ProbeBench bench(20, 4);
    std::vector<sim::AgentId> left;
    int last_visits = 0;
    bench.model.on_early = [&](auto&&, auto&&, auto&&, Probe::Ctx& ctx) {
        ctx.die();
        ctx.die();
    }; // twice is once
    bench.model.on_daily = [&](Probe::Agent& a, Probe::Ctx& ctx) {
        CHECK(ctx.alive(a.id));
        last_visits += a.id == 13;
    };
    bench.model.on_funeral = [&](Probe::Agent& a, auto&&) { left.push_back(a.id); };
    for (const sim::AgentId id : {13u, 2u, 17u, 5u}) bench.engine.send_initial(id, Probe::Early{0}, 3);
    bench.engine.run(10);
    CHECK((left == std::vector<sim::AgentId>{2, 5, 13, 17}));
    CHECK(last_visits == 4); // windows 0 to 3
    CHECK(bench.engine.population() == 16);
    CHECK(bench.engine.find(13) == nullptr);
    CHECK(bench.engine.find(12)->id == 12);
}

TEST_CASE(
    "a message to the dead goes to undeliverable, is counted by type, and can be answered in the dead agent's name")
{
    ProbeBench bench(3, 1);
    std::vector<std::int64_t> answers;
    std::vector<std::uint32_t> serials;
    bench.model.on_daily = [&](Probe::Agent& a, Probe::Ctx& ctx) {
        if (a.id == 1 && ctx.window() == 0) {
            ctx.send(2, Probe::Early{7}, 10); // serial 0 of agent 1
            ctx.die();
        }
        if (a.id == 0 && ctx.window() == 0) ctx.send(1, Probe::Early{40}, 10);   // under way at death
        if (a.id == 0 && ctx.window() == 5) ctx.send(1, Probe::Late{41, 0}, 10); // sent to the dead
    };
    bench.model.on_lost = [&](std::int64_t code, const sim::Header& h, Probe::Ctx& ctx) {
        CHECK(h.target == 1);
        CHECK_FALSE(ctx.alive(1));
        ctx.send(h.source, Probe::Late{code + 100, 0}, 10);
    };
    bench.model.on_late = [&](const Probe::Late& m, const sim::Header& h, Probe::Agent& a, auto&&) {
        CHECK(a.id == 0);
        CHECK(h.source == 1);
        answers.push_back(m.code);
        serials.push_back(h.serial);
    };
    bench.engine.run(10);
    CHECK((answers == std::vector<std::int64_t>{140, 141}));
    CHECK((serials == std::vector<std::uint32_t>{1, 2})); // the serial goes on where the living agent stopped
    CHECK(bench.engine.counters().undeliverable[0].count == 1);
    CHECK(bench.engine.counters().undeliverable[1].count == 1);
}

TEST_CASE("newborns get ids in call order, live from the next window, and can be written to at once")
{
    ProbeBench bench(4, 2);
    std::map<sim::AgentId, sim::Window> first_visit;
    int greeted = 0;
    bench.model.on_barrier = [&](sim::Barrier<Probe>& barrier) {
        if (barrier.window() != 2) return;
        CHECK(barrier.create(probe_agent(70)) == 4);
        CHECK(barrier.create(probe_agent(71)) == 5);
        barrier.send(5, Probe::Early{1}, 10);
        CHECK(barrier.find(5)->key == 71);
        CHECK(barrier.population() == 6);
    };
    bench.model.on_daily = [&](Probe::Agent& a, Probe::Ctx& ctx) { first_visit.try_emplace(a.id, ctx.window()); };
    bench.model.on_early = [&](auto&&, const sim::Header& h, Probe::Agent& a, Probe::Ctx& ctx) {
        greeted += a.id == 5 && h.source == sim::no_agent && ctx.window() == 3;
    };
    bench.engine.run(5);
    CHECK(first_visit[3] == 0);
    CHECK(first_visit[4] == 3);
    CHECK(first_visit[5] == 3);
    CHECK(greeted == 1);
}

TEST_CASE("the parts of a population are all of it, once each, the dead left out")
{
    ProbeBench bench(20, 4);
    bench.model.on_early = [](auto&&, auto&&, auto&&, Probe::Ctx& ctx) { ctx.die(); };
    for (const sim::AgentId id : {13u, 2u}) bench.engine.send_initial(id, Probe::Early{0}, 1);
    std::vector<std::vector<sim::AgentId>> parts;
    bench.engine.observe([&](const sim::Barrier<Probe>& barrier) {
        parts.assign(static_cast<std::size_t>(barrier.parts()), {});
        barrier.each_part([&](int part, int, auto&& agents) {
            agents([&](const Probe::Agent& a) { parts[static_cast<std::size_t>(part)].push_back(a.id); });
        });
    });
    bench.engine.run(3);
    std::map<sim::AgentId, int> seen;
    for (const auto& part : parts)
        for (const auto id : part) ++seen[id];
    CHECK(parts.size() > 1);
    CHECK(seen.size() == 18);
    CHECK((seen.count(13) == 0 && seen.count(2) == 0));
    for (const auto& [id, times] : seen) CHECK(times == 1);
}

TEST_CASE("slots of the dead are used again, and nothing meant for the dead reaches their successors")
{
    // One block; each window the oldest living agent dies and one is born; everybody always has messages under way to the next who die.
    ProbeBench bench(40, 4096);
    sim::AgentId oldest = 0;
    std::int64_t wrong = 0, lost = 0;
    bench.model.on_daily = [&](Probe::Agent& a, Probe::Ctx& ctx) {
        if (a.id == oldest) ctx.die();
        ctx.send(oldest, Probe::Early{oldest}, 10 * (1 + a.id % 12)); // up to 12 windows: beyond the ring of 8 too
    };
    bench.model.on_early = [&](const Probe::Early& m, const sim::Header&, Probe::Agent& a, auto&&) {
        wrong += m.code != a.id;
    };
    bench.model.on_lost = [&](std::int64_t code, const sim::Header& h, auto&&) {
        wrong += code != h.target;
        ++lost;
    };
    bench.model.on_barrier = [&](sim::Barrier<Probe>& barrier) {
        barrier.create(probe_agent(1000 + static_cast<sim::Key>(barrier.window())));
        ++oldest;
    };
    std::map<const Probe::Agent*, int> addresses;
    bench.engine.observe([&](const sim::Barrier<Probe>& barrier) {
        barrier.each_agent([&](const Probe::Agent& a) { ++addresses[&a]; });
    });
    bench.engine.run(600);
    CHECK(wrong == 0);
    CHECK(lost > 20000);
    CHECK(bench.engine.population() == 40);
    CHECK(addresses.size() < 400); // 640 agents lived; without reuse each would have a place of its own
}

TEST_CASE("rosters visit founders and entrants on the day of their cohort, once a week, through deaths and births")
{
    ProbeBench bench(100, 16);
    std::map<sim::AgentId, std::vector<sim::Window>> visits;
    bench.model.on_weekly = [&](Probe::Agent& a, Probe::Ctx& ctx) {
        CHECK(ctx.window() % 7 == static_cast<int>(a.key % 7));
        CHECK(ctx.now() == 10 * ctx.window());
        visits[a.id].push_back(ctx.window());
        if (visits[a.id].size() == 10 && a.id % 3 == 0) ctx.die();
    };
    std::map<sim::AgentId, sim::Window> born;
    bench.model.on_barrier = [&](sim::Barrier<Probe>& b) {
        if (b.window() < 500 && b.window() % 2 == 0)
            born[b.create(probe_agent(sim::make_key(b.window())))] = b.window() + 1;
    };
    bench.engine.run(700);
    CHECK(visits.size() == 350);
    for (const auto& [id, windows] : visits) {
        CHECK(windows.front() - (id < 100 ? 0 : born[id]) < 7);
        for (std::size_t i = 1; i < windows.size(); ++i) CHECK(windows[i] - windows[i - 1] == 7);
        if (id % 3 == 0)
            CHECK(windows.size() == 10);
        else
            CHECK(windows.back() + 7 >= 700);
    }
}

TEST_CASE("a roster may be due with no cohort or with several")
{
    ProbeBench bench(70);
    std::map<sim::Window, int> visited;
    bench.model.weekly_due = [](sim::Window w, std::vector<int>& cohorts) {
        if (w == 3) cohorts = {6, 0, 2};
    };
    bench.model.on_weekly = [&](Probe::Agent&, Probe::Ctx& ctx) { ++visited[ctx.window()]; };
    bench.engine.run(6);
    CHECK((visited == std::map<sim::Window, int>{{3, 30}})); // keys 0..69: ten in each cohort
}

TEST_CASE("others see a showcase one window late, the dead show the default, a newborn its first one")
{
    ProbeBench bench(2, 1);
    std::vector<std::int64_t> seen;
    bench.model.on_daily = [&](Probe::Agent& a, Probe::Ctx& ctx) {
        if (a.id == 0) {
            if (ctx.window() == 1 || ctx.window() == 2 || ctx.window() == 5)
                ctx.own_showcase().value = 1000 + ctx.window();
            CHECK(ctx.showcase(0).value != 1000 + ctx.window()); // one's own public copy is yesterday's too
            if (ctx.window() == 7) ctx.die();
        } else if (a.id == 1) {
            seen.push_back(ctx.showcase(0).value);
        }
    };
    bench.model.on_barrier = [&](sim::Barrier<Probe>& b) {
        if (b.window() == 1) CHECK(b.showcase(0).value == 1001);
        if (b.window() == 8) CHECK(b.showcase(b.create(probe_agent(9, 55))).value == 55);
    };
    bench.engine.run(10);
    CHECK((seen == std::vector<std::int64_t>{100, 100, 1001, 1002, 1002, 1002, 1005, 1005, -1, -1}));
}
