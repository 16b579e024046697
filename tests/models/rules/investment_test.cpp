// E8-E10: desired capacity, lumpy investment, scrapping.
#include "models/firms/investment.hpp"
#include "models/technology.hpp"
#include "tests/models/rules/near.hpp"

#include <numeric>

using namespace fabrica;

TEST_CASE("E8: desired capacity is demand at the horizon over the utilisation aimed at")
{
    CHECK(desired_capacity(75, 0, 1, 0.75) == near(100));
    CHECK(desired_capacity(75, 0.1, 2, 0.75) == near(121)); // 75 * 1.21 / 0.75
    CHECK(desired_capacity(0, 0.1, 2, 0.75) == 0);
}

TEST_CASE("E9: a firm invests when its gap exceeds its threshold, or when what it lacks pays back in time")
{
    CHECK(invests(0.21, 0.20, -1, 3));
    CHECK_FALSE(invests(0.20, 0.20, -1, 3)); // not beyond the threshold, never pays back
    CHECK(invests(0.10, 0.20, 3, 3));        // pays back within three years
    CHECK_FALSE(invests(0.10, 0.20, 3.1, 3));
    CHECK_FALSE(invests(-0.10, 0.20, 1, 3)); // nothing is lacking
    CHECK_FALSE(invests(0, 0.20, 1, 3));
    CHECK(invests(0.10, 0.20, 5, 6)); // a patient owner
}

TEST_CASE("E9: ages since the last investment, worked for a drift of 0.1 and thresholds up to 0.4")
{
    // Not invested after k years: 1, 1 - 1/4 = 3/4, times 1 - 2/4 = 3/8, times 1 - 3/4 = 3/32, times 1 - 4/4 = 0.
    // Sum 1 + 24/32 + 12/32 + 3/32 = 71/32, so the weights are 32/71, 24/71, 12/71, 3/71.
    const auto cycle = investment_cycle(0.1, 0.4, 0);
    REQUIRE(cycle.age_weights.size() >= 4);
    CHECK(cycle.age_weights[0] == near(32.0 / 71));
    CHECK(cycle.age_weights[1] == near(24.0 / 71));
    CHECK(cycle.age_weights[2] == near(12.0 / 71));
    CHECK(cycle.age_weights[3] == near(3.0 / 71));
    CHECK(std::accumulate(cycle.age_weights.begin(), cycle.age_weights.end(), 0.0) == near(1));
    // Mean of e^(-0.1 age): within a year (1 - e^-0.1) / 0.1 = 0.951625820, over the years
    // (32 + 24 e^-0.1 + 12 e^-0.2 + 3 e^-0.3) / 71 = (32 + 21.71609803 + 9.82476904 + 2.22245466) / 71 = 0.92624397
    CHECK(cycle.mean_worn == doctest::Approx(0.951625820 * 0.92624397).epsilon(1e-8));
}

TEST_CASE("E9: until a project is finished a firm works with what the cycle before has left")
{
    // Thresholds of 0: every interval is a year, so before the new machines come capacity is e^-0.1 of what it will be.
    // Mean over the year: (1 - e^-0.1) / 0.1 = 0.951625820, less (1 - e^-0.05) / 0.1 x (1 - e^-0.1) for half a year's gestation:
    // 0.951625820 - 0.487705755 x 0.095162582 = 0.905214481
    const auto yearly = investment_cycle(0.1, 0, 0.5);
    CHECK(yearly.age_weights.size() == 1);
    CHECK(yearly.mean_worn == doctest::Approx(0.905214481).epsilon(1e-8));
    CHECK(interval_weights(yearly) == std::vector<double>{1});
    // Gaps of 1/4, 2/4, 3/4, 4/4 of the largest threshold: it is passed first after one year with 8/32, then 12/32, 9/32, 3/32.
    const auto intervals = interval_weights(investment_cycle(0.1, 0.4, 0));
    REQUIRE(intervals.size() >= 4);
    CHECK(intervals[0] == near(8.0 / 32));
    CHECK(intervals[1] == near(12.0 / 32));
    CHECK(intervals[2] == near(9.0 / 32));
    CHECK(intervals[3] == near(3.0 / 32));
    CHECK(investment_cycle(0.1, 0.4, 0.5).mean_worn < investment_cycle(0.1, 0.4, 0.3).mean_worn);
}

TEST_CASE("E9: without drift nothing wears, and every age is as likely as the next")
{
    const auto cycle = investment_cycle(0, 0.35, 0.5);
    CHECK(cycle.mean_worn == near(1));
    CHECK(cycle.age_weights.front() == near(cycle.age_weights.back()));
}

TEST_CASE("E9: a project takes its mean time spread by 30 % to either side, and at least a month")
{
    CHECK(gestation_months(10, 0) == 7);
    CHECK(gestation_months(10, 0.5) == 10);
    CHECK(gestation_months(10, 0.999) == 13);
    CHECK(gestation_months(3.6, 0.5) == 4); // 3.6
    CHECK(gestation_months(0.2, 0) == 1);
}

TEST_CASE("E9: machines are sold when there are too many by more than both thresholds")
{
    // desired 60 of 100: an excess of 0.4 against 0.2 + 0.15
    CHECK(disinvests(0.6 - 1, 0.2, 0.15));
    CHECK_FALSE(disinvests(0.6 - 1, 0.2, 0.25)); // 0.45
    CHECK_FALSE(disinvests(0.1, 0, 0));          // too few
}

TEST_CASE("E10: machines leave the books with their part of the capacity")
{
    CHECK(book_share(Money{1000}, 30, 100).fen == 300);
    CHECK(book_share(Money{1000}, 1, 3).fen == 333);
    CHECK(book_share(Money{1001}, 100, 100).fen == 1001); // the last takes all, to the fen
    CHECK(book_share(Money{1000}, 0, 100).fen == 0);
}

TEST_CASE("E10: a vintage is scrapped when it costs more than new capacity would over the payback time")
{
    // dearer by 0.3 a unit, new capacity 0.6 a unit and year over 3 years = 0.2
    CHECK(is_obsolete(1.0, 0.7, 0.6, 3));
    CHECK_FALSE(is_obsolete(0.85, 0.7, 0.6, 3)); // dearer by 0.15 only
    CHECK(is_obsolete(0.85, 0.7, 0.6, 6));       // a patient owner: 0.1
    CHECK_FALSE(is_obsolete(0.7, 0.7, 0.6, 3));
}

TEST_CASE("labour needed is the mean over the levels installed, weighted by capacity")
{
    const float mixed[maturity_levels] = {3, 1, 0, 0};
    CHECK(total_capacity(mixed) == 4);
    CHECK(labour_intensity(mixed) == near((3 * labour_of_level[0] + labour_of_level[1]) / 4));
    const float none[maturity_levels] = {};
    CHECK(labour_intensity(none) == 1);
    const float best[maturity_levels] = {0, 0, 0, 8};
    CHECK(labour_intensity(best) == near(labour_of_level[3]));
    for (std::size_t m = 1; m < maturity_levels; ++m) CHECK(labour_of_level[m] < labour_of_level[m - 1]);
}
