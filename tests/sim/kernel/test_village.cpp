#include "tests/sim/kernel/toys/village.hpp"

#include <doctest/doctest.h>

using toys::Village;

namespace {

struct VillageEnd {
    std::uint64_t hash;
    std::int64_t goods;
    std::size_t population;
    std::int64_t events, reruns, returned;
    bool operator==(const VillageEnd&) const = default;
};

std::int64_t goods_everywhere(const sim::Barrier<Village>& barrier, const Village& village)
{
    std::int64_t sum = village.estate;
    barrier.each_agent([&](const Village::Agent& agent) { sum += agent.goods; });
    barrier.each_pending<Village::Parcel>(
        [&](const sim::Header&, const Village::Parcel& parcel) { sum += parcel.goods; });
    barrier.each_pending<Village::Return>([&](const sim::Header&, const Village::Return& back) { sum += back.goods; });
    return sum;
}

VillageEnd run_village(sim::AgentId population, sim::Window length, sim::EngineOptions options,
                       std::size_t expected = 0)
{
    options.alone_below_us = 0;
    Village village(options.thread_count(), population);
    sim::Engine<Village> engine(village, options);
    if (expected > 0) engine.expect_founders(expected);
    for (sim::AgentId i = 0; i < population; ++i) engine.found({sim::make_key(1, i), 0, 0, 100, 0, 0, 0});
    std::int64_t goods = 0;
    bool conserved = true;
    engine.observe([&](const sim::Barrier<Village>& barrier) {
        goods = goods_everywhere(barrier, village);
        conserved = conserved && goods == 100 * std::int64_t{population};
    });
    engine.run(length);
    CHECK(conserved);
    const sim::EngineCounters counters = engine.counters();
    return {engine.state_hash(),   goods,
            engine.population(),   counters.events,
            counters.today_reruns, counters.undeliverable[1].count};
}

} // namespace

TEST_CASE(
    "a village with births, deaths, returns and far-future messages is the same for any threads, blocks and back end")
{
    using sim::Backend;
    const VillageEnd reference = run_village(600, 400, {.seed = 11, .threads = 1, .backend = Backend::serial});
    CHECK(reference.goods == 60000);
    CHECK(reference.returned > 100);
    CHECK(reference.reruns > 100);
    for (const Backend backend : {Backend::tbb, Backend::threads})
        for (const int threads : {1, 2, 4, 7})
            for (const int block_size : {0, 16, 100, 8192}) {
                CAPTURE(threads);
                CAPTURE(block_size);
                CHECK(run_village(600, 400,
                                  {.seed = 11, .threads = threads, .block_size = block_size, .backend = backend}) ==
                      reference);
            }
}

TEST_CASE("founders who were expected, or other numbers of them, end where the others do")
{
    const VillageEnd reference = run_village(600, 100, {.seed = 11, .threads = 1});
    for (const std::size_t expected : {1, 599, 600, 5000, 100000})
        for (const int block_size : {0, 16}) {
            CAPTURE(expected);
            CAPTURE(block_size);
            CHECK(run_village(600, 100, {.seed = 11, .threads = 2, .block_size = block_size}, expected) == reference);
        }
}
