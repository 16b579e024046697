#pragma once

#include "sim/bench/benchmark.hpp"

#include <chrono>
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

/// Nanoseconds per unit of work of several repetitions; work() returns how many units it did.
template <class F>
std::vector<double> nanoseconds_each(int repetitions, F&& work)
{
    std::vector<double> samples;
    for (int i = 0; i < repetitions; ++i) {
        double units = 0;
        const double took = seconds([&] { units = static_cast<double>(work()); });
        samples.push_back(1e9 * took / units);
    }
    return samples;
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
