#include <doctest/doctest.h>

#include "bench.hpp"
#include "sim/scenario/past.hpp"

using namespace sim;
using namespace sim::scenario;
using sim::scenario::test::Folder;

namespace {

struct PastStorm {
    std::string id, kind;
    Date from, to;
    double size = 0.0;
    std::string note;
};

/// A table with keys of every kind of effect.
struct PastFarm {
    RunSettings run;
    double area = 0.0;
    std::string field;
    Dated rain;
    std::vector<PastStorm> storms;
    KeyTable table;

    PastFarm()
    {
        bind_run_settings(table, run);
        table.number(area, "farm.area", 1.0, Range::any(), "1", "Area.");
        table.folder(field, "farm.field", "", "Tables.");
        table.series(rain, "farm.rain", "mm", 10.0, Range::any(), "mm", "Rain.");
        table.list<PastStorm>(storms, "storm", "A storm.",
                              [](KeyTable& t, PastStorm& storm) {
                                  t.date(storm.from, "from", {2015, 1, 1}, "First day.").required().begins();
                                  t.date(storm.to, "to", {2015, 1, 1}, "First day after it.").required().ends();
                                  t.number(storm.size, "size", 1.0, Range::any(), "1", "Size.");
                                  t.text(storm.note, "note", "", "Anything.").label();
                              },
                              {"hail", "snow"});
    }
};

const std::string june = "[[storm]]\nid = \"june\"\nkind = \"hail\"\nfrom = 2016-06-01\nto = 2016-07-01\n";
const std::string july = "[[storm]]\nid = \"july\"\nkind = \"hail\"\nfrom = 2016-07-01\nto = 2016-08-01\n";

Loaded read(const std::string& file, PastFarm& farm)
{
    Errors errors;
    Loaded loaded = load(file, {}, farm.table, errors);
    REQUIRE_MESSAGE(errors.empty(), errors.report());
    return loaded;
}

Divergence compare(const std::string& a, const std::string& b)
{
    const Folder folder;
    PastFarm one, two;
    const Loaded of_a = read(folder.write("a.toml", a), one), of_b = read(folder.write("b.toml", b), two);
    const Divergence there = first_divergence(of_a, of_b, two.table), back = first_divergence(of_b, of_a, one.table);
    CHECK(there.is_equal == back.is_equal);
    CHECK(there.from == back.from);
    CHECK(there.key == back.key);
    return there;
}

void check_dated(const Divergence& d, Date from, const std::string& key)
{
    CHECK(!d.is_equal);
    CHECK(!d.is_undated());
    CHECK(d.from == from);
    CHECK(d.key == key);
}

void check_undated(const Divergence& d, const std::string& key)
{
    CHECK(d.is_undated());
    CHECK(d.key == key);
}

std::string with(std::string text, const std::string& old, const std::string& now)
{
    return text.replace(text.find(old), old.size(), now);
}

} // namespace

TEST_CASE("equal scenarios, other labels and defaults written out are no difference")
{
    CHECK(compare(june, june).is_equal);
    CHECK(compare("[run]\nname = \"a\"\ntitle = \"A\"\n", "[run]\nname = \"b\"\n").is_equal);
    CHECK(compare("", "[farm]\narea = 1.0\nrain = 10.0\n").is_equal);
    CHECK(compare(june, june + "note = \"heavy\"\n").is_equal);
}

TEST_CASE("a key without a date counts from the first day, and before all dates")
{
    check_undated(compare("", "[farm]\narea = 2.0\n"), "farm.area");
    check_undated(compare("[run]\nseed = 2\n", june), "run.seed");
    check_undated(compare("[run]\nstart = 2014-01-01\n", ""), "run.start");
}

TEST_CASE("an end counts from the earlier end")
{
    check_dated(compare("[run]\nend = 2020-01-01\n", "[run]\nend = 2018-01-01\n"), {2018, 1, 1}, "run.end");
    check_dated(compare(june, with(june, "2016-07-01", "2016-06-20")), {2016, 6, 20}, "storm.june.to");
}

TEST_CASE("an item counts from its beginning")
{
    check_dated(compare("", june), {2016, 6, 1}, "storm.june");
    check_dated(compare(june, june + july), {2016, 7, 1}, "storm.july");
    check_dated(compare(june, june + "size = 2.0\n"), {2016, 6, 1}, "storm.june.size");
    check_dated(compare(june, with(june, "hail", "snow")), {2016, 6, 1}, "storm.june.kind");
    check_dated(compare(june, with(june, "2016-06-01", "2016-05-01")), {2016, 5, 1}, "storm.june.from");
}

TEST_CASE("the earliest difference counts")
{
    check_dated(compare(july + "size = 2.0\n" + june, july + june + "size = 3.0\n"), {2016, 6, 1}, "storm.june.size");
}

TEST_CASE("the order of items that both have counts, from the first of them on")
{
    const Divergence d = compare(june + july, july + june);
    CHECK(d.from == Date{2016, 6, 1});
}

TEST_CASE("a dated series counts from its first different step")
{
    const std::string early = "[farm]\nrain = [{from = 2016-01-01, mm = 1.0}, {from = 2017-01-01, mm = 2.0}]\n";
    check_dated(compare(early, with(early, "2.0", "3.0")), {2017, 1, 1}, "farm.rain");
    check_dated(compare("", early), {2016, 1, 1}, "farm.rain");
    check_dated(compare(early, with(early, "2017-01-01", "2016-07-01")), {2016, 7, 1}, "farm.rain");
    CHECK(compare("", "[farm]\nrain = [{from = 2016-01-01, mm = 10.0}]\n").is_equal);
    check_undated(compare("", "[farm]\nrain = 11.0\n"), "farm.rain");
}

TEST_CASE("a data file that differs is named, and where equal files lie does not matter")
{
    const Folder one, two;
    for (const Folder* folder : {&one, &two}) {
        folder->write("data/a/x.csv", "1\n");
        folder->write("data/b/x.csv", folder == &one ? "1\n" : "2\n");
        folder->write("a.toml", "[farm]\nfield = \"data/a\"\n");
        folder->write("b.toml", "[farm]\nfield = \"data/b\"\n");
    }
    const auto between = [](const std::filesystem::path& a, const std::filesystem::path& b) {
        PastFarm first, second;
        const Loaded of_a = read(a.string(), first), of_b = read(b.string(), second);
        return first_divergence(of_a, of_b, second.table);
    };
    CHECK(between(one.path() / "a.toml", two.path() / "a.toml").is_equal);
    CHECK(between(one.path() / "a.toml", one.path() / "b.toml").is_equal);
    const Divergence d = between(one.path() / "b.toml", two.path() / "b.toml");
    CHECK(d.is_file);
    check_undated(d, "data/b/x.csv");
}

TEST_CASE("values are shown as they are written")
{
    const Folder folder;
    PastFarm farm;
    const Loaded loaded = read(folder.write("a.toml", june + "size = 2.5\n"), farm);
    CHECK(value_text(loaded, "storm.june.size") == "2.5");
    CHECK(value_text(loaded, "storm.june") == "an item");
    CHECK(value_text(loaded, "storm.july") == "nothing");
    CHECK(value_text(loaded, "farm.area") == "1.0");
    CHECK(value_text(loaded, "run.start") == "2015-01-01");
}
