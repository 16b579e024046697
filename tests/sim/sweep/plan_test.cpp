#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "sim/base/io_error.hpp"
#include "sim/sweep/failures.hpp"
#include "sim/sweep/plan.hpp"
#include "sim/sweep/run_id.hpp"

using namespace sim::sweep;

namespace {

namespace fs = std::filesystem;

class Folder {
public:
    Folder()
    {
        std::string name = (fs::temp_directory_path() / "sweep-plan-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~Folder() { fs::remove_all(path); }
    std::string path;
};

Plan some_plan()
{
    Plan plan;
    plan.name = "some", plan.design = "grid", plan.program = "toy", plan.model_version = "abc";
    plan.store = "../store", plan.sweep_file = "../some.toml", plan.sweep_text = "[sweep]\n";
    Axis number{.key = "paint.speed", .unit = "m2/day"};
    number.values = {sim::scenario::make_node(0.1), sim::scenario::make_node(1e-300)};
    Axis text{.key = "paint.tool", .type = AxisType::text};
    text.values = {sim::scenario::make_node("a, \"b\"")};
    plan.axes = {number, text};
    plan.points = 2, plan.outputs = {"painted"};
    plan.scenarios = {{"toy:white", "toy:white", "", {"run.scale=0.5"}, "aa", {{"data/a.csv", "", "bb"}}}};
    plan.memory_bytes = 1e6, plan.seconds = 0.25;
    plan.rows = {{0, "0123456789abcdef", 0, 0, "toy:white", 1, {"0.1", "a, \"b\""}},
                 {1, "0123456789abcdee", 1, 0, "toy:white", 2, {"1e-300", "a, \"b\""}}};
    return plan;
}

std::string content(const std::string& path)
{
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

} // namespace

TEST_CASE("a plan that is written is read again as it was")
{
    const Folder folder;
    const Plan plan = some_plan();
    write_plan(folder.path, plan);
    CHECK(content(manifest_path(folder.path)) == "index,id,point,replicate,scenario,seed,paint.speed,paint.tool\n"
                                                 "0,0123456789abcdef,0,0,toy:white,1,0.1,\"a, \"\"b\"\"\"\n"
                                                 "1,0123456789abcdee,1,0,toy:white,2,1e-300,\"a, \"\"b\"\"\"\n");
    const std::string first = content(plan_path(folder.path));
    const Plan again = read_plan(folder.path);
    CHECK(again.rows.size() == 2);
    CHECK(again.rows[1].values == plan.rows[1].values);
    CHECK(again.axes[0].unit == "m2/day");
    CHECK(again.scenarios[0].files[0].sha256 == "bb");
    CHECK(again.settings(again.rows[0]) ==
          std::vector<std::string>{"run.scale=0.5", "paint.speed=0.1", "paint.tool=\"a, \\\"b\\\"\"", "run.seed=1"});
    write_plan(folder.path, again);
    CHECK(content(plan_path(folder.path)) == first);
}

TEST_CASE("a plan that was damaged or edited is refused, whichever byte it is")
{
    const Folder folder;
    write_plan(folder.path, some_plan());
    for (const std::string& file : {plan_path(folder.path), manifest_path(folder.path)}) {
        const std::string whole = content(file);
        for (std::size_t at = 0; at < whole.size(); at += 7) {
            std::string bad = whole;
            bad[at] = static_cast<char>(bad[at] ^ 4);
            std::ofstream(file, std::ios::binary) << bad;
            bool is_refused = false;
            try {
                is_refused = manifest_text(read_plan(folder.path)) != manifest_text(some_plan());
                if (!is_refused && file == plan_path(folder.path)) // white space of the JSON may change unnoticed
                    is_refused = std::isspace(static_cast<unsigned char>(whole[at])) != 0;
            } catch (const sim::IoError&) {
                is_refused = true;
            }
            CHECK_MESSAGE(is_refused, file << " byte " << at);
        }
        std::ofstream(file, std::ios::binary) << whole;
    }
    CHECK_NOTHROW(read_plan(folder.path));
    fs::remove(manifest_path(folder.path));
    CHECK_THROWS_AS(read_plan(folder.path), sim::IoError);
}

TEST_CASE("failures are told by run; what the same run would do again is final, what may pass is so after three")
{
    const Folder folder;
    const std::string path = failures_path(folder.path);
    CHECK(read_failures(path).empty());
    add_failure(path, {3, "aaaa", Failure::Kind::io, 5, 0, "disk full"});
    add_failure(path, {4, "bbbb", Failure::Kind::crash, 0, 11, "a \"quoted\"\nreason"});
    std::ofstream(path, std::ios::app) << "{\"index\": 5, \"id"; // cut off by a kill
    auto all = read_failures(path);
    REQUIRE(all.size() == 2);
    CHECK(all["bbbb"][0].reason == "a \"quoted\"\nreason");
    CHECK(all["bbbb"][0].signal == 11);
    CHECK(is_final(all["bbbb"]));
    CHECK_FALSE(is_final(all["aaaa"]));
    all["aaaa"].resize(3, all["aaaa"][0]);
    CHECK(is_final(all["aaaa"]));
}

TEST_CASE("the id of a run depends on scenario, data and model, and on nothing else")
{
    std::vector<sim::scenario::FileRead> files = {{"data/a.csv", "/here", "aa"}, {"data/b.csv", "/here", "bb"}};
    const std::string id = run_id("cc", files, "1");
    CHECK(is_run_id(id));
    std::swap(files[0], files[1]);
    files[0].path = "/there";
    files.push_back({"base.toml", "", "dd"});
    CHECK(run_id("cc", files, "1") == id);
    CHECK(run_id("cd", files, "1") != id);
    CHECK(run_id("cc", files, "2") != id);
    files[0].sha256 = "ab";
    CHECK(run_id("cc", files, "1") != id);
}
