#pragma once

#include <stdexcept>
#include <string>

namespace sim::record {

/// A file could not be opened, written, read or published. what() reads "FILE: cannot OPERATION: REASON"; the CLI maps it to exit code 5.
class IoError : public std::runtime_error {
public:
    IoError(const std::string& file, const std::string& operation, const std::string& reason)
        : std::runtime_error(file + ": cannot " + operation + ": " + reason), file_(file), operation_(operation),
          reason_(reason)
    {
    }

    const std::string& file() const { return file_; }
    const std::string& operation() const { return operation_; }
    const std::string& reason() const { return reason_; }

private:
    std::string file_, operation_, reason_;
};

} // namespace sim::record
