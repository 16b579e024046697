#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/cli/session.hpp"

namespace sim::cli {

inline constexpr std::int64_t most_seed = 4294967295; ///< of `run.seed`

/// A scenario that was read, with the case its keys are bound to.
struct Prepared {
    std::unique_ptr<Case> model;
    scenario::KeyTable table{};
    scenario::Loaded loaded{};
    std::vector<std::string> notes{};
};

/// A case with its keys bound and at their defaults, before a scenario is read.
Prepared bind_keys(const Application& application);

/// Reads and checks a scenario; all errors are collected.
/// @param overrides  "key=value" each
/// @param root       scenario root, "" to find it
/// @return           what was prepared, to be used only when there are no errors
Prepared prepare_scenario(const Application& application, const std::string& scenario,
                          std::vector<std::string> overrides, const std::string& root, Errors& errors);

/// The same for a text in memory, such as one kept in a checkpoint.
/// @param name  shown in messages
/// @param root  folder that the files it names lie in
Prepared prepare_text(const Application& application, const std::string& name, const std::string& text,
                      std::vector<std::string> overrides, const std::string& root, Errors& errors);

/// The options of verbs that take a scenario: its name, --set, --seed, --root.
class ScenarioArguments {
public:
    void declare(Arguments& arguments, bool is_required = true);

    /// The same for a verb that has other words than a scenario: `--scenario` in place of the word, and a scenario for when it is left out.
    void declare_options(Arguments& arguments);
    void set_default(const std::string& scenario);

    /// See prepare_scenario.
    Prepared prepare(const Application& application, Errors& errors) const;

    /// The same for another scenario than the one given.
    Prepared prepare(const Application& application, const std::string& scenario, Errors& errors) const;

    /// Overrides and seed as they were given, "" for none.
    [[nodiscard]] std::string overrides_text() const;

    [[nodiscard]] const std::string& scenario() const { return scenario_; }
    [[nodiscard]] const std::string& root() const { return root_; }

    /// Name of something given that determines results, "" when nothing was.
    [[nodiscard]] std::string given() const;

private:
    void declare_rest(Arguments& arguments);

    std::string scenario_;
    std::vector<std::string> overrides_;
    std::string seed_;
    std::string root_;
};

} // namespace sim::cli
