#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "sim/scenario/library.hpp"
#include "sim/sweep/axis.hpp"

namespace sim::sweep {

/// A scenario that runs of a plan begin from.
struct PlanScenario {
    std::string name;                        ///< in the manifest: as it was given
    std::string path;                        ///< shipped name, or path from the plan's folder
    std::string root{};                      ///< option --root, from the plan's folder; "" to find it
    std::vector<std::string> settings{};     ///< "key=value", the same in all runs
    std::string sha256{};                    ///< of the resolved text, without axes and seed
    std::vector<scenario::FileRead> files{}; ///< data files, with the digests they had (`path` is not kept)
};

/// One run of a plan.
struct PlanRow {
    std::int64_t index = 0; ///< its place in the manifest
    std::string id;
    std::int64_t point = 0, replicate = 0;
    std::string scenario;
    std::int64_t seed = 1;
    std::vector<std::string> values{}; ///< one per axis, see cell_text
};

/// A sweep worked out: every run with its id. It lies in a folder as plan.json and manifest.csv.
struct Plan {
    std::string name, design;
    std::string program, model_version;
    std::string store;                      ///< folder of results, from the plan's folder
    std::string sweep_file{}, sweep_text{}; ///< what made it; "" for a batch
    std::vector<Axis> axes{};               ///< with the type that the table of keys says
    std::int64_t points = 0, design_seed = 1;
    std::int64_t replicates = 1, first_seed = 1;
    std::vector<std::string> outputs{};
    std::vector<PlanScenario> scenarios{};
    double memory_bytes = 0, output_bytes = 0,
           seconds = 0; ///< of the largest run, estimated; seconds on one core, 0 unknown
    std::vector<PlanRow> rows{};

    /// The scenario of a row. Throws IoError when the plan has none of that name.
    [[nodiscard]] const PlanScenario& scenario(const std::string& scenario_name) const;
    /// Settings that make the row of its scenario, the seed's last.
    [[nodiscard]] std::vector<std::string> settings(const PlanRow& row) const;
};

/// Paths of a plan's parts.
std::string plan_path(const std::string& folder);
std::string manifest_path(const std::string& folder);
std::string failures_path(const std::string& folder);
std::string ensemble_path(const std::string& folder);
/// Folder of results, as a path that can be opened.
std::string store_path(const std::string& folder, const Plan& plan);
/// Result of a run.
std::string result_path(const std::string& folder, const Plan& plan, const std::string& id);

/// Writes both files, each in one step. Files that would not change are left alone. Throws IoError.
void write_plan(const std::string& folder, const Plan& plan);

/// Reads a plan. Throws IoError for one that is missing, damaged, or whose two files do not belong together.
Plan read_plan(const std::string& folder);

/// The manifest as CSV, for write_plan and tests.
std::string manifest_text(const Plan& plan);

/// "a" as seen from folder `from`: relative, so that both can be moved together.
std::string path_from(const std::string& from, const std::string& path);
/// The reverse: a path of the plan as one that can be opened.
std::string path_in(const std::string& folder, const std::string& path);

} // namespace sim::sweep
