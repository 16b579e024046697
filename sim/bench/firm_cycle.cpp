#include "sim/bench/firm_cycle.hpp"

#include "sim/bench/measure.hpp"

#include <fmt/format.h>

namespace sim::bench {

namespace {

// Runs one cycle on each number of threads: 60 windows to fill the pipes, then repetitions of 15 windows.
template <bool Work>
void measure(const std::string& name, const FirmCycle<Work>& model, Parameters parameters, const Options& options,
             const Report& report)
{
    Agreement agree(name);
    for (const int threads : options.threads) {
        Result result{.name = name, .parameters = parameters, .metric = "event", .unit = "ns"};
        result.parameters.emplace_back("threads", std::int64_t{threads});
        FirmCycle<Work> own = model;
        Engine<FirmCycle<Work>> engine(own, {.threads = threads});
        own.found(engine);
        engine.run(60);
        result.hash = agree(engine.state_hash(), fmt::format("{} threads", threads));
        measure_each(result, options.repetitions, [&] {
            const std::int64_t before = engine.counters().events;
            engine.run(15);
            return engine.counters().events - before;
        });
        report(result);
    }
}

void run_firmcycle(const Options& options, const Report& report)
{
    const std::int64_t agents = options.size(3'300'000);
    for (const auto& [events, orders, machines] : {std::tuple{4, 1, false}, {8, 2, true}, {16, 6, true}})
        measure<true>("firmcycle", {static_cast<AgentId>(agents), orders, machines},
                      {{"agents", agents}, {"events_a_month", std::int64_t{events}}}, options, report);
}

void run_nullhandler(const Options& options, const Report& report)
{
    const std::int64_t agents = options.size(3'300'000);
    measure<false>("nullhandler", {static_cast<AgentId>(agents)}, {{"agents", agents}}, options, report);
}

void run_hub(const Options& options, const Report& report)
{
    const std::int64_t agents = options.size(1'000'000);
    const auto n = static_cast<AgentId>(agents);
    const std::uint32_t quarter = 64, tenth = 26; // of 2^8
    const auto one = [&](AgentId hubs, std::uint32_t share) {
        measure<true>("hub", {n, 2, true, hubs, share},
                      {{"agents", agents}, {"hubs", std::int64_t{hubs}}, {"share", share / 256.0}}, options, report);
    };
    one(0, 0);
    one(std::min<AgentId>(64, n), quarter);
    one(1, tenth);
}

} // namespace

Benchmark firmcycle() { return {"firmcycle", "Traffic of a firm economy, 4, 8 or 16 events a month", run_firmcycle}; }
Benchmark nullhandler() { return {"nullhandler", "The same 8 events with handlers that do nothing", run_nullhandler}; }
Benchmark hub() { return {"hub", "The same with a quarter of all orders to 64 agents, or a tenth to one", run_hub}; }

} // namespace sim::bench
