#include <doctest/doctest.h>

#include "sim/sweep/sweep_file.hpp"

using namespace sim;
using namespace sim::sweep;

namespace {

SweepFile read(const std::string& text, Errors& errors)
{
    SweepFile file = parse_sweep("some.toml", text, errors);
    if (errors.empty()) check_design(file, errors);
    return file;
}

/// What is said about a file whose head is right.
std::string refusal(const std::string& rest)
{
    Errors errors;
    read("[sweep]\nbase = \"toy:white\"\n" + rest, errors);
    return errors.report();
}

const std::string axis = "[[sweep.axis]]\nkey = \"a.b\"\n";

bool says(const std::string& report, const std::string& text)
{
    INFO(report);
    return report.find(text) != std::string::npos;
}

} // namespace

TEST_CASE("a sweep file says base, design, axes and what is fixed")
{
    Errors errors;
    const SweepFile file = read("[sweep]\nbase = \"toy:white\"\ndesign = \"grid\"\nreplicates = 3\n"
                                "[sweep.set]\n\"run.scale\" = 0.001\npaint.speed = 2.5\n"
                                "[[sweep.axis]]\nkey = \"a.b\"\nfrom = 0.0\nto = 0.3\nstep = 0.1\n"
                                "[[sweep.axis]]\nkey = \"c\"\nvalues = [true, false]\n",
                                errors);
    CHECK(errors.report() == "");
    CHECK(file.name == "some");
    CHECK(file.replicates == 3);
    REQUIRE(file.settings.size() == 2);
    CHECK(file.settings[0].key == "paint.speed");
    CHECK(file.settings[1].key == "run.scale");
    REQUIRE(file.axes.size() == 2);
    std::string values;
    for (const Node& value : file.axes[0].axis.values) values += cell_text(value) + " ";
    CHECK(values == "0.0 0.1 0.2 0.3 "); // 3 * 0.1 would be 0.30000000000000004
}

TEST_CASE("what is wrong with a sweep file is said with its place, all at once")
{
    CHECK(says(refusal(""), "the sweep has no axis"));
    CHECK(says(refusal("desing = \"lhs\"\n" + axis + "values = [1]\n"),
               "some.toml:3:1: error: sweep.desing is not a known key"));
    CHECK(says(refusal("desing = \"lhs\"\n" + axis + "values = [1]\n"), "did you mean 'design'?"));
    CHECK(says(refusal("design = \"lsh\"\n"), "did you mean 'lhs'?"));
    CHECK(says(refusal(axis + "values = []\n"), "values is empty"));
    CHECK(says(refusal(axis + "valeus = [1]\n"), "did you mean 'values'?"));
    CHECK(says(refusal(axis + "values = [1, 2, 1]\n"), "5:17: error: 1 is given twice"));
    CHECK(says(refusal(axis + "values = [[1]]\n"), "cannot be an array"));
    CHECK(says(refusal(axis + "from = 1.0\nto = 0.5\nstep = 0.1\n"), "the range ends at 0.5 and begins at 1.0"));
    CHECK(says(refusal(axis + "from = 0.0\nto = 1.0\nscale = \"log\"\n"), "begins above 0"));
    CHECK(says(refusal(axis + "from = \"a\"\nto = 1.0\n"), "is made of numbers"));
    CHECK(says(refusal(axis + "from = 1.0\nto = nan\n"), "is made of numbers"));
    CHECK(says(refusal(axis + "from = 1.0\n"), "has no to"));
    CHECK(says(refusal(axis + "from = 0.0\nto = 1.0\n"), "needs the values of a.b"));
    CHECK(says(refusal(axis + "from = 0.0\nto = 1.0\nstep = -0.1\n"), "is not above 0"));
    CHECK(says(refusal(axis + "values = [1]\nfrom = 1\n"), "values or a range, not both"));
    CHECK(says(refusal(axis + "values = [1]\n" + axis + "values = [2]\n"), "a.b is an axis already"));
    CHECK(says(refusal("[sweep.set]\n\"a.b\" = 1\n" + axis + "values = [1]\n"), "fixed in [sweep.set]"));
    CHECK(says(refusal("[[sweep.axis]]\nkey = \"run.seed\"\nvalues = [1, 2]\n"), "replicates vary it"));
    CHECK(says(refusal("design = \"sobol\"\n" + axis + "from = 0\nto = 1\n"), "needs a number of points"));
    CHECK(says(refusal("design = \"sobol\"\npoints = 0\n" + axis + "from = 0\nto = 1\n"), "has no point"));
    CHECK(says(refusal("points = 4\n" + axis + "values = [1]\n"), "the points that its axes give"));
    CHECK(says(refusal("design = \"list\"\n" + axis + "values = [1, 2]\n[[sweep.axis]]\nkey = \"c\"\nvalues = [1]\n"),
               "has 1 values, and a.b has 2"));
    CHECK(says(refusal("design = \"lhs\"\npoints = 900000\nreplicates = 4\n" + axis + "from = 0\nto = 1\n"),
               "runs, and may have"));
    CHECK(says(refusal("name = \"../x\"\n" + axis + "values = [1]\n"), "no name for a folder"));
    const std::string both = refusal("desing = 1\n" + axis + "values = []\n");
    CHECK(says(both, "sweep.desing"));
    CHECK(says(both, "values is empty"));
    Errors none;
    read("[run]\nseed = 1\n", none);
    CHECK(says(none.report(), "no table [sweep]"));
}

TEST_CASE("coordinates become values: whole numbers in equal parts, ratios on a log scale, listed ones by their place")
{
    const auto node = [](auto v) { return scenario::make_node(v); };
    Axis whole{.key = "n", .type = AxisType::integer, .from = node(std::int64_t{1}), .to = node(std::int64_t{4})};
    CHECK(cell_text(whole.at(0.0)) == "1");
    CHECK(cell_text(whole.at(0.249)) == "1");
    CHECK(cell_text(whole.at(0.25)) == "2");
    CHECK(cell_text(whole.at(1.0)) == "4");
    CHECK(cell_text(whole.at_level(1.0 / 3)) == "2");
    CHECK(cell_text(whole.at_level(1.0)) == "4");
    Axis log{.key = "x", .from = node(0.01), .to = node(100.0), .is_log = true};
    CHECK(cell_text(log.at(0.0)) == "0.01");
    CHECK(cell_text(log.at(1.0)) == "100.0");
    CHECK(*log.at(0.5).as<double>() == doctest::Approx(1.0).epsilon(1e-12));
    Axis flag{.key = "f", .type = AxisType::flag, .values = {node(false), node(true)}};
    CHECK(cell_text(flag.at(0.49)) == "false");
    CHECK(cell_text(flag.at(0.5)) == "true");
    CHECK(cell_text(flag.at_level(1.0 / 3)) == "false");
    CHECK(cell_text(flag.at_level(1.0)) == "true");
    CHECK(setting("t", AxisType::text, "a \"b\"") == "t=\"a \\\"b\\\"\"");
}
