#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace sim::sweep {

/// Why an attempt at a run gave no result.
struct Failure {
    enum class Kind {
        model,    ///< a guard, a broken identity, any exception of the model
        scenario, ///< refused: invalid, or too large for memory
        crash,    ///< ended by a signal of its own making
        io,       ///< a file could not be read or written
        memory,   ///< allocation failed
        killed    ///< ended by a signal from outside, such as the kernel's when memory is short
    };
    std::int64_t index = 0;
    std::string id{};
    Kind kind = Kind::model;
    int exit_code = 0; ///< 0 when a signal ended it
    int signal = 0;
    std::string reason{};

    /// Whether another attempt may end otherwise: not for what the same run would do again.
    [[nodiscard]] bool may_pass() const { return kind == Kind::io || kind == Kind::memory || kind == Kind::killed; }
};

inline constexpr int most_attempts = 3; ///< at a run whose failures may pass

/// Appends a line to failures.jsonl, in one write. Throws IoError.
void add_failure(const std::string& path, const Failure& failure);

/// All failures by id, in order; lines that were cut off by a kill are left out. Nothing for a missing file.
std::map<std::string, std::vector<Failure>> read_failures(const std::string& path);

/// Whether a run with these failures is not tried again by itself.
bool is_final(const std::vector<Failure>& failures);

} // namespace sim::sweep
