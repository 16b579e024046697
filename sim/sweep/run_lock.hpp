#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace sim::sweep {

/// Who is making a result.
struct Owner {
    std::string host;
    long pid = 0;
    [[nodiscard]] std::string text() const; ///< "process 12 on host"
};

/// The right to make one result: a lock of the kernel on a file, which goes when its owner dies, however. The file says who has it, and when it
/// was last heard of; where a file system has no locks, that decides: an owner that was silent for `stale` is dead.
class RunLock {
public:
    struct Options {
        bool has_kernel_locks = true;
        std::chrono::milliseconds beat{15000}, stale{120000};
    };

    /// @return  the lock, or nothing when a live owner has it
    /// Throws IoError when the file cannot be made.
    static std::unique_ptr<RunLock> try_take(const std::string& path, const Options& options);
    static std::unique_ptr<RunLock> try_take(const std::string& path) { return try_take(path, Options()); }

    /// Who holds the lock now, nobody when it is free. Not for the process that holds it.
    static std::optional<Owner> owner_of(const std::string& path, const Options& options);
    static std::optional<Owner> owner_of(const std::string& path) { return owner_of(path, Options()); }

    RunLock(const RunLock&) = delete;
    RunLock& operator=(const RunLock&) = delete;
    ~RunLock(); ///< removes the file

private:
    RunLock(std::string path, int file, const Options& options);
    void beat(const Options& options);

    std::string path_;
    int file_;
    std::mutex mutex_;
    std::condition_variable ended_;
    bool is_over_ = false;
    std::thread heart_;
};

} // namespace sim::sweep
