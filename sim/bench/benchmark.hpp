#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace sim::bench {

/// What a benchmark was run with: names and values, in the order they are shown.
using Parameters = std::vector<std::pair<std::string, std::variant<std::string, std::int64_t, double>>>;

/// One line of what a benchmark found.
struct Result {
    std::string name;
    Parameters parameters{};
    std::string metric;            ///< what was measured, such as "event"
    std::string unit;              ///< of the samples
    std::vector<double> samples{}; ///< one for each repetition; none when there was nothing to measure
    std::vector<double>
        cpu_samples{}; ///< the same in processor time, where it was taken: it tells more on a busy machine
    std::optional<std::uint64_t> hash{}; ///< of what was computed: the same for any number of threads, on any machine
    std::string note{};

    [[nodiscard]] double minimum() const;
    [[nodiscard]] double median() const;
};

using Report = std::function<void(const Result&)>;

struct Options {
    std::vector<int> threads; ///< numbers of threads to try, one after the other; each at least 1
    std::int64_t agents = 0;  ///< size instead of the standard ones; 0 for those
    int repetitions = 5;      ///< at least 1
    bool tiny = false;        ///< sizes that take no time, to see that everything works

    /// The size asked for, else a tiny one when that is asked for, else the standard one.
    [[nodiscard]] std::int64_t size(std::int64_t standard, std::int64_t small = 500) const;

    /// The same for benchmarks with several standard sizes.
    [[nodiscard]] std::vector<std::int64_t> sizes(std::vector<std::int64_t> standard, std::int64_t small = 500) const;
};

struct Benchmark {
    std::string name;
    std::string help;
    std::function<void(const Options&, const Report&)> run;
};

// Each is one file. @throws std::runtime_error when repetitions, thread counts or designs that must agree do not
Benchmark phold();
Benchmark firmcycle();
Benchmark nullhandler();
Benchmark hub();
Benchmark queues();
Benchmark reduce();
Benchmark rng();
Benchmark math();
Benchmark window();
Benchmark roofline();

/// All of them, in the order in which they run.
std::vector<Benchmark> benchmarks();

} // namespace sim::bench
