#pragma once

#include <string>
#include <vector>

#include "sim/cli/scenario_arguments.hpp"
#include "sim/cli/session.hpp"
#include "sim/record/reference.hpp"

namespace sim::cli {

/// What is to be held against what.
struct SuiteRequest {
    std::string scenarios;      ///< folder; every *.toml in it is run
    std::string references;     ///< folder of NAME.json
    std::vector<int> threads{}; ///< each scenario is run with each of these; none: once with one thread, side by side
    record::Tolerance tolerance{};
};

/// What became of one scenario.
struct Verdict {
    enum class Kind { same, moved, added /* no reference */, gone /* no scenario */, failed };
    Kind kind = Kind::same;
    std::string name; ///< of the scenario's file, without its ending
    int threads = 1;
    std::string reason{}; ///< of a failure
    double seconds = 0;
    record::Reference before{}, after{}; ///< empty where there is none
    std::vector<record::Movement> movements{};

    [[nodiscard]] bool has_other_inputs() const { return before.inputs != after.inputs; }
    [[nodiscard]] bool has_other_state() const { return before.state_hash != after.state_hash; }
    /// The day that a movement begins on or before: the last of the first period that differs.
    [[nodiscard]] std::string first_day(const record::Movement& movement) const;
    std::vector<std::string> days{}; ///< last day of each period of the run
};

struct SuiteReport {
    SuiteRequest request;
    std::string overrides{};         ///< as given, "" for none
    std::vector<Verdict> verdicts{}; ///< by name, then in the order of the threads

    [[nodiscard]] std::size_t count(Verdict::Kind kind) const;
    [[nodiscard]] bool is_same() const { return count(Verdict::Kind::same) == verdicts.size(); }
};

/// Path of a scenario's reference.
std::string reference_path(const SuiteRequest& request, const std::string& name);

struct InvalidSuite {}; ///< scenarios are wrong, or there are none; that has been told
struct Interrupted {};  ///< a signal asked to stop

/// Runs every scenario of the folder (its *.toml) and compares it with its reference. Runs that fail are in the report, and stop no other.
/// @param arguments  overrides and seed that hold for all
/// @throws IoError       a folder or reference cannot be read; all references that cannot are named
/// @throws InvalidSuite, Interrupted
SuiteReport run_suite(const Session& session, const SuiteRequest& request, const ScenarioArguments& arguments);

} // namespace sim::cli
