#include "sim/bench/measure.hpp"
#include "sim/bench/ns3.hpp"
#include "sim/bench/phold_work.hpp"

#include <fmt/format.h>

namespace sim::bench {

namespace {

// One size of PHOLD on all engines, each `repetitions` times.
class PholdCase {
public:
    PholdCase(PholdWork work, Window windows, Parameters parameters, const Options& options, const Report& report)
        : work_(work), windows_(windows), parameters_(std::move(parameters)), options_(options), report_(report),
          agree_(fmt::format("phold with {} processes", work.population))
    {
    }

    void kernel()
    {
        for (const int threads : options_.threads)
            measure("kernel", threads, [&] { return phold_kernel(work_, windows_, threads); });
    }
    void peers()
    {
        measure("window_loop", 1, [&] { return phold_windows(work_, windows_); });
        measure("priority_queue", 1, [&] { return phold_heap(work_, windows_); });
        Result result{.name = "phold", .parameters = with("ns3", 1), .metric = "event", .unit = "ns"};
        phold_ns3(work_, windows_, options_.repetitions, result);
        report_(result);
    }

private:
    template <class F>
    void measure(const std::string& engine, int threads, F&& run)
    {
        Result result{.name = "phold", .parameters = with(engine, threads), .metric = "event", .unit = "ns"};
        for (int i = 0; i < options_.repetitions; ++i) {
            const PholdRun one = run();
            note(result, one.spent, static_cast<double>(one.events));
            if (one.hash != 0) result.hash = agree_(one.hash, fmt::format("{} on {} threads", engine, threads));
        }
        report_(result);
    }

    [[nodiscard]] Parameters with(const std::string& engine, int threads) const
    {
        Parameters all = parameters_;
        all.insert(all.begin(), {"engine", engine});
        all.emplace_back("threads", std::int64_t{threads});
        return all;
    }

    PholdWork work_;
    Window windows_;
    Parameters parameters_;
    const Options& options_;
    const Report& report_;
    Agreement agree_;
};

// PHOLD-A: the end keeps the number of events alike.
Window windows_of(std::int64_t agents, bool tiny)
{
    if (tiny) return 30;
    return agents <= 10'000 ? 20'000 : agents <= 300'000 ? 100 : 20;
}

void run(const Options& options, const Report& report)
{
    for (const std::int64_t agents : options.sizes({1'000, 100'000, 1'000'000})) {
        const Window windows = windows_of(agents, options.tiny);
        PholdCase one(PholdWork::a(static_cast<AgentId>(agents)), windows,
                      {{"variant", "a"}, {"agents", agents}, {"remote", 0.25}, {"end", windows / 10.0}}, options,
                      report);
        one.kernel();
        one.peers();
    }
    for (const std::int64_t agents : options.sizes({100'000, 1'000'000, 3'300'000}))
        for (const double remote : {0.1, 0.5, 0.9}) {
            const PholdWork work{static_cast<AgentId>(agents), static_cast<std::uint32_t>(remote * 0x1p32),
                                 2.0 * PholdWork::lookahead};
            const Window days = options.tiny ? 10 : agents <= 300'000 ? 60 : 15;
            PholdCase(work, days, {{"variant", "days"}, {"agents", agents}, {"remote", remote}, {"end", double(days)}},
                      options, report)
                .kernel();
        }
}

} // namespace

Benchmark phold()
{
    return {"phold", "PHOLD-A beside a bare window loop, std::priority_queue and ns-3; PHOLD with days as lookahead",
            run};
}

} // namespace sim::bench
