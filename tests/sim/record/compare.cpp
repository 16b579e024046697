#include "sim/record/compare.hpp"

#include "sample.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

#include <functional>

using namespace sim::record;

namespace {

/// A result with one value per month for x (a sum over two cells) and s (a share, averaged over them).
std::string result(const std::string& path, int months, const std::function<double(int)>& x,
                   const std::vector<std::string>& labels = {"u", "v"})
{
    Recorder r(path, {{.name = "k", .labels = labels}},
               {{.name = "x", .unit = "t", .axes = {"k"}, .kind = Kind::f64},
                {.name = "s", .unit = "1", .axes = {"k"}, .kind = Kind::f64}},
               "360_day", "2015-01-01", {{"title", "T"}});
    for (int m = 0; m < months; ++m) {
        r.set(0, std::vector<double>{x(m), 1.0});
        r.set(1, std::vector<double>{0.25, 0.75});
        r.advance(30 * (m + 1));
    }
    return r.finish();
}

} // namespace

TEST_CASE("compare averages the totals over the whole run and over the last year")
{
    const Scratch dir;
    const std::string a = result(dir.file("a.h5"), 24, [](int) { return 9.0; });
    const std::string b = result(dir.file("b.h5"), 24, [](int m) { return m < 12 ? 9.0 : 14.0; });
    const Comparison c = compare(a, b);
    REQUIRE(c.series.size() == 2);
    CHECK(c.periods == 24);
    CHECK(c.series[0].whole_run.a == 10.0); // 9 + 1 each month
    CHECK(c.series[0].whole_run.b == 12.5); // (12 * 10 + 12 * 15) / 24
    CHECK(c.series[0].whole_run.percent() == 25.0);
    CHECK(c.series[0].last_year.b == 15.0);
    CHECK(!c.series[0].identical);
    CHECK(c.series[1].identical);
    CHECK(c.series[1].whole_run.a == 0.5); // (0.25 + 0.75) / 2
    CHECK(!c.identical());
    CHECK(to_text(c).find("+50.00") != std::string::npos); // last year: 15 against 10
    CHECK(to_json(c).find("\"percent\": 25.0") != std::string::npos);
}

TEST_CASE("compare says what is not like for like")
{
    const Scratch dir;
    const auto one = [](int) { return 1.0; };
    const std::string a = result(dir.file("a.h5"), 24, one);
    CHECK(compare(a, a).identical());
    const Comparison shorter = compare(a, result(dir.file("b.h5"), 12, one));
    CHECK(shorter.problems == std::vector<std::string>{"24 and 12 periods"});
    CHECK(shorter.periods == 12);
    const Comparison other = compare(a, result(dir.file("c.h5"), 24, one, {"u", "w"}));
    CHECK(other.problems == std::vector<std::string>{"axis k has other labels"});
    CHECK(other.series.empty());
    const Comparison foreign = compare(a, sample::write(dir.file("d.h5"), 24));
    CHECK(foreign.only_in_a == std::vector<std::string>{"x", "s"});
    CHECK(foreign.only_in_b.size() == 4);
    CHECK_THROWS_AS(compare(a, dir.file("none.h5")), sim::IoError);
}

TEST_CASE("a comparison of results without a period is empty")
{
    const Scratch dir;
    const std::string a = result(dir.file("a.h5"), 0, {});
    CHECK(compare(a, a).periods == 0);
    CHECK(to_text(compare(a, a)).find("no period in common") != std::string::npos);
}

TEST_CASE("first_difference names variable, cell and time of the earliest difference")
{
    const Scratch dir;
    const auto one = [](int) { return 1.0; };
    const std::string a = result(dir.file("a.h5"), 24, one);
    CHECK(!first_difference(a, result(dir.file("same.h5"), 24, one)));
    const auto found =
        first_difference(a, result(dir.file("b.h5"), 24, [](int m) { return m < 14 ? 1.0 : 1.0 + 1e-15; }));
    REQUIRE(found);
    CHECK(found->text() == "/x [k=u] at 2016-03-30: 1 against 1.0000000000000011");
    const auto shorter = first_difference(a, result(dir.file("c.h5"), 23, one));
    REQUIRE(shorter);
    CHECK(shorter->text() == "/time: (time=24) against (time=23)");
    const auto label = first_difference(a, result(dir.file("d.h5"), 24, one, {"u", "w"}));
    REQUIRE(label);
    CHECK(label->text() == "/k [index 1]: v against w");
}

TEST_CASE("first_difference sees integers beyond 2^53, panels and attributes")
{
    const Scratch dir;
    const std::string a = sample::write(dir.file("a.h5"), 13),
                      b = sample::write(dir.file("b.h5"), 13, Status::complete, 1);
    const auto found = first_difference(a, b);
    REQUIRE(found);
    CHECK(found->text() == "/worth [colour=red] at 2015-01-30: 9007199254740993 against 9007199254740994");
    const auto write = [&](const std::string& name, int amount, std::int64_t seed) {
        Recorder r(dir.file(name), {}, {}, "360_day", "2015-01-01", {{"seed", seed}});
        Panel& panel = r.add_panel("p", {{.name = "amount"}});
        for (int i = 0; i < 10; ++i) panel.row(i == 7 ? amount : i);
        return r.finish();
    };
    const std::string left = write("c.h5", 7, 1);
    CHECK(first_difference(left, write("d.h5", 8, 1))->text() == "/p/amount at row 7: 7 against 8");
    CHECK(first_difference(left, write("e.h5", 7, 2))->text() == "attribute seed: 1 against 2");
    CHECK(!first_difference(left, dir.file("e.h5"), false));
}
