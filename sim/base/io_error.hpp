#pragma once

#include <stdexcept>
#include <string>

namespace sim {

/// A file could not be opened, written, read or published (disk full, no permission, damaged file); the command line exits with code 5.
class IoError : public std::runtime_error {
public:
    explicit IoError(const std::string& message) : std::runtime_error(message), reason_(message) {}

    /// what() reads "FILE: cannot OPERATION: REASON".
    IoError(const std::string& file, const std::string& operation, const std::string& reason)
        : std::runtime_error(file + ": cannot " + operation + ": " + reason), reason_(reason)
    {
    }

    const std::string& reason() const { return reason_; }

private:
    std::string reason_;
};

} // namespace sim
