#include "tests/sim/kernel/toys/probe.hpp"

#include <doctest/doctest.h>

#include <string>

using sim::Window;
using toys::Probe;
using toys::ProbeBench;

TEST_CASE("a message arrives in the window and at the tick of now + delay")
{
    ProbeBench bench(2);
    std::vector<sim::Tick> times;
    bench.model.on_early = [&](const Probe::Early&, const sim::Header& h, Probe::Agent& a, Probe::Ctx& ctx) {
        times.push_back(ctx.now());
        CHECK(ctx.now() == 10 * ctx.window() + h.tick);
        CHECK(h.target == a.id);
        if (times.size() < 4) ctx.send(1 - a.id, Probe::Early{0}, 17);
    };
    bench.engine.send_initial(0, Probe::Early{0}, 2, 4);
    bench.engine.run(20);
    CHECK((times == std::vector<sim::Tick>{24, 41, 58, 75}));
}

TEST_CASE("phases run in their order within a window, whatever was sent first")
{
    ProbeBench bench(1);
    std::string order;
    bench.model.on_early = [&](auto&&...) { order += "e"; };
    bench.model.on_weekly = [&](auto&&...) { order += "w"; };
    bench.model.on_late = [&](auto&&...) { order += "l"; };
    bench.model.on_daily = [&](auto&&...) { order += "d"; };
    bench.engine.send_initial(0, Probe::Late{0, 0}, 7, 0);
    bench.engine.send_initial(0, Probe::Early{0}, 7, 9);
    bench.engine.run(8);
    CHECK(order == "wdddddddewld"); // window 0: w d; 1 to 6: d; 7: e w l d
}

TEST_CASE(
    "messages beyond the ring of 8 windows arrive on their day and in (tick, source, serial) order with the others")
{
    ProbeBench bench(40, 4);
    std::vector<std::int64_t> codes;
    bench.model.on_early = [&](const Probe::Early& m, const sim::Header&, Probe::Agent& a, Probe::Ctx& ctx) {
        if (a.id == 7) codes.push_back(1000 * ctx.now() + m.code);
    };
    // Agent i sends to 7 for window 50 from window i: the first 35 lie beyond the ring when sent, the last few do not.
    bench.model.on_daily = [&](Probe::Agent& a, Probe::Ctx& ctx) {
        if (ctx.window() == static_cast<Window>(a.id))
            ctx.send(7, Probe::Early{a.id}, 10 * (50 - ctx.window()) + 9 - a.id % 3);
        if (ctx.window() == 3 && a.id == 2) ctx.send(7, Probe::Early{99}, 10 * 1000);
    };
    bench.engine.run(60);
    REQUIRE(codes.size() == 40);
    CHECK(std::is_sorted(codes.begin(), codes.end())); // ticks 507, 508, 509, and in each the sources in order
    CHECK(codes.front() == 507002);
    CHECK(codes.back() == 509039);
    bench.engine.run(1000 - 60 + 3);
    CHECK(codes.size() == 40);
    bench.engine.run(1);
    CHECK(codes.back() == 1000 * 10030 + 99); // window 3 + 1000
}

TEST_CASE("several messages to one agent in one phase are handled by (tick, source, serial), however they came in")
{
    ProbeBench bench(10, 2);
    std::vector<std::int64_t> codes;
    bench.model.on_early = [&](const Probe::Early& m, const sim::Header&, Probe::Agent&, Probe::Ctx&) {
        codes.push_back(m.code);
    };
    bench.model.on_daily = [&](Probe::Agent& a, Probe::Ctx& ctx) {
        if (ctx.window() != 0) return;
        const auto id = static_cast<std::int64_t>(a.id);
        ctx.send(3, Probe::Early{100 * 5 + 10 * id + 0}, 15); // code: tick, source, serial
        ctx.send(3, Probe::Early{100 * 5 + 10 * id + 1}, 15);
        ctx.send(3, Probe::Early{100 * 2 + 10 * id + 2}, 12);
    };
    bench.engine.run(2);
    CHECK(codes.size() == 30);
    CHECK(std::is_sorted(codes.begin(), codes.end()));
    CHECK(bench.engine.counters().sorted_conflicts == 30);
}

TEST_CASE("only agents with two or more messages in a phase are sorted")
{
    ProbeBench bench(10);
    for (sim::AgentId i = 0; i < 10; ++i) bench.engine.send_initial(i, Probe::Early{0}, 1);
    bench.engine.send_initial(4, Probe::Early{0}, 1);
    bench.engine.send_initial(5, Probe::Late{0, 0}, 1); // another phase: no conflict
    bench.engine.run(2);
    CHECK(bench.engine.counters().sorted_conflicts == 2);
}

TEST_CASE("a hub that everybody writes to hears all in order")
{
    ProbeBench bench(500, 16);
    std::vector<sim::AgentId> sources;
    bench.model.on_early = [&](const Probe::Early&, const sim::Header& h, Probe::Agent&, Probe::Ctx&) {
        sources.push_back(h.source);
    };
    bench.model.on_daily = [&](Probe::Agent&, Probe::Ctx& ctx) {
        if (ctx.window() < 3) ctx.send(77, Probe::Early{0}, 10);
    };
    bench.engine.run(4);
    REQUIRE(sources.size() == 1500);
    for (std::size_t i = 0; i < sources.size(); ++i) CHECK(sources[i] == i % 500);
}

TEST_CASE("a self message within the window waits for its later phase, or for today's list")
{
    ProbeBench bench(1);
    std::string order;
    const auto note = [&](const char* phase, Probe::Ctx& ctx, std::int64_t code) {
        order.append(phase).append(std::to_string(ctx.now() % 10)).append(std::to_string(code)).append(" ");
    };
    bench.model.on_early = [&](const Probe::Early& m, const sim::Header&, Probe::Agent&, Probe::Ctx& ctx) {
        note("e", ctx, m.code);
        if (m.code != 0) return;
        ctx.send_self(Probe::Late{1, 0}, 2); // later phase: in its turn
        ctx.send_self(Probe::Early{2}, 7);   // same phase: today's list, tick 8
        ctx.send_self(Probe::Early{3}, 3);   // today's list, tick 4
        ctx.send_self(Probe::Early{4}, 3);   // same tick, later serial
        ctx.send_self(Probe::Early{5}, 9);   // tick 10: tomorrow
    };
    bench.model.on_late = [&](const Probe::Late& m, const sim::Header&, Probe::Agent&, Probe::Ctx& ctx) {
        note("l", ctx, m.code);
        if (m.code == 1) ctx.send_self(Probe::Early{6}, 2); // tick 5, from the phase "late": between the others
    };
    bench.model.on_daily = [&](auto&&...) { order += "d "; };
    bench.engine.send_initial(0, Probe::Early{0}, 1, 1);
    bench.engine.run(3);
    CHECK(order == "d e10 l31 d e43 e44 e56 e82 e05 d ");
    CHECK(bench.engine.counters().today_reruns == 4);
}

TEST_CASE("today's list takes what it makes itself, by tick, until it is empty; a chain deeper than today_depth stops "
          "the run")
{
    for (const int length : {20, 21}) {
        ProbeBench bench(1);
        int handled = 0;
        bench.model.on_early = [&](const Probe::Early& m, const sim::Header&, Probe::Agent&, Probe::Ctx& ctx) {
            ++handled;
            if (m.code < length) ctx.send_self(Probe::Early{m.code + 1}, 0);
        };
        bench.engine.send_initial(0, Probe::Early{0}, 0);
        if (length <= 20) {
            bench.engine.run(1);
            CHECK(handled == 21);
        } else {
            CHECK_THROWS_AS(bench.engine.run(1), sim::ContractViolation);
        }
    }
}
