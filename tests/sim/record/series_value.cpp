#include "sim/record/series_value.hpp"
#include "sim/record/first_change.hpp"

#include "sample.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace sim::record;

TEST_CASE("a part of a series is added up over the axes that are not named")
{
    const Scratch dir;
    const ResultFile file(sample::write(dir.file("a.h5"), 3));
    // items(m, c, s) = 1000 m + 10 c + s over three colours and two shapes; month 2
    CHECK(period_totals(file, {"items", {}})[2] == 6 * 2000 + 2 * (10 + 20) + 3);
    CHECK(period_totals(file, {"items", {{"colour", "green"}}})[2] == 2 * 2010 + 1);
    CHECK(period_totals(file, {"items", {{"shape", "square"}}})[2] == 3 * 2001 + 10 + 20);
    CHECK(period_totals(file, {"items", {{"shape", "square"}, {"colour", "blue"}}})[2] == 2021);
    // A share is averaged over its cells: 0.5 + 0.02 + 0.1 x 1
    CHECK(period_totals(file, {"use", {}})[2] == doctest::Approx(0.62));
    CHECK(period_totals(file, {"level", {}}).size() == 3);
}

TEST_CASE("a mean over days takes the periods that lie inside them")
{
    const Scratch dir;
    const ResultFile file(sample::write(dir.file("a.h5"), 24));
    const auto blue = period_totals(file, {"items", {{"shape", "round"}, {"colour", "red"}}}); // 1000 m
    CHECK(mean_of_periods(file, blue, 0, 720) == 11500);
    CHECK(mean_of_periods(file, blue, 360, 720) == 17500); // months 12 to 23
    CHECK(mean_of_periods(file, blue, 359, 420) == 12500); // months 12 and 13
    CHECK(std::isnan(mean_of_periods(file, blue, 0, 29)));
    std::vector<double> with_gap{1, std::numeric_limits<double>::quiet_NaN(), 5};
    CHECK(mean_of_periods(file, with_gap, 0, 90) == 3);
}

TEST_CASE("what is not there is named")
{
    const Scratch dir;
    const ResultFile file(sample::write(dir.file("a.h5"), 2));
    CHECK(has(file, {"items", {{"colour", "red"}}}));
    CHECK_FALSE(has(file, {"itmes", {}}));
    CHECK_FALSE(has(file, {"items", {{"size", "big"}}}));
    CHECK_FALSE(has(file, {"items", {{"colour", "red"}, {"shape", "pink"}}}));
    CHECK_FALSE(has(file, {"colour", {}}));
    CHECK_THROWS_WITH_AS(period_totals(file, {"itmes", {}}), doctest::Contains("series itmes"), sim::IoError);
    CHECK_THROWS_WITH_AS(period_totals(file, {"items", {{"size", "big"}}}), doctest::Contains("items by size"),
                         sim::IoError);
    CHECK_THROWS_WITH_AS(period_totals(file, {"items", {{"colour", "pink"}}}), doctest::Contains("colour pink"),
                         sim::IoError);
}

TEST_CASE("the first change of two results is that of the series they share")
{
    const Scratch dir;
    const auto write = [&](const char* name, int changed_month, bool has_more) {
        std::vector<Series> series{{.name = "x", .unit = "t", .axes = {"k"}, .kind = Kind::i64},
                                   {.name = "y", .unit = "t", .kind = Kind::f64}};
        if (has_more) series.push_back({.name = "z", .unit = "t", .kind = Kind::f64});
        Recorder r(dir.file(name), {{.name = "k", .labels = {"u", "v"}}}, series, "360_day", "2015-01-01", {});
        for (int m = 0; m < 24; ++m) {
            r.set(0, std::vector<std::int64_t>{m, m == changed_month ? -1 : 7});
            r.set_scalar(1, m > changed_month ? 0.5 : 1.0);
            if (has_more) r.set_scalar(2, m);
            r.advance(30 * (m + 1));
        }
        return ResultFile(r.finish());
    };
    const ResultFile a = write("a.h5", 99, false);
    CHECK_FALSE(first_change(a, write("more.h5", 99, true)));
    const auto change = first_change(a, write("b.h5", 13, true));
    REQUIRE(change);
    CHECK(change->variable == "x"); // y follows a month later
    CHECK(change->date == "2016-02-30");
}

TEST_CASE("cells with labels that only one of two results has are no change; those they share are compared by label")
{
    const Scratch dir;
    const auto write = [&](const char* name, const std::vector<std::string>& labels, std::int64_t of_v) {
        Recorder r(dir.file(name), {{.name = "k", .labels = labels}},
                   {{.name = "x", .unit = "t", .axes = {"k"}, .kind = Kind::i64}}, "360_day", "2015-01-01", {});
        for (int m = 0; m < 3; ++m) {
            std::vector<std::int64_t> values;
            for (const std::string& label : labels) values.push_back(label == "v" && m > 0 ? of_v : label[0]);
            r.set(0, values);
            r.advance(30 * (m + 1));
        }
        return ResultFile(r.finish());
    };
    const ResultFile a = write("a.h5", {"u", "v"}, 7);
    CHECK_FALSE(first_change(a, write("more.h5", {"t", "u", "v"}, 7))); // every cell of a row has another place
    CHECK_FALSE(first_change(write("less.h5", {"u"}, 7), a));
    CHECK_FALSE(first_change(a, write("other.h5", {"w"}, 7)));
    const auto change = first_change(a, write("changed.h5", {"t", "u", "v"}, 8));
    REQUIRE(change);
    CHECK(change->date == "2015-02-30");
}
