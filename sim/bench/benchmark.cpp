#include "sim/bench/benchmark.hpp"

#include <algorithm>

namespace sim::bench {

double Result::minimum() const { return *std::min_element(samples.begin(), samples.end()); }

double Result::median() const
{
    std::vector<double> sorted = samples;
    std::sort(sorted.begin(), sorted.end());
    const std::size_t n = sorted.size();
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

std::int64_t Options::size(std::int64_t standard, std::int64_t small) const
{
    if (agents > 0) return agents;
    return tiny ? small : standard;
}

std::vector<std::int64_t> Options::sizes(std::vector<std::int64_t> standard, std::int64_t small) const
{
    if (agents > 0) return {agents};
    return tiny ? std::vector<std::int64_t>{small} : standard;
}

std::vector<Benchmark> benchmarks()
{
    return {phold(), firmcycle(), nullhandler(), hub(), queues(), reduce(), rng(), math(), window(), roofline()};
}

} // namespace sim::bench
