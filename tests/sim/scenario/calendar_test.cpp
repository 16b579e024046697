#include <doctest/doctest.h>

#include "sim/base/calendar.hpp"

using sim::Calendar;
using sim::Date;

TEST_CASE("window 0 is the first day of the run, and dates and windows map one to one")
{
    const Calendar calendar(Calendar::Kind::proleptic_gregorian, {2015, 1, 1});
    CHECK(calendar.date(0) == Date{2015, 1, 1});
    CHECK(calendar.date(31) == Date{2015, 2, 1});
    CHECK(calendar.date(-1) == Date{2014, 12, 31});
    CHECK(calendar.window({2026, 1, 1}) == 4018); // 11 years of 365 days and the leap days of 2016, 2020, 2024
    for (sim::Window day = -1000; day < 50000; day += 7) CHECK(calendar.window(calendar.date(day)) == day);
}

TEST_CASE("leap years follow the Gregorian rule")
{
    const Calendar calendar(Calendar::Kind::proleptic_gregorian, {1949, 10, 1});
    const auto february = [&](int year) { return calendar.days_in_month(calendar.window({year, 2, 1})); };
    CHECK(february(2000) == 29); // divisible by 400
    CHECK(february(2100) == 28); // divisible by 100 only
    CHECK(february(2016) == 29);
    CHECK(february(2015) == 28);
}

TEST_CASE("month ends and days of the month are those of the civil calendar")
{
    const Calendar calendar(Calendar::Kind::proleptic_gregorian, {2015, 12, 15});
    CHECK(calendar.day_of_month(0) == 14);
    CHECK_FALSE(calendar.is_month_end(15));
    CHECK(calendar.is_month_end(16)); // 31 December
    CHECK(calendar.month_index(16) == 0);
    CHECK(calendar.month_index(17) == 1);
    CHECK(calendar.month_index(calendar.window({2016, 2, 29})) == 2);
    CHECK(calendar.is_month_end(calendar.window({2016, 2, 29})));
    CHECK(calendar.month_index(-15) == -1);
}

TEST_CASE("the 360-day calendar has twelve months of thirty days")
{
    const Calendar calendar(Calendar::Kind::day_360, {2015, 1, 1});
    CHECK(calendar.window({2016, 1, 1}) == 360);
    CHECK(calendar.date(59) == Date{2015, 2, 30});
    CHECK(calendar.days_in_month(45) == 30);
    CHECK(calendar.is_month_end(29));
    CHECK(calendar.window({2015, 1, 31}) == 29); // day 31 stands for day 30
    for (sim::Window day = -1000; day < 5000; ++day) CHECK(calendar.window(calendar.date(day)) == day);
}

TEST_CASE("dates are written with padding, and day numbers count from 1970")
{
    CHECK(sim::to_string(Date{2015, 3, 9}) == "2015-03-09");
    const Calendar civil(Calendar::Kind::proleptic_gregorian, {2015, 1, 1});
    CHECK(civil.day_number({1970, 1, 1}) == 0);
    CHECK(civil.day_number({2015, 1, 1}) == 16436); // 45 years of 365 days and 11 leap days
    CHECK(Calendar(Calendar::Kind::day_360, {2015, 1, 1}).day_number({2015, 1, 1}) == 45 * 360);
}
