#include <doctest/doctest.h>

#include "bench.hpp"

using namespace sim;
using namespace sim::scenario;
using sim::scenario::test::Folder;
using sim::scenario::test::Garden;

namespace {

const char* const everything = R"(
[run]
name = "all"
seed = 9
[garden]
area = 12
slope = 0.25
trees = 7
fence = false
soil = "clay"
note = "a \"note\""
map = "maps/m.txt"
plans = "maps"
planted = 2016-02-29
sold = 2020-01-01
beds = [3, 4.5]
herbs = ["sage", "thyme"]
water = [{from = 2015-01-01, litres = 5}, {from = 2016-01-01, litres = 7.5}]
[garden.sources]
area = "measured"
[[storm]]
id = "x"
size = -2
[tool.b]
kind = "spade"
length = 2
)";

} // namespace

TEST_CASE("variables have their defaults as soon as they are bound")
{
    const Garden garden;
    CHECK(garden.area == 100.0);
    CHECK(garden.run.seed == 1);
    CHECK(garden.soil == "loam");
    CHECK(garden.herbs == std::vector<std::string>{"mint"});
    CHECK(garden.water.at({2015, 1, 1}) == 10.0);
    CHECK_FALSE(garden.sold);
}

TEST_CASE("every type of key reaches its variable")
{
    const Folder folder;
    folder.write("maps/m.txt", "a map");
    Garden garden;
    const Loaded loaded = garden.load(folder.write("s.toml", everything));
    REQUIRE_MESSAGE(garden.errors.empty(), garden.errors.report());
    CHECK(garden.area == 12.0);
    CHECK(garden.slope == 0.25);
    CHECK(garden.trees == 7);
    CHECK_FALSE(garden.fence);
    CHECK(garden.soil == "clay");
    CHECK(garden.note == "a \"note\"");
    CHECK(garden.map == (folder.path() / "maps/m.txt").string());
    CHECK(garden.planted == Date{2016, 2, 29});
    CHECK(garden.sold == Date{2020, 1, 1});
    CHECK(garden.beds == std::vector<double>{3.0, 4.5});
    CHECK(garden.water.at({2015, 12, 31}) == 5.0);
    CHECK(garden.water.at({2016, 1, 1}) == 7.5);
    CHECK(garden.water.at({2014, 12, 31}) == 10.0); // the default, before the first date
    CHECK(garden.storms.at(0).size == -2.0);
    CHECK(garden.tools.at(0).length == 2.0);
    CHECK(loaded.sources.at("garden.area") == "measured");
    CHECK(loaded.files.size() == 2);
}

TEST_CASE("the resolved text gives the same values and the same text when it is loaded")
{
    const Folder folder;
    folder.write("maps/m.txt", "a map");
    Garden first;
    const Loaded loaded = first.load(folder.write("s.toml", everything));
    Garden second;
    const Loaded again = load_text("result.h5", loaded.text, folder.path(), {}, second.table, second.errors);
    REQUIRE_MESSAGE(second.errors.empty(), second.errors.report());
    CHECK(again.text == loaded.text);
    CHECK(again.sha256 == loaded.sha256);
    CHECK(second.map == (folder.path() / "maps/m.txt").string());
    CHECK(second.water.at({2016, 1, 1}) == 7.5);
    CHECK(second.tools.at(0).kind == "spade");
    CHECK(again.sources.at("garden.area") == "measured");
}

TEST_CASE("a second load starts from the defaults, not from the first")
{
    const Folder folder;
    Garden garden;
    garden.load(folder.write("a.toml", "[garden]\ntrees = 9\nslope = 0.5\n[[storm]]\nid = \"x\"\n"));
    garden.load(folder.write("b.toml", "[garden]\narea = 1.0\n"));
    CHECK(garden.trees == 4);
    CHECK_FALSE(garden.slope);
    CHECK(garden.storms.empty());
}

TEST_CASE("overrides win, the last one of a key too, and say where they come from")
{
    const Folder folder;
    Garden garden;
    const std::string file = folder.write("s.toml", "[garden]\ntrees = 2\n[[storm]]\nid = \"x\"\n");
    const Loaded loaded = garden.load(file, {"garden.trees=5", "garden.trees=6", "storm.x.size=3", "garden.soil=sand",
                                             "run.calendar=360_day", "tool.t={kind = \"can\"}", "garden.water=3.5",
                                             "garden.note=\"two words\""});
    REQUIRE_MESSAGE(garden.errors.empty(), garden.errors.report());
    CHECK(garden.trees == 6);
    CHECK(garden.storms.at(0).size == 3.0);
    CHECK(garden.soil == "sand");
    CHECK(garden.run.calendar().kind() == Calendar::Kind::day_360);
    CHECK(garden.tools.at(0).id == "t");
    CHECK(garden.water.at({2015, 1, 1}) == 3.5);
    CHECK(garden.note == "two words");
    CHECK(loaded.origin("garden.trees") == "--set:2:14");
    CHECK(loaded.origin("storm.x.size") == "--set:3:14");
}

TEST_CASE("a source belongs to the value it was written with, not to one that replaces it")
{
    const Folder folder;
    folder.write("base.toml",
                 "[garden]\narea = 5.0\ntrees = 3\n[garden.sources]\narea = \"old map\"\ntrees = \"counted\"\n");
    Garden garden;
    const Loaded loaded = garden.load(folder.write("s.toml", "extends = \"base.toml\"\n[garden]\narea = 6.0\n"));
    REQUIRE_MESSAGE(garden.errors.empty(), garden.errors.report());
    CHECK(loaded.sources.count("garden.area") == 0);
    CHECK(loaded.sources.at("garden.trees") == "counted");
    Garden untouched;
    CHECK(untouched.load(folder.write("e.toml", "")).sources.at("garden.area") ==
          "land register"); // that of the default
}

TEST_CASE("a key that was not given is reported at the table around it, or at the file")
{
    const Folder folder;
    Garden garden;
    const std::string file = folder.write("s.toml", "[garden]\ntrees = 2\n");
    const Loaded loaded = garden.load(file);
    CHECK(loaded.where("garden.trees").text() == file + ":2:9");
    CHECK(loaded.where("garden.area").text() == file + ":1:2");
    CHECK(loaded.where("storm.x.size").text() == file);
    CHECK(loaded.given("garden.trees"));
    CHECK_FALSE(loaded.given("garden.area"));
}

TEST_CASE("a required key that is missing is an error")
{
    const Folder folder;
    double depth = 0.0;
    KeyTable table;
    table.number(depth, "pond.depth", 1.0, Range::above(0.0), "m", "Depth of the pond.").required();
    Errors errors;
    load(folder.write("s.toml", ""), {}, table, errors);
    CHECK(errors.report().find("pond.depth is missing") != std::string::npos);
}

TEST_CASE("a table of keys refuses mistakes of its own")
{
    double x = 0.0;
    std::string word;
    KeyTable table;
    table.number(x, "a.x", 1.0, Range::share(), "1", "X.");
    CHECK_THROWS_AS(table.number(x, "a.x", 1.0, Range::share(), "1", "X."), std::logic_error);
    CHECK_THROWS_AS(table.number(x, "a.y", 2.0, Range::share(), "1", "Y."), std::logic_error);
    CHECK_THROWS_AS(table.choice(word, "a.z", "c", {"a", "b"}, "Z."), std::logic_error);
}

TEST_CASE("ranges say what they hold")
{
    CHECK(Range{0, 1}.text() == "[0, 1]");
    CHECK(Range::above(0, 1).text() == "(0, 1]");
    CHECK(Range::below(0, 10).text() == "[0, 10)");
    CHECK(Range::at_least(2).text() == "at least 2");
    CHECK(Range::any().text().empty());
    CHECK_FALSE(Range::above(0).contains(0.0));
    CHECK(Range::share().contains(1.0));
}

TEST_CASE("the number of windows of a run is that of its days, the end left out")
{
    RunSettings run;
    KeyTable table;
    bind_run_settings(table, run);
    CHECK(run.windows() == 4018); // 2015-01-01 to 2026-01-01
    CHECK(run.calendar().month_index(run.windows()) == 132);
    run.calendar_name = "360_day";
    CHECK(run.windows() == 11 * 360);
}

TEST_CASE("a source may name a key of an item by its path, and moves with it into the resolved text")
{
    const Folder folder;
    const std::string text = "[[storm]]\nid = \"x\"\nsize = -2\n[tool.b]\nkind = \"can\"\n"
                             "[sources]\n\"storm.x.size\" = \"weather service\"\n\"tool.b.weight\" = \"scales\"\n";
    Garden first;
    const Loaded loaded = first.load(folder.write("s.toml", text));
    REQUIRE_MESSAGE(first.errors.empty(), first.errors.report());
    CHECK(loaded.sources.at("storm.x.size") == "weather service");
    CHECK(loaded.sources.at("tool.b.weight") == "scales"); // of a default

    Garden second;
    const Loaded again = load_text("result.h5", loaded.text, folder.path(), {}, second.table, second.errors);
    REQUIRE_MESSAGE(second.errors.empty(), second.errors.report());
    CHECK(again.text == loaded.text);
    CHECK(again.sources.at("storm.x.size") == "weather service");

    Garden third;
    folder.write("over.toml", "extends = \"s.toml\"\n[[storm]]\nid = \"x\"\nsize = -3\n");
    const Loaded over = third.load((folder.path() / "over.toml").string());
    REQUIRE_MESSAGE(third.errors.empty(), third.errors.report());
    CHECK(over.sources.count("storm.x.size") == 0); // the note was on another value
}

TEST_CASE("a source that names no item, or no key of it, is an error")
{
    const Folder folder;
    Garden garden;
    const std::string items = "[[storm]]\nid = \"x\"\nsize = -2\n[sources]\n";
    garden.load(folder.write(
        "s.toml", items + "\"storm.y.size\" = \"a\"\n\"storm.x.sise\" = \"b\"\n\"tool.b.weight\" = \"c\"\n"));
    const std::string report = garden.errors.report();
    CHECK(garden.errors.count() == 3);
    CHECK(report.find("s.toml:5:1: error: sources names storm.y.size, but storm has no item 'y'") != std::string::npos);
    CHECK(report.find("s.toml:6:1: error: sources names storm.x.sise, which is not a known key") != std::string::npos);
    CHECK(report.find("did you mean 'size'") != std::string::npos);
    CHECK(report.find("s.toml:7:1: error: sources names tool.b.weight, but tool has no item 'b'") != std::string::npos);
}
