#include "sim/record/reference.hpp"

#include "sample.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/record/output_file.hpp"

using namespace sim::record;

namespace {

/// A series of four periods; digests stand for themselves.
SeriesDigest share(const std::string& periods, double sum = 2)
{
    SeriesDigest d;
    d.name = "share", d.unit = "1", d.kind = Kind::f64;
    d.first = 0.25, d.last = 0.75, d.min = 0.25, d.max = 0.75, d.sum = sum;
    d.column = periods, d.periods = periods;
    return d;
}

Reference of(std::vector<SeriesDigest> series)
{
    Reference reference{"A title", "in", "state", "2015-01-31", "2015-04-30", 4};
    for (SeriesDigest& d : series) reference.series.push_back({std::move(d), "paint"});
    return reference;
}

const SeriesDigest four = share("aaaabbbbccccdddd");

} // namespace

TEST_CASE("digests of a result: hand-worked numbers, and a change of one number moves its period and the column")
{
    const Scratch dir;
    const auto digests = digest_series(ResultFile(sample::write(dir.file("a.h5"), 3)));
    const auto at =
        std::find_if(digests.begin(), digests.end(), [](const SeriesDigest& d) { return d.name == "items"; });
    REQUIRE(at != digests.end());
    // items(m, c, s) = 1000 m + 10 c + s over three colours and two shapes, months 0 to 2
    CHECK(at->cells == 6);
    CHECK(at->is_amount());
    CHECK(at->min == 0);
    CHECK(at->max == 2021);
    CHECK(at->first == 2 * (10 + 20) + 3);
    CHECK(at->last == 6 * 2000 + 2 * (10 + 20) + 3);
    CHECK(at->sum == 6 * 3000 + 3 * (2 * (10 + 20) + 3));
    CHECK(at->column.size() == 16);
    CHECK(at->periods.size() == 3 * SeriesDigest::digits_per_period);
    CHECK(at->periods.substr(0, 4) != at->periods.substr(4, 4));
}

TEST_CASE("a reference comes back from its JSON as it was, missing numbers too")
{
    const Scratch dir;
    SeriesDigest none = share("aaaaaaaaaaaaaaaa", 0.1 + 0.2);
    none.name = "quote \" and \\", none.missing = 4, none.kind = Kind::i64, none.cells = 3;
    none.first = none.min = std::nan("");
    const Reference before = of({four, none});
    write_whole(dir.file("r.json"), to_json(before));
    const Reference after = read_reference(dir.file("r.json"));
    CHECK(to_json(after) == to_json(before));
    CHECK(after.series[1].digest.sum == 0.1 + 0.2);
    CHECK(std::isnan(after.series[1].digest.min));
    CHECK(movements(before, after, {}).empty());
}

TEST_CASE("what moved is told with the first period that differs, earliest first")
{
    SeriesDigest late = share("aaaabbbbccccdddx"), early = share("aaaabbbxccccdddx");
    SeriesDigest other = four;
    other.name = early.name = "other";
    const auto moved = movements(of({four, other}), of({late, early}), {});
    REQUIRE(moved.size() == 2);
    CHECK(moved[0].name == "other");
    CHECK(moved[0].period == 1);
    CHECK(moved[1].name == "share");
    CHECK(moved[1].period == 3);
    CHECK(moved[1].module == "paint");
}

TEST_CASE("in one period the largest change comes first")
{
    SeriesDigest a = four, b = four, c = four;
    a.name = "a", b.name = "b", c.name = "c";
    const Reference before = of({a, b, c});
    a.column = b.column = c.column = a.periods = b.periods = c.periods = "aaaabbbxccccdddd";
    a.sum = 2.02, b.sum = 1.8, c.sum = 2.1; // by 1, 10 and 5 %
    const auto moved = movements(before, of({a, b, c}), {});
    REQUIRE(moved.size() == 3);
    CHECK(moved[0].name + moved[1].name + moved[2].name == "bca");
}

TEST_CASE("changes are relative to what was; where that is nothing there is no number")
{
    Movement m;
    m.before = share("a", 4), m.after = share("b", 5);
    CHECK(m.change_of_sum() == 0.25);
    CHECK(m.change_of_last() == 0);
    m.before.sum = 0;
    CHECK(std::isnan(m.change_of_sum()));
}

TEST_CASE("series that are new, gone or of another shape are told as such")
{
    SeriesDigest fresh = four, wide = four, longer = share("aaaabbbbccccddddeeee");
    fresh.name = "fresh", wide.cells = 2;
    const auto what = [](const Reference& a, const Reference& b) { return movements(a, b, {}).at(0).what; };
    CHECK(what(of({four}), of({four, fresh})) == Movement::What::added);
    CHECK(what(of({four, fresh}), of({four})) == Movement::What::gone);
    CHECK(what(of({four}), of({wide})) == Movement::What::reshaped);
    CHECK(what(of({four}), of({longer})) == Movement::What::reshaped);
}

TEST_CASE("a tolerance is a part of the largest number of the series, by class")
{
    const SeriesDigest near = share("aaaabbbbccccdddx", 2 + 1.9e-6);
    CHECK(movements(of({four}), of({near}), {}).size() == 1);
    CHECK(movements(of({four}), of({near}), {0, 1e-6}).empty()); // 1.9e-6 of 2
    CHECK(movements(of({four}), of({near}), {0, 9e-7}).size() == 1);
    CHECK(movements(of({four}), of({near}), {1e-3, 0}).size() == 1); // that is for amounts
    SeriesDigest hole = near;
    hole.missing = 1;
    CHECK(movements(of({four}), of({hole}), {0, 1e-3}).size() == 1);
    hole = near, hole.last = std::numeric_limits<double>::quiet_NaN();
    CHECK(movements(of({four}), of({hole}), {0, 1e-3}).size() == 1);
}

TEST_CASE("what is no reference is refused by name")
{
    const Scratch dir;
    CHECK_THROWS_AS(read_reference(dir.file("none.json")), sim::IoError);
    const std::string whole = to_json(of({four}));
    for (const std::string& text : {std::string("{"), whole.substr(0, 200), std::string("3"), whole + "x"}) {
        write_whole(dir.file("bad.json"), text);
        CHECK_THROWS_WITH_AS(read_reference(dir.file("bad.json")),
                             doctest::Contains("bad.json: cannot read the reference"), sim::IoError);
    }
}
