#include "sim/report/scenario_rows.hpp"

#include <doctest/doctest.h>

using namespace sim;
using scenario::KeyTable;
using scenario::Node;
using scenario::Range;

namespace {

struct Item {
    std::string id;
    std::string kind;
    double size = 0;
};

/// A model with a number, a list of shocks and policies of two kinds.
struct Keys {
    double rate = 0;
    std::vector<Item> shocks, policies;

    std::vector<scenario::Description> all()
    {
        KeyTable table;
        table.number(rate, "credit.rate", 0.05, Range::share(), "1/year", "Interest.", "central bank");
        table.list<Item>(shocks, "shock", "A shock.", [](KeyTable& t, Item& item) {
            t.number(item.size, "size", 1.0, Range::any(), "1", "Size of the shock.");
        });
        table.named<Item>(policies, "policy", "A policy.",
                          [](KeyTable& t, Item& item) {
                              if (item.kind == "grant")
                                  t.number(item.size, "amount", 2.0, Range::any(), "CNY", "Money.");
                          },
                          {"grant", "tax"});
        return scenario::describe(table);
    }
};

Node row(const Node& rows, const std::string& key)
{
    for (const Node& one : *rows.as<Node::Array>())
        if (one.text_at("key") == key) return one;
    FAIL("no row " << key);
    return {};
}

} // namespace

TEST_CASE("every value of a scenario has a row with its unit, its meaning and its source")
{
    Keys keys;
    const Node rows = report::scenario_rows(R"(
[credit]
rate = 0.05
[[shock]]
id = "oil"
size = -0.3
[policy.chips]
kind = "grant"
amount = 7.0
[policy.chips.sources]
amount = "read: a budget"
[sources]
"shock.oil.size" = "assumed"
)",
                                            keys.all());
    REQUIRE(rows.as<Node::Array>() != nullptr);
    CHECK(rows.as<Node::Array>()->size() == 4); // neither ids nor sources are values
    const Node rate = row(rows, "credit.rate");
    CHECK(*rate.find("is_default")->as<bool>());
    CHECK(rate.text_at("source") == "central bank");
    CHECK(rate.text_at("unit") == "1/year");
    const Node shock = row(rows, "shock.oil.size");
    CHECK(shock.text_at("value") == "-0.3");
    CHECK(shock.text_at("source") == "assumed");
    CHECK(shock.text_at("help") == "Size of the shock.");
    CHECK_FALSE(*shock.find("is_default")->as<bool>());
    CHECK(row(rows, "policy.chips.amount").text_at("source") == "read: a budget");
    CHECK(row(rows, "policy.chips.amount").text_at("unit") == "CNY");
}

TEST_CASE("a key that the program does not know is told without a unit; a text that is no TOML is not told at all")
{
    Keys keys;
    CHECK(row(report::scenario_rows("[old]\nkey = 1\n", keys.all()), "old.key").find("unit") == nullptr);
    CHECK(report::scenario_rows("no = = toml", keys.all()).empty());
}
