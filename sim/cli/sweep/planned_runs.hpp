#pragma once

#include <string>

#include "sim/cli/simulate.hpp"

namespace sim::cli {

/// The options of `run` by which it makes runs of a plan instead of one scenario. It is what every launcher calls: the local pool, Slurm, GNU
/// parallel, Snakemake.
class PlannedRuns {
public:
    void declare(Arguments& arguments);
    [[nodiscard]] bool is_given() const { return !plan_.empty(); }

    /// Refuses the other options where there is no plan.
    [[nodiscard]] int refuse_without_plan(const Session& session) const;

    /// A single run is made in this process; several in processes of their own.
    int operator()(const Session& session, const Simulate& options) const;

private:
    std::string plan_, range_;
    int jobs_ = 0;
    bool retry_ = false;
};

} // namespace sim::cli
