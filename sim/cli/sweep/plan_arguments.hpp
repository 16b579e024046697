#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/cli/sweep/make_plan.hpp"
#include "sim/cli/sweep/pool.hpp"

namespace sim::cli {

/// The options of verbs that make a plan and run it (sweep, batch), and what follows once the plan is known.
class PlanArguments {
public:
    void declare(Arguments& arguments);

    /// @param name  of the sweep: the plan lies in results/NAME unless told otherwise
    [[nodiscard]] PlanRequest request(const std::string& name) const;

    /// Shows, writes or runs the plan, as the options say.
    int operator()(const Session& session, const sweep::Plan& plan, const PlanRequest& request) const;

    /// Whether the options fit together; tells the user when they do not.
    [[nodiscard]] int check(const Session& session) const;

private:
    [[nodiscard]] int refuse_foreign(const Session& session, const sweep::Plan& plan, const std::string& folder) const;
    [[nodiscard]] int refuse_unwritable(const Session& session, const sweep::Plan& plan,
                                        const std::string& folder) const;
    int show(const Session& session, const sweep::Plan& plan, const std::string& folder) const;

    std::string out_, store_ = "results/store", root_, shard_, launch_ = "local", max_memory_;
    std::vector<std::string> overrides_, sbatch_;
    int pack_ = 0, jobs_ = 0, threads_ = 0, checkpoint_every_ = -1;
    bool plan_only_ = false, retry_ = false, dry_run_ = false, force_ = false;
};

/// Part i of n: every n-th run, beginning with the i-th. Nothing when the text is not like "2/8".
struct Shard {
    std::int64_t part = 1, of = 1;
};
std::optional<Shard> parse_shard(const std::string& text);

/// "3:7" as [3, 7); nothing for another text, or when the first is not below the second.
std::optional<std::pair<std::int64_t, std::int64_t>> parse_range(const std::string& text);

/// Runs some rows of a plan that lies in a folder, after making sure that it is not stale. Reports, and returns the exit code.
int run_rows(const Session& session, const std::string& folder, const sweep::Plan& plan,
             const std::vector<std::int64_t>& indices, const PoolOptions& options);

/// Memory that runs may take: the option, or that of this machine. Nothing when the option is no size.
std::optional<double> memory_limit(const std::string& option);

} // namespace sim::cli
