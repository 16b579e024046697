#include "sim/report/numbers.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "sim/report/description.hpp"

using namespace sim::report;

TEST_CASE("numbers are written whole, or in the shortest form that reads back")
{
    const std::vector<Exact> numbers{9007199254740993, -2, std::numeric_limits<Exact>::quiet_NaN()};
    CHECK(to_text(numbers, true) == "9007199254740993 -2 -");
    const std::vector<Exact> reals{0.1, 1e300};
    CHECK(to_text(reals, false) == "0.1 1e+300");
    CHECK(to_text(std::vector<Exact>{}, false).empty());
}

TEST_CASE("quantiles lie between the numbers, and leave out what is missing")
{
    CHECK(quantile({4, 1, 3, 2}, 0.5) == 2.5);
    CHECK(quantile({1, 2, 3, 4, std::nan("")}, 0.1) == doctest::Approx(1.3)); // 0.1 x 3 steps
    CHECK(quantile({7}, 0.9) == 7);
    CHECK(std::isnan(quantile({}, 0.5)));
}

TEST_CASE("one run is told as it is, several by median and band, money by its mean")
{
    const Columns a{1, {1, 10}}, b{1, {2, 20}}, c{1, {6, 60}};
    CHECK(spread({a}, true).text_at("mid") == "1 10");
    CHECK(spread({a}, true).find("low") == nullptr);
    CHECK(spread({a, b, c}, true).text_at("mid") == "2 20");
    CHECK(spread({a, b, c}, true).text_at("low") == "1.2 12");
    CHECK(spread({a, b, c}, true, Centre::mean).text_at("mid") == "3 30");
    CHECK(spread({a, b, c}, true, Centre::mean).find("low") == nullptr);
}

TEST_CASE("units: what the indicator says, else the table, else as recorded")
{
    Description d;
    d.units = {{"fen", "CNY", 0.01}};
    d.sections = {
        {"All", {{.title = "Profit", .series = "profit"}, {.title = "Zombies", .series = "zombies", .over = "firms"}}}};
    CHECK(d.shown({}, "fen").factor == 0.01);
    CHECK(d.shown({.unit = "%"}, "1").factor == 100);
    CHECK(d.shown({.unit = "jobs"}, "1").shown == "jobs");
    CHECK(d.shown({}, "1").shown.empty());
    CHECK(d.shown({.over = "revenue"}, "fen").shown.empty()); // money over money has no unit
    CHECK(d.of("profit").title == "Profit");
    CHECK(d.of("zombies").title == "zombies"); // not its share of firms
}
