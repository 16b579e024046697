#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/sweep/plan.hpp"

namespace sim::sweep {

/// What was gathered.
struct Gathered {
    std::int64_t runs = 0;               ///< in the file
    std::vector<std::int64_t> missing{}; ///< indices without a result, or with a damaged one
};

/// Copies the outputs of all runs of a plan to one file: the layout of a result with a first dimension `run`, coordinates seed, scenario, id,
/// point, replicate and param_KEY of each axis. Equal results give equal bytes. One run is held in memory at a time, and a chunk of each
/// output. The file appears whole or not at all.
class Ensemble {
public:
    /// @param folder  of the plan
    Ensemble(std::string folder, const Plan& plan) : folder_(std::move(folder)), plan_(plan) {}

    /// Rows without a good result, by what files say of themselves; digests are checked on the way.
    [[nodiscard]] std::vector<std::int64_t> missing() const;

    /// @param allow_missing  write runs without a result as NaN (0 for whole numbers), and a mask present(run)
    /// @param progress       called with the number of runs copied
    /// Throws IoError when results are damaged or missing and may not be, when they do not fit together, or the file cannot be written.
    Gathered write(const std::string& out, bool allow_missing, const std::function<void(std::int64_t)>& progress) const;

private:
    std::string folder_;
    const Plan& plan_;
};

} // namespace sim::sweep
