#include <doctest/doctest.h>

#include "bench.hpp"

using namespace sim;
using namespace sim::scenario;
using sim::scenario::test::Folder;
using sim::scenario::test::Garden;

TEST_CASE("a scenario wins over what it extends, and later bases over earlier ones")
{
    const Folder folder;
    folder.write("a.toml", "[garden]\ntrees = 1\narea = 10.0\nnote = \"a\"\n");
    folder.write("b.toml", "[garden]\ntrees = 2\narea = 20.0\n");
    Garden garden;
    const Loaded loaded =
        garden.load(folder.write("c.toml", "extends = [\"a.toml\", \"b.toml\"]\n[garden]\ntrees = 3\n"));
    CHECK_MESSAGE(garden.errors.empty(), garden.errors.report());
    CHECK(garden.trees == 3);
    CHECK(garden.area == 20.0);
    CHECK(garden.note == "a");
    CHECK(loaded.origin("garden.trees") == (folder.path() / "c.toml").string() + ":3:9");
    CHECK(loaded.origin("garden.area") == (folder.path() / "b.toml").string() + ":3:8");
    CHECK(loaded.origin("garden.fence") == "default");
}

TEST_CASE("arrays are replaced, arrays of tables merge by id in the order of the base")
{
    const Folder folder;
    folder.write("a.toml", "[garden]\nbeds = [1.0, 2.0, 3.0]\n[[storm]]\nid = \"x\"\nsize = 1.0\nuntil = "
                           "2016-01-01\n[[storm]]\nid = \"y\"\n");
    Garden garden;
    garden.load(folder.write(
        "b.toml",
        "extends = \"a.toml\"\n[garden]\nbeds = [9.0]\n[[storm]]\nid = \"z\"\n[[storm]]\nid = \"x\"\nsize = 5.0\n"));
    CHECK_MESSAGE(garden.errors.empty(), garden.errors.report());
    CHECK(garden.beds == std::vector<double>{9.0});
    REQUIRE(garden.storms.size() == 3);
    CHECK(garden.storms[0].id == "x");
    CHECK(garden.storms[0].size == 5.0);
    CHECK(garden.storms[0].until == Date{2016, 1, 1});
    CHECK(garden.storms[1].id == "y");
    CHECK(garden.storms[2].id == "z");
}

TEST_CASE("named tables merge by their name, and come sorted")
{
    const Folder folder;
    folder.write("a.toml", "[tool.b]\nkind = \"spade\"\nlength = 2.0\n[tool.a]\nkind = \"can\"\n");
    Garden garden;
    garden.load(folder.write("b.toml", "extends = \"a.toml\"\n[tool.b]\nweight = 3.0\n"));
    CHECK_MESSAGE(garden.errors.empty(), garden.errors.report());
    REQUIRE(garden.tools.size() == 2);
    CHECK(garden.tools[0].id == "a");
    CHECK(garden.tools[1].kind == "spade");
    CHECK(garden.tools[1].length == 2.0);
    CHECK(garden.tools[1].weight == 3.0);
}

TEST_CASE("a base is looked for from the file that names it")
{
    const Folder folder;
    folder.write("data/keep", "");
    folder.write("deep/a.toml", "extends = \"../b.toml\"\n[garden]\ntrees = 1\n");
    folder.write("b.toml", "[garden]\narea = 5.0\n");
    Garden garden;
    garden.load(folder.write("c.toml", "extends = \"deep/a.toml\"\n"));
    CHECK_MESSAGE(garden.errors.empty(), garden.errors.report());
    CHECK(garden.area == 5.0);
}

TEST_CASE("without a folder `data` above it, the root is the scenario's own folder")
{
    const Folder folder;
    folder.write("b.toml", "[garden]\narea = 5.0\n");
    Garden garden;
    garden.load(folder.write("deep/c.toml", "extends = \"../b.toml\"\n"));
    CHECK(garden.errors.report().find("leads out of the scenario root") != std::string::npos);
}

TEST_CASE("a shipped scenario is found from anywhere, and reads its own files only")
{
    const Folder shipped;
    const Folder mine;
    shipped.write("land.toml", "[garden]\nmap = \"maps/m.txt\"\n");
    shipped.write("maps/m.txt", "a map");
    Garden garden;
    LoadOptions options;
    options.shipped = shipped.path();
    options.scheme = "park";
    const Loaded loaded = load(mine.write("s.toml", "extends = \"park:land\"\n"), options, garden.table, garden.errors);
    CHECK_MESSAGE(garden.errors.empty(), garden.errors.report());
    CHECK(garden.map == (shipped.path() / "maps/m.txt").string());
    CHECK(loaded.text.find("map = \"park:maps/m.txt\"") != std::string::npos);
    REQUIRE(loaded.files.size() == 3);
    CHECK(loaded.files[0].name == "s.toml");
    CHECK(loaded.files[1].name == "park:land.toml");
    CHECK(loaded.files[2].name == "park:maps/m.txt");
}
