#pragma once

#include <string>
#include <vector>

#include "sim/cli/arguments.hpp"
#include "sim/cli/effect/plan.hpp"

namespace sim::cli {

/// The options for policies of equal budget.
class BudgetArguments {
public:
    void declare(Arguments& arguments);

    /// What can be seen without the scenarios.
    void check(std::size_t policies, UsageProblems& problems) const;

    /// Reads the series of money into the plan, and makes sure that each dial is a number in the policies that it is turned in.
    /// @param plan  with the base and the policies as its first arms
    void read(EffectPlan& plan, std::size_t policies, std::int64_t seed, UsageProblems& problems) const;

    [[nodiscard]] const std::vector<std::string>& dials() const { return dials_; }

private:
    void read_money(EffectPlan& plan, std::size_t policies, std::int64_t seed, UsageProblems& problems) const;
    void check_dial(const EffectPlan& plan, std::size_t policy, const std::string& dial, std::int64_t seed,
                    UsageProblems& problems) const;

    bool is_equal_budget_ = false;
    std::string money_;
    std::vector<std::string> dials_;
};

} // namespace sim::cli
