// PHOLD on the event core of ns-3 with its PriorityQueue scheduler; started by `fabrica bench phold`.
// bench_ns3 POPULATION REMOTE MEAN_TICKS WINDOWS REPETITIONS: for each repetition a line with nanoseconds per event, those of the processor,
// and the trace.
#include "sim/bench/measure.hpp"
#include "sim/bench/phold_work.hpp"

#include <ns3/nstime.h>
#include <ns3/object-factory.h>
#include <ns3/simulator.h>

#include <cstdio>
#include <cstdlib>

namespace {

using sim::AgentId;
using sim::Tick;

// One tick is ns-3's nanosecond.
class Phold {
public:
    explicit Phold(const sim::bench::PholdWork& work) : work_(work)
    {
        for (AgentId i = 0; i < work.population; ++i) processes_.push_back({sim::make_key(i), i, 0, 0});
        for (AgentId i = 0; i < work.population; ++i) schedule(i, sim::no_agent, work.first(i));
    }

    void run(sim::Window windows)
    {
        ns3::Simulator::Stop(ns3::NanoSeconds(windows * sim::bench::PholdWork::lookahead - 1));
        ns3::Simulator::Run();
    }
    [[nodiscard]] double events() const { return static_cast<double>(events_); }
    [[nodiscard]] std::uint64_t hash() const { return sim::bench::trace_sum(processes_); }

private:
    void schedule(AgentId target, AgentId source, Tick delay)
    {
        ns3::Simulator::Schedule(ns3::NanoSeconds(delay), &Phold::handle, this, target, source);
    }
    void handle(AgentId target, AgentId source)
    {
        ++events_;
        work_.handle(processes_[target], ns3::Simulator::Now().GetNanoSeconds(), source,
                     [&](AgentId to, Tick delay) { schedule(to, target, delay); });
    }

    sim::bench::PholdWork work_;
    std::vector<sim::bench::PholdWork::Process> processes_;
    std::int64_t events_ = 0;
};

} // namespace

int main(int argc, char** argv)
{
    if (argc != 6) return 2;
    const sim::bench::PholdWork work{static_cast<AgentId>(std::strtoul(argv[1], nullptr, 10)),
                                     static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10)),
                                     std::strtod(argv[3], nullptr)};
    for (int i = 0; i < std::atoi(argv[5]); ++i) {
        ns3::ObjectFactory scheduler;
        scheduler.SetTypeId("ns3::PriorityQueueScheduler");
        ns3::Simulator::SetScheduler(scheduler);
        Phold phold(work);
        const auto took = sim::bench::spent([&] { phold.run(std::atoi(argv[4])); });
        std::printf("%.3f %.3f %llx\n", 1e9 * took.wall / phold.events(), 1e9 * took.cpu / phold.events(),
                    static_cast<unsigned long long>(phold.hash()));
        ns3::Simulator::Destroy();
    }
}
