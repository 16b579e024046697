#include <doctest/doctest.h>

#include <optional>

#include "bench.hpp"
#include "sim/base/sha256.hpp"
#include "sim/scenario/csv_table.hpp"
#include "sim/scenario/read_once.hpp"

using namespace sim;
using namespace sim::scenario;

namespace {

const CsvShape names{{"name"}, {}, false};
const CsvShape unique_names{{"name"}, {"name"}, false};
constexpr std::size_t any_size = std::size_t{1} << 20;

std::string first_name(const std::string& path)
{
    Errors errors;
    const CsvTable table = CsvTable::read(path, names, errors);
    CHECK_MESSAGE(errors.empty(), errors.report());
    return std::string(table.text(0, "name"));
}

std::string report_of(const std::string& path, const CsvShape& asked)
{
    Errors errors;
    CsvTable::read(path, asked, errors);
    return errors.report();
}

} // namespace

TEST_CASE("a file that changes is seen as it was when it was first read, until the last reader is done")
{
    const test::Folder folder;
    const std::string path = folder.write("t.csv", "name\nold\n");
    std::optional<ReadOnce> all(std::in_place);
    CHECK(first_name(path) == "old");
    const std::string digest = ReadOnce::digest(path, any_size);
    folder.write("t.csv", "name\nnew\n");
    CHECK(first_name(path) == "old");
    CHECK(ReadOnce::digest(path, any_size) == digest);
    {
        const ReadOnce later;
        CHECK(first_name(path) == "new");
    }
    CHECK(first_name(path) == "old");
    all.reset();
    CHECK(first_name(path) == "new");
    CHECK(ReadOnce::digest(path, any_size) == sha256("name\nnew\n"));
}

TEST_CASE("tables of equal names in two folders are two tables")
{
    const test::Folder folder;
    const std::string first = folder.write("a/t.csv", "name\nanna\n");
    const std::string second = folder.write("b/t.csv", "name\nberta\n");
    const ReadOnce all;
    for (int i = 0; i < 2; ++i) {
        CHECK(first_name(first) == "anna");
        CHECK(first_name(second) == "berta");
    }
    CHECK(ReadOnce::digest(first, any_size) != ReadOnce::digest(second, any_size));
}

TEST_CASE("one table that two readers ask different things of is checked for both, and each reader is told its errors")
{
    const test::Folder folder;
    const std::string path = folder.write("t.csv", "name\nanna\nanna\n");
    const ReadOnce all;
    CHECK(first_name(path) == "anna");
    for (int i = 0; i < 2; ++i)
        CHECK(report_of(path, unique_names).find(":3:1: error: the row 'anna' is given twice") != std::string::npos);
    CHECK(report_of(path, names).empty());
}

TEST_CASE("what is wrong with a cell is told to the reader who asks for it")
{
    const test::Folder folder;
    const std::string path = folder.write("t.csv", "name\nanna\n");
    const ReadOnce all;
    for (int i = 0; i < 2; ++i) {
        Errors errors;
        const CsvTable table = CsvTable::read(path, names, errors);
        table.number(0, "name");
        CHECK(errors.report().find("t.csv:2:1: error: name 'anna' is not a finite number") != std::string::npos);
    }
}

TEST_CASE("a file that cannot be read fails each time, and is read when it is there")
{
    const test::Folder folder;
    const std::string path = (folder.path() / "t.csv").string();
    const ReadOnce all;
    for (int i = 0; i < 2; ++i) {
        CHECK(report_of(path, names).find("there is no such file") != std::string::npos);
        CHECK_THROWS(ReadOnce::digest(path, any_size));
    }
    folder.write("t.csv", "name\nanna\n");
    CHECK(first_name(path) == "anna");
    CHECK(ReadOnce::digest(path, any_size).size() == 64);
}
