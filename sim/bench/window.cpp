#include "sim/bench/measure.hpp"
#include "sim/kernel/engine.hpp"

namespace sim::bench {

namespace {

// Agents without anything to do: what a window costs by itself.
struct Idle {
    static constexpr Tick ticks_per_window = 24;
    static constexpr int ring_windows = 64;
    struct Word {
        [[maybe_unused]] static constexpr const char* name = "word";
    };
    struct alignas(64) Agent {
        Key key;
        AgentId id;
    };
    struct Showcase {};
    using Phases = sim::Phases<Messages<Word>>;

    void on(const Word&, const Header&, Agent&, Context<Idle>&) const {}
    void undeliverable(const Word&, const Header&, Context<Idle>&) const {}
    void at_barrier(Barrier<Idle>&) {}
    template <class F>
    static void fields(Agent&, F&&)
    {
    }
};

void run(const Options& options, const Report& report)
{
    for (const std::int64_t agents : options.sizes({1'000, 100'000, 1'000'000}))
        for (const int threads : options.threads) {
            Idle model;
            Engine<Idle> engine(model, {.threads = threads});
            for (std::int64_t i = 0; i < agents; ++i) engine.found({make_key(i), 0});
            engine.run(10);
            const Window windows = options.tiny ? 100 : 2000;
            Result result{.name = "window",
                          .parameters = {{"agents", agents}, {"threads", std::int64_t{threads}}},
                          .metric = "window",
                          .unit = "ns"};
            measure_each(result, options.repetitions, [&] { return engine.run(windows), windows; });
            report(result);
        }
}

} // namespace

Benchmark window() { return {"window", "Windows in which nothing happens", run}; }

} // namespace sim::bench
