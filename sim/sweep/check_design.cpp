#include <algorithm>

#include "sim/scenario/toml.hpp"
#include "sim/sweep/design.hpp"
#include "sim/sweep/sweep_file.hpp"

namespace sim::sweep {
namespace {

/// Runs of a design as a number that cannot overflow.
double runs_of(const SweepFile& file)
{
    const auto axes = static_cast<double>(file.axes.size());
    double points = static_cast<double>(file.points);
    if (file.design == "saltelli") points *= axes + 2;
    if (file.design == "morris") points *= axes + 1;
    if (file.design == "grid") {
        points = 1;
        for (const auto& given : file.axes) points *= static_cast<double>(given.axis.values.size());
    }
    if (file.design == "list" && !file.axes.empty()) points = static_cast<double>(file.axes[0].axis.values.size());
    return points * static_cast<double>(file.replicates);
}

void check_points(const SweepFile& file, Errors& errors)
{
    const bool is_given = file.places.given("sweep.points");
    if (file.is_sampled() && file.points == 0)
        errors
            .add(file.places.where("sweep.points"), "{}",
                 is_given ? std::string("sweep.points = 0: the design has no point")
                          : fmt::format("a design {} needs a number of points", file.design))
            .help("points = 64");
    if (!file.is_sampled() && is_given)
        errors.add(file.places.where("sweep.points"), "a design {} has the points that its axes give", file.design)
            .help("leave points out, or choose design = \"lhs\" or \"sobol\"");
}

void check_listed(const SweepFile& file, Errors& errors)
{
    if (file.is_sampled()) return;
    for (const auto& [axis, step] : file.axes)
        if (axis.is_range())
            errors.add(axis.from.where, "a design {} needs the values of {}", file.design, axis.key)
                .help("give values = [...], or a step; or choose a design that samples ranges, such as \"sobol\"");
    if (file.design != "list") return;
    const std::size_t wanted = file.axes.front().axis.values.size();
    for (const auto& [axis, step] : file.axes)
        if (!axis.is_range() && axis.values.size() != wanted)
            errors
                .add(axis.where, "the axis {} has {} values, and {} has {}: a list takes one of each for a point",
                     axis.key, axis.values.size(), file.axes.front().axis.key, wanted)
                .help("give each axis as many, or choose design = \"grid\" for all combinations");
}

void check_sobol(const SweepFile& file, Errors& errors)
{
    const std::size_t used = file.axes.size() * (file.design == "saltelli" ? 2 : 1);
    if ((file.design == "sobol" || file.design == "saltelli") && used > most_sobol_axes)
        errors.add(file.places.where("sweep.design"), "a design {} has at most {} axes, and here are {}", file.design,
                   most_sobol_axes / (used / file.axes.size()), file.axes.size());
}

} // namespace

void check_design(SweepFile& file, Errors& errors)
{
    if (file.axes.empty()) {
        errors.add(file.places.where("sweep.design"), "the sweep has no axis: the design has no point")
            .help("add [[sweep.axis]] with a key and its values or range; to repeat a scenario with other seeds, use "
                  "batch");
        return;
    }
    for (auto& [axis, step] : file.axes)
        if (!step.empty()) axis.values = stepped(axis.from, axis.to, step);
    check_points(file, errors);
    check_listed(file, errors);
    check_sobol(file, errors);
    if (file.first_seed + file.replicates > 4294967296)
        errors.add(file.places.where("sweep.first_seed"), "the last seed would be above 4294967295");
    if (const double runs = runs_of(file); runs > static_cast<double>(most_runs))
        errors.add(file.places.where("sweep.design"), "the sweep has {:.4g} runs, and may have {}", runs, most_runs)
            .help("fewer points or replicates, or two sweeps");
}

} // namespace sim::sweep
