#include "tests/bench/kernel/firm_cycle.hpp"
#include "tests/bench/kernel/measure.hpp"
#include "tests/sim/kernel/toys/phold.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <cstring>
#include <queue>

namespace {

using bench::FirmCycle;
using bench::Measurement;
using toys::Phold;

std::string parameters(std::size_t agents, const sim::EngineOptions& options)
{
    return fmt::format("\"agents\": {}, \"threads\": {}, \"block_size\": {}", agents, options.thread_count(),
                       options.block_size);
}

void phold(sim::AgentId agents, sim::Window windows, const sim::EngineOptions& options)
{
    Phold model{agents};
    sim::Engine<Phold> engine(model, options);
    Phold::found(engine, agents, options.seed);
    engine.run(windows / 10);
    Measurement measurement;
    for (int i = 0; i < 7; ++i)
        measurement.take([&] {
            const std::int64_t before = engine.counters().events;
            engine.run(windows);
            return engine.counters().events - before;
        });
    measurement.print("phold", parameters(agents, options), engine.state_hash());
}

// The same events, draws and agents with the standard library's binary heap.
class HeapPhold {
public:
    explicit HeapPhold(sim::AgentId agents) : population_(agents)
    {
        for (sim::AgentId i = 0; i < agents; ++i) agents_.push_back({sim::make_key(i), i, 0, 0});
        for (const auto& agent : agents_)
            queue_.push({Phold::delay(sim::Draw(0, agent.key, 0, 0).exponential(1)), agent.id, agent.id});
    }

    std::int64_t run(sim::Tick end)
    {
        std::int64_t events = 0;
        for (; queue_.top().at < end; ++events) {
            const Event event = queue_.top();
            queue_.pop();
            handle(event, agents_[event.target]);
        }
        return events;
    }

    [[nodiscard]] std::uint64_t hash() const
    {
        std::uint64_t sum = 0;
        for (const auto& agent : agents_) sum += sim::mix64(agent.trace);
        return sum;
    }

private:
    struct Event {
        sim::Tick at;
        sim::AgentId target, source;
        friend bool operator<(const Event& a, const Event& b) { return a.at > b.at; }
    };

    void handle(const Event& event, Phold::Agent& self)
    {
        ++self.events;
        self.trace = sim::mix_into(self.trace, static_cast<std::uint64_t>(event.at) ^ event.source);
        const sim::Draw draw(0, self.key, static_cast<std::uint16_t>(self.events >> 16), self.events & 0xFFFFu);
        const std::uint64_t bits = draw.bits(0);
        const bool remote = bits >> 62 == 0;
        const auto target = remote ? static_cast<sim::AgentId>((bits & 0xFFFFFFFFu) * population_ >> 32) : self.id;
        queue_.push({event.at + Phold::delay(draw.exponential(1)), target, self.id});
    }

    sim::AgentId population_;
    std::vector<Phold::Agent> agents_;
    std::priority_queue<Event> queue_;
};

void heap_phold(sim::AgentId agents, sim::Window windows)
{
    HeapPhold heap(agents);
    sim::Tick end = Phold::ticks_per_window * (windows / 10);
    heap.run(end);
    Measurement measurement;
    for (int i = 0; i < 3; ++i) measurement.take([&] { return heap.run(end += Phold::ticks_per_window * windows); });
    measurement.print("phold_priority_queue", fmt::format("\"agents\": {}, \"threads\": 1", agents), heap.hash());
}

template <bool Work>
void firm_cycle(const char* name, sim::AgentId agents, sim::EngineOptions options)
{
    using Model = FirmCycle<Work>;
    Model model{agents};
    sim::Engine<Model> engine(model, options);
    Model::found(engine, agents);
    engine.run(60);
    Measurement measurement;
    for (int i = 0; i < 5; ++i)
        measurement.take([&] {
            const std::int64_t before = engine.counters().events;
            engine.run(15);
            return engine.counters().events - before;
        });
    measurement.print(name, parameters(agents, options), engine.state_hash());
    for (const auto& phase : engine.counters().phases)
        if (options.profile)
            std::printf("  %-10s %12lld events %6.1f ns\n", phase.name.c_str(), static_cast<long long>(phase.events),
                        static_cast<double>(phase.nanoseconds) / static_cast<double>(phase.events));
}

// Windows in which nothing happens: what a window costs by itself.
void empty_windows(sim::AgentId agents, const sim::EngineOptions& options)
{
    Phold model{agents};
    sim::Engine<Phold> engine(model, options);
    for (sim::AgentId i = 0; i < agents; ++i) engine.found({sim::make_key(i), 0, 0, 0});
    engine.run(10);
    Measurement measurement;
    for (int i = 0; i < 5; ++i)
        measurement.take([&] {
            engine.run(2000);
            return 2000;
        });
    measurement.print("empty_window", parameters(agents, options), engine.state_hash(), "ns/window");
}

bool asked(int argc, char** argv, const char* name) { return argc < 2 || std::strcmp(argv[1], name) == 0; }

} // namespace

/// bench_kernel [CASE [THREADS [BLOCK_SIZE [AGENTS]]]]
int main(int argc, char** argv)
{
    sim::EngineOptions options;
    options.threads = argc > 2 ? std::atoi(argv[2]) : 1;
    options.block_size = argc > 3 ? std::atoi(argv[3]) : 0;
    options.profile = argc > 5;
    const auto agents = static_cast<sim::AgentId>(argc > 4 ? std::atoi(argv[4]) : 0);
    const auto size = [&](sim::AgentId standard) { return agents > 0 ? agents : standard; };
    if (asked(argc, argv, "phold")) {
        for (const auto& [n, windows] : {std::pair{1000u, 4000}, {100000u, 60}, {1000000u, 10}}) {
            if (agents > 0 && n != agents) continue;
            phold(n, windows, options);
            if (options.threads == 1) heap_phold(n, windows);
        }
    }
    if (asked(argc, argv, "empty")) {
        empty_windows(size(1000), options);
        empty_windows(size(100000), options);
    }
    if (asked(argc, argv, "null")) firm_cycle<false>("null_handler", size(3300000), options);
    if (asked(argc, argv, "firm")) firm_cycle<true>("firm_cycle", size(3300000), options);
}
