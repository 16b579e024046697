#include <doctest/doctest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

#include "sim/sweep/run_lock.hpp"

using sim::sweep::RunLock;
using namespace std::chrono_literals;

namespace {

std::string lock_file()
{
    return (std::filesystem::temp_directory_path() / ("sweep-lock-" + std::to_string(::getpid()))).string();
}

/// What happens in a process of its own.
template <class F>
pid_t in_child(F&& f)
{
    const pid_t child = ::fork();
    if (child == 0) ::_exit(f() ? 0 : 1);
    return child;
}

bool is_good(pid_t child)
{
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// A process that holds the lock until it is killed.
pid_t holder(const std::string& path, const RunLock::Options& options)
{
    const pid_t child = in_child([&] {
        const auto lock = RunLock::try_take(path, options);
        for (;;) ::pause();
        return true;
    });
    for (int i = 0; i < 500 && !RunLock::owner_of(path, options); ++i) std::this_thread::sleep_for(10ms);
    return child;
}

void end(pid_t child)
{
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
}

} // namespace

TEST_CASE("one process has the lock; when it dies, however, the lock is free")
{
    const std::string path = lock_file();
    for (const bool has_kernel_locks : {true, false}) {
        CAPTURE(has_kernel_locks);
        const RunLock::Options options{has_kernel_locks, 50ms, 60000ms};
        const pid_t child = holder(path, options);
        CHECK(RunLock::try_take(path, options) == nullptr);
        const auto owner = RunLock::owner_of(path, options);
        REQUIRE(owner);
        CHECK(owner->pid == child);
        CHECK(std::filesystem::exists(path));
        end(child);
        CHECK_FALSE(RunLock::owner_of(path, options));
        CHECK(is_good(in_child([&] { return RunLock::try_take(path, options) != nullptr; })));
        CHECK_FALSE(std::filesystem::exists(path)); // taken away by its last owner
    }
}

TEST_CASE("without locks of the kernel an owner on another host is dead once it was silent for long")
{
    const std::string path = lock_file();
    const RunLock::Options options{false, 50ms, 400ms};
    std::ofstream(path) << "{\"host\": \"elsewhere\", \"pid\": 1, \"heartbeat\": 0}\n";
    CHECK(RunLock::try_take(path, options) == nullptr);
    CHECK(RunLock::owner_of(path, options)->host == "elsewhere");
    std::this_thread::sleep_for(600ms);
    CHECK(RunLock::try_take(path, options) != nullptr);
    CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("an owner that lives is heard of again and again")
{
    const std::string path = lock_file();
    const RunLock::Options options{false, 50ms, 1000ms};
    const pid_t child = holder(path, options);
    std::this_thread::sleep_for(1500ms);
    CHECK(RunLock::try_take(path, options) == nullptr);
    end(child);
    std::filesystem::remove(path);
}
