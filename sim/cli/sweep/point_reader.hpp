#pragma once

// Private to the making of plans.
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "sim/cli/sweep/make_plan.hpp"

namespace sim::cli {

/// Where a setting was written: its key and its value.
struct SettingPlace {
    Position key{}, value{};
};

/// A setting of a scenario, with the place to blame for it.
struct PlacedSetting {
    std::string text; ///< "key=value"
    SettingPlace place{};
};

/// Errors of settings, which the reader of scenarios places on its command line, brought to where they were written. What was told once is not
/// told again.
class PlacedErrors {
public:
    /// @param base  place of the base's name: of what is said about a scenario as a whole
    explicit PlacedErrors(Errors& errors, Position base = {}) : errors_(errors), base_(std::move(base)) {}

    /// @param note  added to messages that have no place in the sweep file, such as " (point 3)"
    void add(const Errors& found, const std::vector<PlacedSetting>& settings, const std::string& note = "");

private:
    Errors& errors_;
    Position base_;
    std::set<std::string> told_;
};

std::vector<std::string> texts_of(const std::vector<PlacedSetting>& settings);

/// A value of a resolved scenario by its key; items of lists by their id. nullptr when there is none.
const scenario::Node* value_at(const scenario::Node& values, const std::string& key);

/// What one point of a design comes to.
struct PointRuns {
    std::vector<std::string> ids{}; ///< by replicate
    Estimate estimate{};
    std::vector<scenario::FileRead> files{}; ///< data files
    std::unique_ptr<Errors> errors{};        ///< nullptr for none
};

/// Data files among those that were read.
std::vector<scenario::FileRead> data_files(const scenario::Loaded& loaded);

/// Reads and checks points on all threads.
/// @param points  settings of each, without the seed
std::vector<PointRuns> read_points(const Application& application, const std::string& folder,
                                   const sweep::PlanScenario& scenario,
                                   const std::vector<std::vector<std::string>>& points, std::int64_t first_seed,
                                   std::int64_t replicates);

} // namespace sim::cli
