#include "sim/bench/measure.hpp"
#include "sim/bench/queue_designs.hpp"
#include "sim/kernel/engine.hpp"

namespace sim::bench {

namespace {

template <class Agents>
std::uint64_t hash_of(const Agents& agents)
{
    std::uint64_t sum = 0;
    for (const auto& agent : agents) sum += mix64(agent.trace ^ agent.key);
    return sum;
}

// A loop over days on one thread, with the queue to be measured.
template <class Queue>
class DayLoop {
public:
    explicit DayLoop(const QueueWork& work) : work_(work), queue_(work)
    {
        for (AgentId i = 0; i < work.population; ++i) agents_.push_back(work.agent(i));
        for (AgentId i = 0; i < work.population; ++i)
            for (std::uint32_t k = 0; k < QueueWork::events_each; ++k) queue_.push(work.first(i, k));
    }

    std::int64_t run(Window days)
    {
        std::int64_t events = 0;
        for (const Window end = day_ + days; day_ < end; ++day_)
            queue_.each_of_day(day_, agents_, [&](const QueueWork::Event& event) {
                queue_.push(work_.handle(event, agents_[event.target]));
                ++events;
            });
        return events;
    }
    [[nodiscard]] std::uint64_t hash() const { return hash_of(agents_); }

private:
    QueueWork work_;
    Queue queue_;
    std::vector<QueueWork::Agent> agents_;
    Window day_ = 0;
};

// The same as a model of the kernel.
struct QueueModel {
    static constexpr Tick ticks_per_window = QueueWork::day;
    static constexpr int ring_windows = 32;
    struct Event {
        static constexpr const char* name = "event";
    };
    struct alignas(64) Agent : QueueWork::Agent {};
    struct Showcase {};
    using Phases = sim::Phases<Messages<Event>>;

    QueueWork work;

    void on(const Event&, const Header& header, Agent& self, Context<QueueModel>& ctx) const
    {
        const QueueWork::Event next = work.handle({ctx.now(), self.id, header.source, header.serial}, self);
        ctx.send(next.target, Event{}, next.at - ctx.now());
    }
    void undeliverable(const Event&, const Header&, Context<QueueModel>&) const {}
    void at_barrier(Barrier<QueueModel>&) {}
    template <class F>
    static void fields(Agent& a, F&& f)
    {
        f("trace", a.trace);
    }
};

class KernelLoop {
public:
    explicit KernelLoop(const QueueWork& work) : model_{work}, engine_(model_, {.threads = 1})
    {
        for (AgentId i = 0; i < work.population; ++i) engine_.found({work.agent(i)});
        for (AgentId i = 0; i < work.population; ++i)
            for (std::uint32_t k = 0; k < QueueWork::events_each; ++k) {
                const QueueWork::Event event = work.first(i, k);
                engine_.send_initial(i, QueueModel::Event{}, event.day(),
                                     static_cast<std::uint32_t>(event.at % QueueWork::day));
            }
    }

    std::int64_t run(Window days)
    {
        const std::int64_t before = engine_.counters().events;
        engine_.run(days);
        return engine_.counters().events - before;
    }
    [[nodiscard]] std::uint64_t hash() const
    {
        std::uint64_t sum = 0;
        engine_.each_agent([&](const QueueModel::Agent& agent) { sum += mix64(agent.trace ^ agent.key); });
        return sum;
    }

private:
    QueueModel model_;
    Engine<QueueModel> engine_;
};

class QueueTable {
public:
    QueueTable(std::int64_t agents, const Options& options, const Report& report)
        : work_{static_cast<AgentId>(agents)}, options_(options), report_(report)
    {
    }

    void operator()()
    {
        measure<DayLoop<BinaryHeap>>(BinaryHeap::name);
        measure<DayLoop<FourHeap>>(FourHeap::name);
        measure<DayLoop<FullSort>>(FullSort::name);
        measure<DayLoop<CountingSort>>(CountingSort::name);
        measure<DayLoop<ConflictSort>>(ConflictSort::name);
        measure<KernelLoop>("kernel");
    }

private:
    template <class Loop>
    void measure(const std::string& design)
    {
        Result result{.name = "queues",
                      .parameters = {{"design", design}, {"agents", std::int64_t{work_.population}}},
                      .metric = "event",
                      .unit = "ns"};
        Loop loop(work_);
        loop.run(20);
        result.hash = agree_(loop.hash(), design);
        measure_each(result, options_.repetitions, [&] { return loop.run(options_.tiny ? 5 : 20); });
        report_(result);
    }

    QueueWork work_;
    const Options& options_;
    const Report& report_;
    Agreement agree_{"queues"};
};

void run(const Options& options, const Report& report)
{
    for (const std::int64_t agents : options.sizes({100'000, 1'000'000, 3'300'000}))
        QueueTable(agents, options, report)();
}

} // namespace

Benchmark queues() { return {"queues", "Designs of event queues on one thread, the kernel among them", run}; }

} // namespace sim::bench
