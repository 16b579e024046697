#pragma once

#include <string>
#include <vector>

#include "sim/cli/effect/runs.hpp"
#include "sim/experiment/match.hpp"

namespace sim::cli {

/// How the dial of one policy was set so that it costs what the first policy costs.
struct DialSetting {
    std::string key;   ///< of the scenario
    std::string value; ///< as TOML
    double money = 0;  ///< mean over the pilot seeds of the money series, summed over the run, less the base's
    experiment::Match match{};
};

/// Largest deviation of a policy's money from the first one's that counts as equal.
inline constexpr double budget_tolerance = 0.01;

/// Seeds on which the dials are set; they stay as they are for all further ones.
inline constexpr std::int64_t pilot_seeds = 4;

/// Scales the dial of each policy but the first until the money series agrees with the first policy's, and adds the value found to the
/// policy's overrides.
/// @param dials  one key for all policies, or one for each
/// @return       one setting per policy
/// @throws std::runtime_error saying why a budget cannot be met
std::vector<DialSetting> equalise_budgets(const Session& session, EffectPlan& plan,
                                          const std::vector<std::string>& dials, const Lanes& lanes,
                                          std::int64_t first_seed);

/// Value of a key in a scenario as TOML, every number in it multiplied; "" when the key has no number.
/// Items of lists are addressed by their id: "shock.oil.size".
std::string scaled_value(const scenario::Node& values, const std::string& key, double factor);

/// Largest factor that the range of the key allows for its value.
double largest_factor(const Prepared& run, const std::string& key);

} // namespace sim::cli
