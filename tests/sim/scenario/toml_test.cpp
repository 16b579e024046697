#include <doctest/doctest.h>

#include "sim/scenario/json.hpp"
#include "sim/scenario/toml.hpp"

using namespace sim;
using namespace sim::scenario;

namespace {

Node parsed(const std::string& text)
{
    Errors errors;
    auto node = parse_toml(std::make_shared<const Source>(Source{"t.toml", text}), errors);
    CHECK_MESSAGE(errors.empty(), errors.report());
    REQUIRE(node);
    return *node;
}

} // namespace

TEST_CASE("every node knows the line and column it was written at")
{
    const Node root = parsed("[a]\nb = 1\n  c = \"x\"\n");
    const Node* c = root.find("a")->find("c");
    CHECK(c->key_where.text() == "t.toml:3:3");
    CHECK(c->where.text() == "t.toml:3:7");
    CHECK(*c->as<std::string>() == "x");
}

TEST_CASE("what is written as TOML reads back as the same tree")
{
    const std::string text = "empty = []\nflag = true\nn = -3\nquote = \"a\\\"b\\\\c\\n\\u0001\"\nwhen = 2015-01-31\nx "
                             "= 0.1\ny = 1e+30\nz = 1.0\n"
                             "\n[a]\nsteps = [{from = 2015-01-01, v = 1.0}]\n\n[a.b]\nc = 5e-324\n"
                             "\n[[list]]\nid = \"p\"\n\n[list.sources]\nv = \"book\"\n\n[[list]]\nid = \"q\"\n";
    CHECK(write_toml(parsed(text)) == text);
}

TEST_CASE("numbers are written in the shortest form that reads back exactly")
{
    CHECK(write_number(0.1) == "0.1");
    CHECK(write_number(1.0) == "1.0");
    CHECK(write_number(1e300) == "1e+300");
    CHECK(write_number(1.0 / 3.0) == "0.3333333333333333");
    CHECK(json_number(2.0) == "2.0");
    CHECK(json_number(std::numeric_limits<double>::quiet_NaN()) == "null");
}

TEST_CASE("JSON text is escaped, and broken UTF-8 replaced")
{
    CHECK(json_text("a\"b\\c\n\x01墙") == "\"a\\\"b\\\\c\\n\\u0001墙\"");
    CHECK(json_text("a\xff") == "\"a\xef\xbf\xbd\"");
}
