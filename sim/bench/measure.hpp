#pragma once

#include "sim/bench/benchmark.hpp"

#include <chrono>
#include <ctime>
#include <stdexcept>

namespace sim::bench {

/// Seconds that work() takes.
template <class F>
double seconds(F&& work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Time on the clock and of the processor, the latter summed over threads [s].
struct Spent {
    double wall = 0;
    double cpu = 0;
};
template <class F>
Spent spent(F&& work)
{
    Spent took;
    const std::clock_t cpu = std::clock();
    took.wall = seconds(std::forward<F>(work));
    took.cpu = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    return took;
}

/// Notes one repetition in which `units` of work took so long.
inline void note(Result& result, const Spent& took, double units)
{
    result.samples.push_back(1e9 * took.wall / units);
    result.cpu_samples.push_back(1e9 * took.cpu / units);
}

/// Notes nanoseconds per unit of work of several repetitions; work() returns how many units it did.
template <class F>
void measure_each(Result& result, int repetitions, F&& work)
{
    for (int i = 0; i < repetitions; ++i) {
        double units = 0;
        const Spent took = spent([&] { units = static_cast<double>(work()); });
        note(result, took, units);
    }
}

/// Keeps the compiler from dropping a computation whose result nobody reads.
template <class T>
void keep(const T& value)
{
    asm volatile("" : : "r,m"(value) : "memory");
}

/// What must come out the same each time: the first value is kept, another one is an error.
class Agreement {
public:
    explicit Agreement(std::string what) : what_(std::move(what)) {}

    /// @throws std::runtime_error when `value` differs from the one before
    std::uint64_t operator()(std::uint64_t value, const std::string& by)
    {
        if (!first_) first_ = value, by_ = by;
        if (*first_ != value) throw std::runtime_error(what_ + ": " + by + " gave another result than " + by_);
        return value;
    }

private:
    std::string what_, by_;
    std::optional<std::uint64_t> first_;
};

} // namespace sim::bench
