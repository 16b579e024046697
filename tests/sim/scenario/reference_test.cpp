#include <doctest/doctest.h>

#include "bench.hpp"
#include "sim/scenario/describe.hpp"
#include "sim/scenario/reference.hpp"

using namespace sim;
using namespace sim::scenario;
using sim::scenario::test::Folder;
using sim::scenario::test::Garden;

TEST_CASE("a key is explained with its type, range, unit, default and source")
{
    const Garden garden;
    const auto text = explain(garden.table, "garden.area");
    REQUIRE(text);
    CHECK(text->find("number above 0, in m2, default 100.0") != std::string::npos);
    CHECK(text->find("source of the default: land register") != std::string::npos);
}

TEST_CASE("keys are found by their path, with the name of an item in it or not, and by their last part")
{
    const Garden garden;
    for (const char* name : {"tool.NAME.length", "tool.mine.length", "tool.length", "length"}) {
        const auto text = explain(garden.table, name);
        REQUIRE(text);
        CHECK(text->find("of kind: spade") != std::string::npos);
    }
    CHECK(explain(garden.table, "storm.size"));
    CHECK(explain(garden.table, "spade")->find("tool.NAME.length") != std::string::npos);
    CHECK(explain(garden.table, "garden")->find("garden.trees") != std::string::npos);
    CHECK_FALSE(explain(garden.table, "nothing"));
}

TEST_CASE("a key that all kinds share is described once")
{
    const Garden garden;
    int weights = 0;
    for (const Description& d : describe(garden.table)) weights += d.path == "tool.NAME.weight" ? 1 : 0;
    CHECK(weights == 1);
}

TEST_CASE("the reference page has a line for every key")
{
    const Garden garden;
    const std::string page = reference_page(garden.table, "park");
    for (const Description& d : describe(garden.table))
        CHECK(page.find("| `" + d.path.substr(d.path.rfind('.') + 1) + "` |") != std::string::npos);
}

TEST_CASE("a starter is a valid scenario that changes nothing but the name")
{
    const Folder folder;
    Garden garden;
    garden.load(folder.write("s.toml", starter(garden.table, "mine", "")));
    CHECK_MESSAGE(garden.errors.empty(), garden.errors.report());
    CHECK(garden.run.name == "mine");
    CHECK(garden.area == 100.0);
}

TEST_CASE("a starter is still valid with the comment sign of every default taken away")
{
    const Folder folder;
    Garden garden;
    std::string text = starter(garden.table, "mine", "");
    text.resize(text.find("\n# A storm."));
    std::string open;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at) == std::string::npos ? text.size() : text.find('\n', at);
        std::string line = text.substr(at, end - at);
        const bool is_key = line.starts_with("# ") && line.find(" = ") != std::string::npos && !line.ends_with("...") &&
                            !line.starts_with("# extends");
        open += (is_key ? line.substr(2) : line) + "\n";
        at = end + 1;
    }
    garden.load(folder.write("s.toml", open));
    CHECK_MESSAGE(garden.errors.empty(), garden.errors.report());
}
