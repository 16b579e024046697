#include "sim/report/facts/formula.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "sim/base/math.hpp"

using namespace sim::report;

namespace {

double value(const char* text)
{
    return Formula::parse(text).value([](const Call& call) { return call.series == "none" ? 0.0 : 10.0; });
}

int wrong_at(const char* text)
{
    try {
        Formula::parse(text);
        return 0;
    } catch (const FormulaError& error) {
        return error.column;
    }
}

} // namespace

TEST_CASE("formulas follow the order of arithmetic")
{
    CHECK(value("1 + 2 * 3") == 7);
    CHECK(value("(1 + 2) * 3") == 9);
    CHECK(value("2 ^ 3 ^ 2") == 512); // 2 ^ 9
    CHECK(value("(1 - 4) ^ 3") == -27);
    CHECK(value("2 ^ (0 - 2)") == 0.25);
    CHECK(value("8 ^ (1 / 3)") == sim::math::pow(8, 1.0 / 3));
    CHECK_THROWS_AS(value("(1 - 4) ^ 0.5"), Missing);
    CHECK_THROWS_AS(value("0 ^ (0 - 1)"), Missing);
    CHECK(value("8 - 2 - 1") == 5);
    CHECK(value("12 * sum(exits, 2016..2019) / sum(firms)") == 12);
    CHECK(value("-0.5 * 1e3") == -500);
}

TEST_CASE("a call names function, series, cells, weight and arguments")
{
    const auto calls = Formula::parse("mean(debt[ownership=state|foreign] by assets, 2016..2019) - end(firms)").calls();
    REQUIRE(calls.size() == 2);
    CHECK(calls[0].function == "mean");
    CHECK(calls[0].series == "debt");
    CHECK(calls[0].axis == "ownership");
    CHECK((calls[0].labels == std::vector<std::string>{"state", "foreign"}));
    CHECK(calls[0].by == "assets");
    CHECK((calls[0].arguments == std::vector<std::string>{"2016..2019"}));
    CHECK(calls[1].arguments.empty());
}

TEST_CASE("what cannot be read is told with its character")
{
    CHECK(wrong_at("sum(firms") == 10);
    CHECK(wrong_at("1 + ") == 5);
    CHECK(wrong_at("sum(firms) firms") == 12);
    CHECK(wrong_at("sum(firms over exits)") == 15);
    CHECK(wrong_at("mean(a[b])") == 9);
    CHECK(wrong_at("sum(a, )") == 8);
}

TEST_CASE("what is not there is missing, and no number")
{
    CHECK_THROWS_AS(value("positive(sum(none)) / 2"), Missing);
    CHECK(value("positive(sum(some)) / 2") == 5);
    CHECK_THROWS_AS(value("1 / sum(none)"), Missing);
    CHECK_THROWS_AS(value("0 / sum(none)"), Missing);
}

TEST_CASE("periods are years, quarters, months and spans of them")
{
    const auto is = [](const char* text, int first, int last) {
        const MonthSpan span = month_span(text);
        return span.first == first && span.last == last;
    };
    CHECK(is("2018", 12 * 2018, 12 * 2018 + 11));
    CHECK(is("2018Q3", 12 * 2018 + 6, 12 * 2018 + 8));
    CHECK(is("2018-07", 12 * 2018 + 6, 12 * 2018 + 6));
    CHECK(is("2016..2019", 12 * 2016, 12 * 2019 + 11));
    CHECK(is("2019Q4..2020-02", 12 * 2019 + 9, 12 * 2020 + 1));
    for (const char* text : {"18", "2018Q5", "2018-13", "2018Q", "2019..2018", "2018-7", ""})
        CHECK_THROWS_AS(month_span(text), Missing);
    CHECK(month_text(12 * 2018 + 6) == "2018-07");
}
