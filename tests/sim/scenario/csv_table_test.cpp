#include <doctest/doctest.h>

#include "sim/scenario/csv_table.hpp"

using namespace sim;
using namespace sim::scenario;

namespace {

const CsvShape shape{{"name", "size"}, {"name"}, true};

CsvTable table_of(const std::string& rows, Errors& errors)
{
    return CsvTable::parse("t.csv", "# title: T\n# source: book\n# source: map\n" + rows, shape, errors);
}

} // namespace

TEST_CASE("cells are read with their quotes taken off, and remarks by their key")
{
    Errors errors;
    const CsvTable table = table_of("name,size,when,provenance\r\n\"a, b\",1.5,2015-01-31,read\r\n\r\n\"say "
                                    "\"\"x\"\"\", 7 ,2016-02-29,assumed: guess\r\n",
                                    errors);
    CHECK_MESSAGE(errors.empty(), errors.report());
    REQUIRE(table.rows() == 2);
    CHECK(table.text(0, "name") == "a, b");
    CHECK(table.text(1, "name") == "say \"x\"");
    CHECK(table.number(0, "size") == 1.5);
    CHECK(table.integer(1, "size") == 7);
    CHECK(table.date(1, "when") == Date{2016, 2, 29});
    CHECK(table.remark("source") == "book; map");
    CHECK(table.column("name") == std::vector<std::string>{"a, b", "say \"x\""});
    CHECK(table.where(1, "size").text() == "t.csv:7:13");
}

TEST_CASE("a cell may run over lines, and the lines after it keep their numbers")
{
    Errors errors;
    const CsvTable table = table_of("name,size,provenance\n\"a\nb\",1,read\nc,x,read\n", errors);
    table.number(1, "size");
    CHECK(table.text(0, "name") == "a\nb");
    CHECK(errors.sorted().at(0).where.text() == "t.csv:7:3");
}

TEST_CASE("every bad cell is reported at its place, and the rest still read")
{
    Errors errors;
    const CsvTable table = table_of("name,size,provenance\na,x,read\nb,-1,read\nc,3,read\n", errors);
    CHECK(table.number(0, "size") == 0.0);
    table.number(1, "size", Range::at_least(0.0));
    CHECK(table.number(2, "size") == 3.0);
    CHECK(table.one_of(2, "name", {"a", "b", "c"}, "letter") == 2);
    table.one_of(0, "name", {"aa", "bb"}, "letter");
    REQUIRE(errors.count() == 3);
    CHECK(errors.sorted()[0].where.text() == "t.csv:5:1");
    CHECK(errors.sorted()[0].help_text.find("did you mean 'aa'") != std::string::npos);
    CHECK(errors.sorted()[1].where.text() == "t.csv:5:3");
    CHECK(errors.sorted()[2].where.text() == "t.csv:6:3");
}

TEST_CASE("a table without provenance is taken only where that is said")
{
    Errors errors;
    CsvTable::parse("t.csv", "a\n1\n", {{"a"}, {}, true}, errors);
    CHECK(errors.count() == 2); // the column and the source
    Errors none;
    CHECK(CsvTable::parse("t.csv", "a\n1\n", {{"a"}, {}, false}, none).rows() == 1);
    CHECK(none.empty());
}

TEST_CASE("a file that is missing is an error, not an exception")
{
    Errors errors;
    CHECK(CsvTable::read("/nowhere/t.csv", shape, errors).rows() == 0);
    CHECK(errors.report() == "/nowhere/t.csv: error: the table cannot be read: there is no such file\n");
}
