#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/cli/session.hpp"

namespace sim::cli {

/// What the command line asked for: a verb whose variables are filled in, or an exit code when there is nothing to do.
struct Parsed {
    Verb* verb = nullptr;
    Common common{};
    int exit_code = 0; ///< when verb is null: help or version was shown, or the usage was wrong (said on stderr)
};

/// Parses the command line. Mistyped verbs and options get a suggestion.
Parsed parse(int argc, char** argv, const Application& application, const std::vector<std::unique_ptr<Verb>>& verbs);

} // namespace sim::cli
