#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/scenario/load.hpp"
#include "sim/sweep/axis.hpp"

namespace sim::sweep {

/// What a sweep file says. Whether its keys and values suit the base scenario is not known yet.
struct SweepFile {
    /// A key that is the same in all runs.
    struct Setting {
        std::string key;
        Node value;
    };
    struct AxisGiven {
        Axis axis{}; ///< `type` is that of its first value; the base's table of keys has the last word
        Node step{}; ///< empty without
    };

    std::string name; ///< of the sweep; the file's stem unless given
    std::string base;
    std::string design;
    std::int64_t points = 0; ///< 0: not given
    std::int64_t seed = 1, replicates = 1, first_seed = 1;
    std::vector<std::string> outputs{};
    std::vector<Setting> settings{};
    std::vector<AxisGiven> axes{};
    std::string text{}, sha256{};
    scenario::Loaded places{}; ///< for where(): "sweep.base"

    [[nodiscard]] bool is_sampled() const { return design != "list" && design != "grid"; }
};

inline const std::vector<std::string> designs = {"list", "grid", "lhs", "sobol", "saltelli", "morris"};
inline constexpr std::int64_t most_runs = 1000000;

/// The keys of [sweep], for messages and documents.
scenario::KeyTable sweep_keys(SweepFile& file);

/// Reads a sweep file; all errors are collected, and the result is only to be used without any.
/// @param path  as given on the command line
SweepFile read_sweep(const std::string& path, Errors& errors);

/// The same for a text in memory.
/// @param path  shown in messages; its stem is the default name
SweepFile parse_sweep(const std::string& path, std::string text, Errors& errors);

/// Fills the values of axes over ranges with a step, and checks what the design asks of axes: values to list, the same number of them, a
/// number of points.
void check_design(SweepFile& file, Errors& errors);

} // namespace sim::sweep
