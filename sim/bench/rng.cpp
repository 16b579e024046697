#include "sim/bench/measure.hpp"

#include "sim/base/random.hpp"

#include <bit>

namespace sim::bench {

namespace {

// Known answers of Philox4x32-10, from the test vectors of Random123 (kat_vectors): all zeros, all ones, digits of pi.
void check_answers()
{
    const bool right =
        Draw(0, 0, 0, 0).bits() == 0xe169c58d6627e8d5u &&
        Draw(~0u, ~Key{0}, 0xffff, 0xffff, ~0u).bits(~0u) == 0x41c83b0e408f276du &&
        Draw(0xa4093822u, 0x85a308d3243f6a88u, 0x8a2e, 0x1319, 0x299f31d0u).bits(0x03707344u) == 0x94fdccebd16cfe09u;
    if (!right) throw std::runtime_error("rng: Philox does not give the published answers");
}

template <class F>
void measure(const char* what, const Options& options, const Report& report, F&& draw)
{
    const std::int64_t draws = options.tiny ? 1000 : 5'000'000;
    Result result{.name = "rng", .parameters = {{"draw", what}, {"draws", draws}}, .metric = "draw", .unit = "ns"};
    Agreement agree("rng");
    measure_each(result, options.repetitions, [&] {
        std::uint64_t sum = 0;
        for (std::int64_t i = 0; i < draws; ++i)
            sum += draw(
                Draw(1, make_key(7), 3, static_cast<std::uint32_t>(i) & 0xFFFFu, static_cast<std::uint32_t>(i >> 16)));
        result.hash = agree(mix64(sum), what);
        return draws;
    });
    result.note = "known answers checked";
    report(result);
}

void run(const Options& options, const Report& report)
{
    check_answers();
    measure("bits", options, report, [](const Draw& d) { return d.bits(); });
    measure("uniform", options, report, [](const Draw& d) { return std::bit_cast<std::uint64_t>(d.uniform()); });
    measure("exponential", options, report,
            [](const Draw& d) { return std::bit_cast<std::uint64_t>(d.exponential()); });
    measure("normal", options, report, [](const Draw& d) { return std::bit_cast<std::uint64_t>(d.normal()); });
    measure("poisson_mean_3", options, report,
            [](const Draw& d) { return static_cast<std::uint64_t>(d.poisson(3.0)); });
}

} // namespace

Benchmark rng() { return {"rng", "Keyed random numbers, with the published answers checked", run}; }

} // namespace sim::bench
