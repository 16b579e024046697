#include "sim/base/key.hpp"
#include "sim/bench/measure.hpp"
#include "sim/kernel/executor.hpp"

#include <cstring>
#include <numeric>

namespace sim::bench {

namespace {

struct alignas(64) Line {
    std::uint64_t word[8];
};

constexpr int tasks = 16;

Result line_of(const char* access, std::int64_t lines, int threads, const char* metric, const char* unit)
{
    return {.name = "roofline",
            .parameters = {{"access", access}, {"megabytes", lines / 16384}, {"threads", std::int64_t{threads}}},
            .metric = metric,
            .unit = unit};
}

// What memory allows: every figure of the kernel is to be read beside these.
class Memory {
public:
    Memory(std::int64_t lines, const Options& options, const Report& report)
        : lines_(lines), options_(options), report_(report), from_(static_cast<std::size_t>(lines)),
          to_(static_cast<std::size_t>(lines))
    {
    }

    void copy(int threads)
    {
        const auto executor = Executor::make(Backend::tbb, threads);
        Result result = line_of("stream_copy", lines_, threads, "byte copied", "ns");
        measure_each(result, options_.repetitions, [&] {
            executor->for_each(tasks, [&](int task, int) {
                const auto first = first_of(task), n = first_of(task + 1) - first;
                std::memcpy(&to_[first], &from_[first], n * sizeof(Line));
            });
            return lines_ * static_cast<std::int64_t>(sizeof(Line));
        });
        report_(result);
    }

    // Independent updates of 64 bytes anywhere, fetched ahead.
    void update(int threads)
    {
        const auto executor = Executor::make(Backend::tbb, threads);
        Result result = line_of("random_update", lines_, threads, "update", "ns");
        measure_each(result, options_.repetitions, [&] {
            executor->for_each(tasks, [&](int task, int) { update_part(task); });
            return lines_;
        });
        report_(result);
    }

    // Each address is known when the one before it has been read.
    void chase()
    {
        make_cycle();
        Result result = line_of("dependent_read", lines_, 1, "read", "ns");
        measure_each(result, options_.repetitions, [&] {
            std::uint64_t at = 0;
            const std::int64_t reads = std::min<std::int64_t>(lines_, 1'000'000);
            for (std::int64_t i = 0; i < reads; ++i) at = from_[at].word[0];
            keep(at);
            return reads;
        });
        report_(result);
    }

private:
    [[nodiscard]] std::size_t first_of(int task) const { return static_cast<std::size_t>(lines_ * task / tasks); }

    // A part has its own lines, so that no two threads write one.
    void update_part(int task)
    {
        constexpr std::uint64_t ahead = 16;
        const std::size_t first = first_of(task);
        const std::uint64_t n = first_of(task + 1) - first;
        const auto at = [&](std::uint64_t i) {
            return first + (mix64(i) % (std::uint64_t{1} << 32)) * n / (std::uint64_t{1} << 32);
        };
        for (std::uint64_t i = 0; i < n; ++i) {
            __builtin_prefetch(&to_[at(i + ahead)], 1);
            for (std::uint64_t& word : to_[at(i)].word) ++word;
        }
    }

    // One cycle through all lines (Sattolo's algorithm).
    void make_cycle()
    {
        const auto n = static_cast<std::size_t>(lines_);
        std::vector<std::uint32_t> next(n);
        std::iota(next.begin(), next.end(), 0u);
        for (std::size_t i = n - 1; i > 0; --i) std::swap(next[i], next[mix64(i) % i]);
        for (std::size_t i = 0; i < n; ++i) from_[i].word[0] = next[i];
    }

    std::int64_t lines_;
    const Options& options_;
    const Report& report_;
    std::vector<Line> from_, to_;
};

void run(const Options& options, const Report& report)
{
    Memory memory(options.tiny ? 16'384 : 4 * 1'048'576, options, report);
    for (const int threads : options.threads) {
        memory.copy(threads);
        memory.update(threads);
    }
    memory.chase();
}

} // namespace

Benchmark roofline() { return {"roofline", "What memory allows: copying, random updates, dependent reads", run}; }

} // namespace sim::bench
