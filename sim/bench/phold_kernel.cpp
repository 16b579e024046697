#include "sim/bench/measure.hpp"
#include "sim/bench/phold_work.hpp"
#include "sim/kernel/engine.hpp"

namespace sim::bench {

namespace {

// PHOLD as a model of the kernel.
struct Phold {
    static constexpr Tick ticks_per_window = PholdWork::lookahead;
    static constexpr int ring_windows = 64;

    struct Event {
        static constexpr const char* name = "event";
    };
    struct alignas(64) Agent : PholdWork::Process {};
    struct Showcase {};
    using Phases = sim::Phases<Messages<Event>>;

    PholdWork work;

    void on(const Event&, const Header& header, Agent& self, Context<Phold>& ctx) const
    {
        work.handle(self, ctx.now(), header.source,
                    [&](AgentId target, Tick delay) { ctx.send(target, Event{}, delay); });
    }
    void undeliverable(const Event&, const Header&, Context<Phold>&) const {}
    void at_barrier(Barrier<Phold>&) {}

    template <class F>
    static void fields(Agent& a, F&& f)
    {
        f("events", a.events);
        f("trace", a.trace);
    }
};

} // namespace

PholdRun phold_kernel(const PholdWork& work, Window windows, int threads)
{
    Phold model{work};
    Engine<Phold> engine(model, {.threads = threads});
    for (AgentId i = 0; i < work.population; ++i) engine.found({{make_key(i), i, 0, 0}});
    for (AgentId i = 0; i < work.population; ++i) {
        const Tick at = work.first(i);
        engine.send_initial(i, Phold::Event{}, static_cast<Window>(at / PholdWork::lookahead),
                            static_cast<std::uint32_t>(at % PholdWork::lookahead));
    }
    engine.run(0); // moves everything to its place
    PholdRun run;
    run.spent = spent([&] { engine.run(windows); });
    run.events = engine.counters().events;
    engine.each_agent([&](const Phold::Agent& agent) { run.hash += mix64(agent.trace ^ agent.key); });
    return run;
}

} // namespace sim::bench
