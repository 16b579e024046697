#include "sim/report/reduce.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace sim::report;

namespace {

constexpr Exact missing = std::numeric_limits<Exact>::quiet_NaN();

/// Two sectors by three owners.
SeriesInfo cube(bool is_mean)
{
    SeriesInfo s;
    s.is_mean = is_mean, s.is_whole = true, s.method = "sum";
    s.axes = {"sector", "owner"}, s.lengths = {2, 3};
    return s;
}

std::vector<PeriodOfTime> months(int first, int count)
{
    std::vector<PeriodOfTime> all;
    for (int m = first; m < first + count; ++m) {
        const std::string month =
            std::to_string(2015 + m / 12) + (m % 12 < 9 ? "-0" : "-") + std::to_string(m % 12 + 1);
        all.push_back({month + "-01", month + "-28"});
    }
    return all;
}

} // namespace

TEST_CASE("cells are added up or averaged, and missing ones do not count")
{
    CHECK(totals(cube(false), {1, 2, 3, 4, 5, 6}).values == std::vector<Exact>{21});
    CHECK(totals(cube(true), {1, 2, 3, 4, 5, missing}).values == std::vector<Exact>{3}); // 15 / 5
    CHECK(std::isnan(totals(cube(false), {missing, missing, missing, missing, missing, missing}).values[0]));
}

TEST_CASE("along an axis the other one is added up")
{
    CHECK(along(cube(false), {1, 2, 3, 4, 5, 6}, 0).values == std::vector<Exact>{6, 15});
    CHECK(along(cube(false), {1, 2, 3, 4, 5, 6}, 1).values == std::vector<Exact>{5, 7, 9});
    CHECK(along(cube(true), {1, 2, 3, 4, 5, missing}, 1).values == std::vector<Exact>{2.5L, 3.5L, 3}); // 3 alone
}

TEST_CASE("sums of whole numbers beyond 2^53 keep their last digit")
{
    const Exact large = 9007199254740993; // 2^53 + 1 is no double
    CHECK(totals(cube(false), {large, large, 0, 0, 0, 0}).values[0] == Exact{18014398509481986});
}

TEST_CASE("a year has the sum, the last or the mean of its periods")
{
    const Years years = years_of(months(10, 4)); // November 2015 to February 2016
    REQUIRE(years.all.size() == 2);
    CHECK(years.all[1].name == "2016");
    const Columns periods{1, {1, 2, 3, missing}};
    CHECK(by_year(periods, years, "sum").values == std::vector<Exact>{3, 3});
    CHECK(by_year(periods, years, "mean").values == std::vector<Exact>{1.5L, 3});
    CHECK(by_year(periods, years, "point").values[0] == 2);
    CHECK(std::isnan(by_year(periods, years, "point").values[1])); // the last day has no number
}

TEST_CASE("the last whole year is shown, not a part of one")
{
    const Years years = years_of(months(6, 21)); // July 2015 to March 2017
    REQUIRE(years.all.size() == 3);
    CHECK_FALSE(years.all[0].is_whole);
    CHECK(years.first() == 1);
    CHECK(years.last() == 1);
    CHECK(years_of(months(3, 2)).last() == 0); // the only one
}

TEST_CASE("weights: a mean of sectors leans to the large one, and a share over nothing is missing")
{
    CHECK(weighted({2, {0.5L, 1}}, {2, {3, 1}}).values == std::vector<Exact>{0.625L}); // (1.5 + 1) / 4
    CHECK(weighted({2, {missing, 1}}, {2, {3, 1}}).values == std::vector<Exact>{1});
    CHECK(std::isnan(weighted({2, {0.5L, 1}}, {2, {0, 0}}).values[0]));
    CHECK(ratio({1, {3, 1}}, {1, {4, 0}}).values[0] == 0.75L);
    CHECK(std::isnan(ratio({1, {3, 1}}, {1, {4, 0}}).values[1]));
}
