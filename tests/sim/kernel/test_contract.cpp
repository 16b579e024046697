#include "tests/sim/kernel/toys/probe.hpp"

#include <doctest/doctest.h>

#include <string>

using toys::Probe;
using toys::ProbeBench;

namespace {

// Runs one window in which agent 0 does `deed`; returns what the engine says against it.
std::string objection(std::function<void(Probe::Agent&, Probe::Ctx&)> deed)
{
    ProbeBench bench(3);
    bench.model.on_daily = [&](Probe::Agent& a, Probe::Ctx& ctx) {
        if (a.id == 0) deed(a, ctx);
    };
    try {
        bench.engine.run(1);
    } catch (const sim::ContractViolation& violation) {
        return violation.what();
    }
    return "";
}

bool names(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

} // namespace

#ifndef NDEBUG
TEST_CASE("a message with a lead below the window trips its check, which names expression, window and agent")
{
    const std::string text = objection([](auto&&, Probe::Ctx& ctx) { ctx.send(1, Probe::Early{0}, 9); });
    CHECK(names(text, "delay >= Traits::ticks_per_window"));
    CHECK(names(text, "window 0, agent 0"));
    CHECK(objection([](auto&&, Probe::Ctx& ctx) { ctx.send(1, Probe::Early{0}, 10); }) == "");
}

TEST_CASE("a message to nobody, into the past, or out of the roster's days trips its check")
{
    CHECK(names(objection([](auto&&, Probe::Ctx& ctx) { ctx.send(3, Probe::Early{0}, 10); }), "to < core_.next_id"));
    CHECK(names(objection([](auto&&, Probe::Ctx& ctx) { ctx.send_self(Probe::Early{0}, -1); }), "delay >= 0"));
    CHECK(names(objection([](auto&&, Probe::Ctx& ctx) { static_cast<void>(ctx.showcase(9)); }), "id < core_.next_id"));

    ProbeBench bench(3);
    bench.model.weekly_due = [](sim::Window, std::vector<int>& cohorts) { cohorts = {7}; };
    CHECK_THROWS_AS(bench.engine.run(1), sim::ContractViolation);

    ProbeBench twice(3);
    twice.model.weekly_due = [](sim::Window, std::vector<int>& cohorts) { cohorts = {2, 2}; };
    CHECK_THROWS_AS(twice.engine.run(1), sim::ContractViolation);

    ProbeBench other(3);
    other.model.weekly_cohort = [](const Probe::Agent&) { return -1; };
    CHECK_THROWS_AS(other.engine.run(1), sim::ContractViolation);
}

TEST_CASE("an institution that sends within the window, or to nobody, trips its check")
{
    for (const auto& [to, delay] : {std::pair<sim::AgentId, sim::Tick>{0, 9}, {8, 10}}) {
        ProbeBench bench(3);
        bench.model.on_barrier = [to = to, delay = delay](sim::Barrier<Probe>& b) {
            b.send(to, Probe::Early{0}, delay);
        };
        CHECK_THROWS_AS(bench.engine.run(1), sim::ContractViolation);
    }
}

TEST_CASE("the name of a dead agent cannot be used for more than sending")
{
    const std::vector<std::function<void(Probe::Ctx&)>> deeds = {
        [](Probe::Ctx& c) { c.die(); }, [](Probe::Ctx& c) { c.own_showcase(); },
        [](Probe::Ctx& c) { c.send_self(Probe::Early{0}, 20); },
        [](Probe::Ctx& c) { static_cast<void>(c.draw(1, 1)); }};
    for (const auto& deed : deeds) {
        ProbeBench bench(2);
        bench.model.on_daily = [](Probe::Agent& a, Probe::Ctx& ctx) {
            if (a.id == 0) ctx.die();
        };
        bench.model.on_lost = [&](auto&&, auto&&, Probe::Ctx& ctx) { deed(ctx); };
        bench.engine.send_initial(0, Probe::Early{0}, 3);
        CHECK_THROWS_AS(bench.engine.run(4), sim::ContractViolation);
    }
}

TEST_CASE("a tally cell that does not exist trips its check")
{
    sim::Tally tally(1, 3);
    CHECK_THROWS_AS(tally.add(0, 3, 1), sim::ContractViolation);
}
#endif

TEST_CASE("an occasion of 65536 is refused in every build")
{
    CHECK(names(objection([](auto&&, Probe::Ctx& ctx) { static_cast<void>(ctx.draw(1, 65536)); }), "65536"));
    CHECK(objection([](auto&&, Probe::Ctx& ctx) { static_cast<void>(ctx.draw(1, 65535)); }) == "");
}

TEST_CASE("founders and initial messages are refused after the first window, and a broken run does not go on")
{
    ProbeBench bench(2);
    bench.engine.run(1);
    CHECK_THROWS_AS(bench.engine.found(toys::probe_agent(9)), sim::ContractViolation);
    CHECK_THROWS_AS(bench.engine.send_initial(0, Probe::Early{0}, 5), sim::ContractViolation);
    bench.model.on_daily = [](auto&&...) { throw std::runtime_error("a handler's own trouble"); };
    CHECK_THROWS_AS(bench.engine.run(1), std::runtime_error);
    CHECK_THROWS_AS(bench.engine.run(1), sim::ContractViolation);
}

TEST_CASE("a stop ends the run after the barrier, and the first reason counts")
{
    ProbeBench bench(1);
    bench.model.on_barrier = [](sim::Barrier<Probe>& b) {
        if (b.window() == 4) {
            b.stop("money is missing");
            b.stop("later");
        }
    };
    bench.engine.run(100);
    CHECK(bench.engine.window() == 5);
    CHECK(bench.engine.stopped());
    CHECK(bench.engine.stop_reason() == "money is missing");
}

TEST_CASE("the state hash moves with every registered field, with the messages under way, and with nothing else")
{
    const auto hash_after = [](std::function<void(Probe::Agent&, Probe::Ctx&)> deed, int block_size = 0) {
        ProbeBench bench(5, block_size);
        bench.model.on_daily = [&](Probe::Agent& a, Probe::Ctx& ctx) {
            if (a.id == 3) deed(a, ctx);
        };
        bench.engine.run(1);
        return bench.engine.state_hash();
    };
    const std::uint64_t plain = hash_after([](auto&&...) {});
    CHECK(plain == hash_after([](auto&&...) {}, 1));
    const std::vector<std::function<void(Probe::Agent&, Probe::Ctx&)>> deeds = {
        [](Probe::Agent& a, auto&&) { a.count ^= 1; },
        [](Probe::Agent& a, auto&&) { a.value ^= std::int64_t{1} << 62; },
        [](Probe::Agent& a, auto&&) { a.level = 1e-300; },
        [](Probe::Agent& a, auto&&) { a.weights[2] = 1e-30f; },
        [](Probe::Agent& a, auto&&) { a.flag = true; },
        [](Probe::Agent& a, auto&&) { a.key ^= 1; },
        [](auto&&, Probe::Ctx& ctx) { ctx.send(0, Probe::Early{1}, 10); },
        [](auto&&, Probe::Ctx& ctx) { ctx.send(0, Probe::Early{2}, 10); },
        [](auto&&, Probe::Ctx& ctx) { ctx.send(0, Probe::Early{1}, 11); },
        [](auto&&, Probe::Ctx& ctx) { ctx.send(0, Probe::Early{1}, 20); },
        [](auto&&, Probe::Ctx& ctx) { ctx.send(1, Probe::Early{1}, 10); },
        [](auto&&, Probe::Ctx& ctx) {
            ctx.send(0, Probe::Late{1, 0}, 10);
        },
        [](auto&&, Probe::Ctx& ctx) { ctx.send(0, Probe::Early{1}, 10000); },
        [](auto&&, Probe::Ctx& ctx) { ctx.die(); }};
    std::vector<std::uint64_t> hashes = {plain};
    for (const auto& deed : deeds) hashes.push_back(hash_after(deed));
    std::sort(hashes.begin(), hashes.end());
    CHECK(std::adjacent_find(hashes.begin(), hashes.end()) == hashes.end());
}
