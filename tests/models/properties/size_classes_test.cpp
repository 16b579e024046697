// What is published of size classes: the classes of the official thresholds, and the part of sales that is not of large firms.
#include "models/series/statistics.hpp"
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

using namespace fabrica;
using bench::Run;

TEST_CASE(
    "sales of large firms and of small and medium ones above scale are those of all firms above scale, to the fen")
{
    // The revenue of firms that close is in the total only: nobody closes here. A large firm sells for 400 m yuan or more a year, twenty times what makes a firm count as above scale.
    Run run(bench::load("china", {"run.scale=0.001", "population.spin_up_years=0", "switches.exit=false"}));
    int months = 0;
    run.world.on_month = [&](const Barrier&) {
        const World& w = run.world;
        const auto of_class = [&](SizeClass z) {
            std::int64_t sum = 0;
            for (int s = 0; s < w.S; ++s) sum += w.month[w.statistics.by_size(StatisticsPlan::size_revenue, z, s)];
            return sum;
        };
        const auto of_owners = [&](Measure m) {
            std::int64_t sum = 0;
            for (int s = 0; s < w.S; ++s)
                for (int o = 0; o < ownership_count; ++o)
                    sum += w.month[w.statistics.cell(m, s, static_cast<Ownership>(o))];
            return sum;
        };
        std::int64_t all = 0;
        for (int z = 0; z < size_class_count; ++z) all += of_class(static_cast<SizeClass>(z));
        CHECK(all == of_owners(Measure::revenue));
        const std::int64_t above = of_owners(Measure::scale_revenue), small = of_owners(Measure::scale_small_revenue);
        CHECK(of_class(SizeClass::large) == above - small);
        CHECK(small > above / 4);
        CHECK(small < above);
        ++months;
    };
    run.days(90);
    CHECK(months == 3);
}
