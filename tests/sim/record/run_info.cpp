#include "sim/record/run_info.hpp"

#include "scratch.hpp"
#include "sim/base/io_error.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

using namespace sim::record;

TEST_CASE("the run info stands beside the result as JSON in the order given")
{
    const Scratch dir;
    write_run_info(dir.file("x.h5"),
                   {{"b", std::string("\"text\"")}, {"a", std::int64_t{1} << 60}, {"c", 0.5}, {"d", true}});
    std::ostringstream text;
    text << std::ifstream(dir.file("x.run.json")).rdbuf();
    CHECK(text.str() ==
          "{\n  \"b\": \"\\\"text\\\"\",\n  \"a\": 1152921504606846976,\n  \"c\": 0.5,\n  \"d\": true\n}\n");
    CHECK(!std::filesystem::exists(dir.file("x.run.json.partial")));
    CHECK_THROWS_AS(write_run_info(dir.file("none/x.h5"), {}), sim::IoError);
}

TEST_CASE("the facts about the machine include its memory and compiler")
{
    bool has_memory = false;
    for (const auto& [name, value] : machine_facts())
        has_memory |= name == "peak_memory_mb" && std::get<double>(value) > 1;
    CHECK(has_memory);
}
