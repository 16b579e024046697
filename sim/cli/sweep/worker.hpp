#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace sim::cli {

/// A process of this program that works for this one, and is asked to end when this one ends. What it says on stderr is read from a pipe; when that
/// ends, so has the process.
class Worker {
public:
    /// @param arguments  behind the name of the program
    /// Throws IoError when no process can be made.
    explicit Worker(const std::vector<std::string>& arguments);
    Worker(Worker&& other) noexcept;
    Worker& operator=(Worker&& other) noexcept;
    ~Worker();

    [[nodiscard]] int pipe() const { return pipe_; }

    /// Reads what there is. @return  false when the process has ended
    bool read();
    /// Status as of waitpid, once read() was false.
    int wait();
    void terminate() const;

    /// The last that it said.
    [[nodiscard]] const std::string& said() const { return said_; }

private:
    pid_t process_ = -1;
    int pipe_ = -1;
    std::string said_;
};

} // namespace sim::cli
