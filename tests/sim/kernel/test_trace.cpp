#include "tests/sim/kernel/toys/phold.hpp"

#include <doctest/doctest.h>
#include <string>
#include <string_view>
#include <vector>

using toys::Phold;

namespace {

constexpr sim::Window windows = 40;

/// A run of PHOLD on two threads; its hash.
std::uint64_t run(sim::Trace* trace, bool profile, sim::EngineCounters* counters = nullptr)
{
    Phold model{500};
    sim::EngineOptions options{.seed = 3, .threads = 2, .block_size = 64, .backend = sim::Backend::threads};
    options.alone_below_us = 0, options.profile = profile, options.trace = trace;
    sim::Engine<Phold> engine(model, options);
    Phold::found(engine, 500, options.seed);
    engine.run(windows);
    if (counters != nullptr) *counters = engine.counters();
    return engine.state_hash();
}

struct Seen {
    std::string name;
    int thread = 0;
    double from = 0, to = 0;
};

/// The value behind "key": in a line, up to a comma or brace.
std::string value(std::string_view line, const std::string& key)
{
    const std::size_t at = line.find("\"" + key + "\":") + key.size() + 3;
    std::string text(line.substr(at, line.find_first_of(",}", at) - at));
    std::erase(text, '"');
    return text;
}

std::vector<Seen> spans(const sim::Trace& trace)
{
    const std::string text = trace.to_json([](sim::Window w) { return std::to_string(w); });
    std::vector<Seen> all;
    for (std::size_t at = 0; (at = text.find("{\"name\"", at)) != std::string::npos; ++at) {
        const std::string_view line = std::string_view(text).substr(at, text.find('\n', at) - at);
        if (value(line, "ph") != "X") continue;
        const double from = std::stod(value(line, "ts"));
        all.push_back({value(line, "name"), std::stoi(value(line, "tid")), from, from + std::stod(value(line, "dur"))});
    }
    return all;
}

std::size_t count(const std::vector<Seen>& all, const std::string& name)
{
    std::size_t n = 0;
    for (const Seen& span : all) n += span.name == name ? 1 : 0;
    return n;
}

} // namespace

TEST_CASE("a trace and a profile change no result")
{
    sim::Trace trace(0, windows);
    const std::uint64_t plain = run(nullptr, false);
    CHECK(run(&trace, false) == plain);
    CHECK(run(nullptr, true) == plain);
}

TEST_CASE(
    "a trace has one span for each window, barrier and block of the windows asked for, and spans of a thread nest")
{
    sim::Trace trace(5, 7);
    run(&trace, false);
    const auto all = spans(trace);
    CHECK(all.size() == trace.spans());
    CHECK(count(all, "window") == 7);
    CHECK(count(all, "barrier") == 7);
    CHECK(count(all, "block") == 7 * 8); // 500 agents, at most 64 in a block
    CHECK(trace.end() == 12);
    CHECK_FALSE(trace.is_cut());
    for (const Seen& a : all)
        for (const Seen& b : all) {
            if (a.thread != b.thread) continue;
            const bool apart = a.to <= b.from + 5e-4 || b.to <= a.from + 5e-4;
            const bool inside =
                (a.from <= b.from + 5e-4 && b.to <= a.to + 5e-4) || (b.from <= a.from + 5e-4 && a.to <= b.to + 5e-4);
            CHECK((apart || inside));
        }
}

TEST_CASE("a trace ends with the window that fills it")
{
    sim::Trace trace(0, windows, 50);
    run(&trace, false);
    CHECK(trace.is_cut());
    CHECK(trace.spans() >= 50);
    CHECK(trace.spans() < 150);
    CHECK(trace.end() < windows);
    CHECK(count(spans(trace), "window") == static_cast<std::size_t>(trace.end()));
}

TEST_CASE("a profile's times add up: phases within tasks, tasks within what the threads had")
{
    sim::EngineCounters c;
    run(nullptr, true, &c);
    std::int64_t in_phases = 0;
    for (const auto& phase : c.phases) in_phases += phase.nanoseconds;
    CHECK(in_phases > 0);
    CHECK(in_phases <= c.task_nanoseconds);
    CHECK(c.task_nanoseconds <= c.threads * c.block_nanoseconds);
    CHECK(c.barrier_nanoseconds > 0);
    sim::EngineCounters plain;
    run(nullptr, false, &plain);
    CHECK(plain.task_nanoseconds == 0);
}
