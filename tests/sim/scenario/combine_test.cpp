#include <doctest/doctest.h>

#include "bench.hpp"
#include "sim/scenario/combine.hpp"

using namespace sim;
using namespace sim::scenario;
using sim::scenario::test::Folder;

namespace {

struct Storm {
    std::string id;
    double size = 0.0;
};

struct Tax {
    std::string id;
    double rate = 0.0;
};

/// A table with a key of each form.
struct Farm {
    RunSettings run;
    double area = 0.0, slope = 0.0;
    std::vector<double> yields;
    Dated rain;
    std::vector<Storm> storms;
    std::vector<Tax> taxes;
    KeyTable table;

    Farm()
    {
        bind_run_settings(table, run);
        table.number(area, "farm.area", 1.0, Range::any(), "1", "Area.", "measured");
        table.number(slope, "farm.slope", 0.0, Range::any(), "1", "Slope.");
        table.numbers(yields, "farm.yields", {}, Range::any(), "1", "Yields.");
        table.series(rain, "farm.rain", "mm", 10.0, Range::any(), "mm", "Rain.");
        table.list<Storm>(storms, "storm", "A storm.", [](KeyTable& t, Storm& storm) {
            t.number(storm.size, "size", 1.0, Range::any(), "1", "Size.");
        });
        table.named<Tax>(taxes, "tax", "A tax.",
                         [](KeyTable& t, Tax& tax) { t.number(tax.rate, "rate", 0.1, Range::share(), "1", "Rate."); });
    }

    Loaded read(const std::string& text)
    {
        Errors errors;
        const Folder folder;
        Loaded loaded = load_text("farm", text, folder.path(), {}, table, errors);
        REQUIRE_MESSAGE(errors.empty(), errors.report());
        return loaded;
    }
};

Combination together(const std::string& base, const std::vector<std::string>& changes)
{
    Farm farm;
    const Loaded of_base = farm.read(base);
    std::vector<Loaded> loaded;
    for (const std::string& change : changes) loaded.push_back(farm.read(change));
    std::vector<const Loaded*> all;
    for (const Loaded& change : loaded) all.push_back(&change);
    return combine(of_base, all, farm.table);
}

const std::string hail = "[[storm]]\nid = \"hail\"\nsize = 2.0\n";
const std::string snow = "[[storm]]\nid = \"snow\"\nsize = 3.0\n";

} // namespace

TEST_CASE("changes of several scenarios are put together, whatever their form")
{
    const auto all =
        together("[farm]\narea = 2.0\n" + hail,
                 {"[farm]\narea = 5.0\n" + hail + snow + "[tax.land]\nrate = 0.2\n",
                  "[farm]\narea = 2.0\nslope = 1.0\nyields = [1.0]\n[[storm]]\nid = \"hail\"\nsize = 9.0\n",
                  "[farm]\narea = 2.0\nrain = [{from = 2016-01-01, mm = 4.0}]\n" + hail + "[tax.corn]\n"});
    CHECK(all.conflicts.empty());
    Farm farm;
    farm.read(all.text);
    CHECK(farm.area == 5);
    CHECK(farm.slope == 1);
    CHECK(farm.yields == std::vector<double>{1});
    CHECK(farm.rain.at({2016, 1, 1}) == 4);
    REQUIRE(farm.storms.size() == 2);
    CHECK(farm.storms[0].id == "hail"); // the base's order, then that of the scenarios
    CHECK(farm.storms[0].size == 9);
    CHECK(farm.storms[1].size == 3);
    REQUIRE(farm.taxes.size() == 2);
    CHECK(farm.taxes[1].rate == 0.2);
}

TEST_CASE("one change alone is that scenario, and none is the base")
{
    const std::string base = "[farm]\narea = 2.0\n" + hail, change = "[farm]\narea = 3.0\n" + snow;
    Farm farm;
    CHECK(together(base, {}).text == farm.read(base).text);
    CHECK(together(base, {change}).text == farm.read(change).text);       // hail is gone: it takes an item away
    CHECK(together(base, {change, base}).text == farm.read(change).text); // and the base changes nothing
    CHECK(together(base, {change, change}).text == farm.read(change).text);
}

TEST_CASE("names that differ are no conflict")
{
    const auto all = together("[run]\nname = \"base\"\n", {"[run]\nname = \"a\"\n", "[run]\nname = \"b\"\n"});
    CHECK(all.conflicts.empty());
    Farm farm;
    farm.read(all.text);
    CHECK(farm.run.name == "base");
}

TEST_CASE("keys that two scenarios change in different ways are named, each once")
{
    CHECK(together("", {"[farm]\narea = 3.0\n", "[farm]\narea = 4.0\n", "[farm]\narea = 5.0\n"}).conflicts ==
          std::vector<std::string>{"farm.area"});
    CHECK(together("", {hail, "[[storm]]\nid = \"hail\"\nsize = 4.0\n"}).conflicts ==
          std::vector<std::string>{"storm.hail.size"});
    CHECK(together("", {"[farm]\nyields = [1.0]\n", "[farm]\nyields = [1.0, 2.0]\n"}).conflicts ==
          std::vector<std::string>{"farm.yields"});
    CHECK(together(hail + snow, {snow, "[[storm]]\nid = \"hail\"\nsize = 4.0\n" + snow}).conflicts ==
          std::vector<std::string>{"storm.hail"}); // one takes away what the other changes
}
