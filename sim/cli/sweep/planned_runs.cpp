#include "sim/cli/sweep/planned_runs.hpp"

#include "sim/cli/sweep/plan_arguments.hpp"

namespace sim::cli {

void PlannedRuns::declare(Arguments& arguments)
{
    arguments.option(plan_, "--plan", "DIR", "Make the runs of a plan (see sweep) instead of one of a scenario");
    arguments.option(range_, "--index-range", "A:B", "With --plan: only the runs A to B - 1 of its manifest");
    arguments.option(jobs_, "--jobs", 0, 4096, "With --plan: runs at a time; 0 to choose by their size");
    arguments.flag(retry_, "--retry", "With --plan: try runs again that failed before");
}

int PlannedRuns::refuse_without_plan(const Session& session) const
{
    if (range_.empty() && jobs_ == 0 && !retry_) return exit_ok;
    session.complain(fmt::format("{} needs --plan", !range_.empty() ? "--index-range"
                                                    : jobs_ > 0     ? "--jobs"
                                                                    : "--retry"),
                     "name the folder of a plan, as `sweep FILE --plan-only` makes it");
    return exit_usage;
}

int PlannedRuns::operator()(const Session& session, const Simulate& options) const
{
    const auto range = parse_range(range_);
    if (!range_.empty() && !range) {
        session.complain(fmt::format("--index-range '{}' is no range", range_),
                         "write it like 0:8, for the runs 0 to 7");
        return exit_usage;
    }
    const auto memory = memory_limit(options.max_memory());
    if (!memory) {
        session.complain(fmt::format("--max-memory '{}' is no size", options.max_memory()), "write it like 8G or 500M");
        return exit_usage;
    }
    const sweep::Plan plan = sweep::read_plan(plan_);
    const auto runs = static_cast<std::int64_t>(plan.rows.size());
    const auto [first, last] = range.value_or(std::pair{std::int64_t{0}, runs});
    if (last > runs) {
        session.complain(fmt::format("--index-range {} is outside the plan", range_),
                         fmt::format("it has the runs 0 to {}", runs - 1));
        return exit_usage;
    }
    const PlannedOptions run{options.threads(), options.checkpoint_every(), retry_};
    if (last - first == 1) return run_planned(session, plan_, plan, plan.rows[static_cast<std::size_t>(first)], run);
    std::vector<std::int64_t> indices;
    for (std::int64_t i = first; i < last; ++i) indices.push_back(i);
    return run_rows(session, plan_, plan, indices, {run, jobs_, *memory});
}

} // namespace sim::cli
