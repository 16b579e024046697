#include "sim/bench/measure.hpp"
#include "sim/bench/phold_work.hpp"

#include <queue>

namespace sim::bench {

namespace {

struct Event {
    Tick at;
    AgentId target, source;

    // Order of a min-heap by time; the same ties as in the kernel.
    friend bool operator<(const Event& a, const Event& b) { return a.at != b.at ? a.at > b.at : a.source > b.source; }
};

std::vector<PholdWork::Process> make_processes(const PholdWork& work)
{
    std::vector<PholdWork::Process> processes;
    for (AgentId i = 0; i < work.population; ++i) processes.push_back({make_key(i), i, 0, 0});
    return processes;
}

// Buckets of events by window. What is due later than the ring is long goes round again.
class WindowLoop {
public:
    explicit WindowLoop(const PholdWork& work) : work_(work), processes_(make_processes(work)), ring_(ring_windows)
    {
        for (AgentId i = 0; i < work.population; ++i) push({work.first(i), i, no_agent});
    }

    std::int64_t run(Window windows)
    {
        std::int64_t events = 0;
        std::vector<Event> now;
        for (Window window = 0; window < windows; ++window) {
            now.clear();
            std::swap(now, ring_[static_cast<std::size_t>(window) % ring_windows]);
            for (std::size_t i = 0; i < now.size(); ++i) {
                if (i + 8 < now.size()) __builtin_prefetch(&processes_[now[i + 8].target], 1);
                if (now[i].at / PholdWork::lookahead > window) {
                    push(now[i]);
                    continue;
                }
                ++events;
                handle(now[i]);
            }
        }
        return events;
    }

private:
    static constexpr std::size_t ring_windows = 256;

    void handle(const Event& event)
    {
        auto& self = processes_[event.target];
        work_.handle(self, event.at, event.source, [&](AgentId target, Tick delay) {
            push({event.at + delay, target, self.id});
        });
    }
    void push(const Event& event)
    {
        ring_[static_cast<std::size_t>(event.at / PholdWork::lookahead) % ring_windows].push_back(event);
    }

    const PholdWork& work_;
    std::vector<PholdWork::Process> processes_;
    std::vector<std::vector<Event>> ring_;
};

} // namespace

PholdRun phold_heap(const PholdWork& work, Window windows)
{
    auto processes = make_processes(work);
    std::priority_queue<Event> queue;
    for (AgentId i = 0; i < work.population; ++i) queue.push({work.first(i), i, no_agent});
    const Tick end = Tick{windows} * PholdWork::lookahead;
    PholdRun run;
    run.spent = spent([&] {
        for (; queue.top().at < end; ++run.events) {
            const Event event = queue.top();
            queue.pop();
            auto& self = processes[event.target];
            work.handle(self, event.at, event.source, [&](AgentId target, Tick delay) {
                queue.push({event.at + delay, target, self.id});
            });
        }
    });
    run.hash = trace_sum(processes);
    return run;
}

PholdRun phold_windows(const PholdWork& work, Window windows)
{
    WindowLoop loop(work);
    PholdRun run;
    run.spent = spent([&] { run.events = loop.run(windows); });
    return run;
}

} // namespace sim::bench
