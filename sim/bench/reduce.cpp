#include "sim/bench/measure.hpp"
#include "sim/kernel/executor.hpp"
#include "sim/kernel/tally.hpp"

#include <fmt/format.h>

namespace sim::bench {

namespace {

constexpr std::size_t cells = 1024;
constexpr int tasks = 64;

std::uint64_t hash_of(std::span<const std::int64_t> sums)
{
    std::uint64_t hash = 0;
    for (const std::int64_t sum : sums) hash = mix_into(hash, static_cast<std::uint64_t>(sum));
    return hash;
}

/// The same with doubles, whose sums depend on who added what: only to be compared in speed.
class DoubleTally {
public:
    explicit DoubleTally(int threads) : rows_(static_cast<std::size_t>(threads), std::vector<double>(cells)) {}

    void add(int thread, std::size_t cell, std::int64_t x)
    {
        rows_[static_cast<std::size_t>(thread)][cell] += static_cast<double>(x);
    }
    std::vector<double> reduce()
    {
        std::vector<double> sums(cells);
        for (auto& row : rows_)
            for (std::size_t i = 0; i < cells; ++i) sums[i] += std::exchange(row[i], 0.0);
        return sums;
    }

private:
    std::vector<std::vector<double>> rows_;
};

// Each of n agents adds two numbers to cells of its own choice.
template <class T>
std::int64_t add_all(Executor& executor, T& tally, std::int64_t n)
{
    executor.for_each(tasks, [&](int task, int thread) {
        for (std::int64_t i = n * task / tasks; i < n * (task + 1) / tasks; ++i) {
            const std::uint64_t bits = mix64(static_cast<std::uint64_t>(i));
            tally.add(thread, bits % cells, static_cast<std::int64_t>(bits >> 40));
            tally.add(thread, bits / cells % cells, 1);
        }
    });
    return 2 * n;
}

void run(const Options& options, const Report& report)
{
    const std::int64_t agents = options.size(3'300'000);
    Agreement agree("reduce");
    for (const int threads : options.threads) {
        const auto executor = Executor::make(Backend::tbb, threads);
        const auto parameters = [&](const char* type) {
            return Parameters{{"type", type}, {"agents", agents}, {"threads", std::int64_t{threads}}};
        };
        Result exact{.name = "reduce", .parameters = parameters("int64"), .metric = "addition", .unit = "ns"};
        Tally tally(threads, cells);
        measure_each(exact, options.repetitions, [&] {
            const std::int64_t n = add_all(*executor, tally, agents);
            exact.hash = agree(hash_of(tally.reduce()), fmt::format("{} threads", threads));
            return n;
        });
        report(exact);

        Result real{.name = "reduce", .parameters = parameters("double"), .metric = "addition", .unit = "ns"};
        DoubleTally doubles(threads);
        measure_each(real, options.repetitions, [&] {
            const std::int64_t n = add_all(*executor, doubles, agents);
            keep(doubles.reduce().front());
            return n;
        });
        report(real);
    }
}

} // namespace

Benchmark reduce() { return {"reduce", "Sums over all agents: int64 tallies, and doubles to compare", run}; }

} // namespace sim::bench
