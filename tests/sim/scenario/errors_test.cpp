#include <doctest/doctest.h>

#include "sim/base/errors.hpp"

using sim::Errors;
using sim::Position;
using sim::Source;

namespace {

Position at(const std::string& text, int line, int column)
{
    return {std::make_shared<Source>(Source{"a.toml", text}), line, column};
}

} // namespace

TEST_CASE("a finding shows its place, the line with a caret, and the help")
{
    Errors errors;
    errors.add(at("one\ntwo = 2\n", 2, 7), "{} is wrong", "two").help("write 3");
    CHECK(errors.report() == "a.toml:2:7: error: two is wrong\n    two = 2\n          ^\n  help: write 3\n");
}

TEST_CASE("findings come in the order of their lines, and of their sources")
{
    Errors errors;
    const auto first = at("x\ny\n", 2, 1);
    errors.add(first, "second");
    errors.add({first.source, 1, 1}, "first");
    errors.add(at("z", 1, 1), "third");
    CHECK(errors.sorted()[0].message == "first");
    CHECK(errors.sorted()[2].message == "third");
    CHECK(errors.count() == 3);
}

TEST_CASE("a very long line is shown around the caret only")
{
    Errors errors;
    errors.add(at(std::string(100000, 'x'), 1, 50000), "bad");
    CHECK(errors.report().size() < 400);
    CHECK(errors.report().find("...") != std::string::npos);
}

TEST_CASE("the caret stands under the character, also behind tabs and ideographs")
{
    Errors errors;
    errors.add(at("\t墙 = x", 1, 6), "bad");
    CHECK(errors.report().find("    \t墙 = x\n    \t     ^\n") != std::string::npos);
}

TEST_CASE("only so many findings are kept, and the rest is counted")
{
    Errors errors;
    const auto where = at("x", 1, 1);
    for (std::size_t i = 0; i < Errors::kept + 5; ++i) errors.add(where, "bad").help("no");
    CHECK(errors.sorted().size() == Errors::kept);
    CHECK(errors.report().find("... and 5 more errors") != std::string::npos);
}

TEST_CASE("suggestions find typing errors and cut words, and nothing far away")
{
    const std::vector<std::string> known = {"seed", "scale", "start", "spray_gun"};
    CHECK(sim::closest("sed", known) == "seed");
    CHECK(sim::closest("esed", known) == "seed"); // two letters swapped
    CHECK(sim::closest("Scale", known) == "scale");
    CHECK(sim::closest("spray-gun", known) == "spray_gun");
    CHECK(sim::closest("spray", known) == "spray_gun");
    CHECK(sim::closest("temperature", known).empty());
    CHECK(sim::closest("", known).empty());
    CHECK(sim::suggestion("sed", {"seed", "scale"}, "Keys") == "did you mean 'seed'? Keys: seed, scale");
    CHECK(sim::suggestion("zzz", {}).empty());
}

TEST_CASE("a place without a source is a default")
{
    CHECK(Position{}.text() == "default");
    CHECK(at("x", 0, 0).text() == "a.toml");
    CHECK(at("x", 1, 2).text() == "a.toml:1:2");
}
