#include "tests/sim/kernel/toys/phold.hpp"

#include <doctest/doctest.h>

#include <cmath>

using toys::Phold;

namespace {

struct Result {
    std::int64_t events;
    std::uint64_t hash;
    bool operator==(const Result&) const = default;
};

Result run(sim::AgentId population, sim::Window windows, sim::EngineOptions options)
{
    Phold model{population};
    options.alone_below_us = 0; // else so little work would never leave the calling thread
    sim::Engine<Phold> engine(model, options);
    Phold::found(engine, population, options.seed);
    engine.run(windows);
    return {engine.counters().events, engine.state_hash()};
}

} // namespace

TEST_CASE("PHOLD-A has the events that renewal theory says: N (end - 0.095)")
{
    // Intervals are 0.1 + Exp(0.9): mean 1, variance 0.81. A renewal process that starts with a whole interval counts
    // end + (0.81 - 1) / 2 = end - 0.095 events, with a variance of 0.81 end.
    const double n = 1000, end = 200;
    const Result result = run(1000, 2000, {.seed = 7, .threads = 1});
    const double expected = n * (end - 0.095);
    const double sd = std::sqrt(n * 0.81 * end);
    CHECK(std::abs(static_cast<double>(result.events) - expected) < 4 * sd);
    CHECK(4 * sd / expected < 0.01);
}

TEST_CASE("PHOLD-A has the same events and hash for any threads, block size and back end")
{
    using sim::Backend;
    const Result reference = run(5000, 150, {.seed = 3, .threads = 1, .backend = Backend::serial});
    for (const Backend backend : {Backend::tbb, Backend::threads, Backend::serial})
        for (const int threads : {1, 2, 4})
            for (const int block_size : {0, 64, 1024, 8192}) {
                CAPTURE(threads);
                CAPTURE(block_size);
                CHECK(run(5000, 150, {.seed = 3, .threads = threads, .block_size = block_size, .backend = backend}) ==
                      reference);
            }
    CHECK(run(5000, 150, {.seed = 4, .threads = 1}).hash != reference.hash);
}
