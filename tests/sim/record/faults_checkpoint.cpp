// What is left of checkpoints when their writer dies or a system call fails at any point.
#include "failing_calls.hpp"
#include "sample_checkpoint.hpp"
#include "scratch.hpp"
#include "sim/base/io_error.hpp"

#include <doctest/doctest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <csignal>

using namespace sim::record;
using failing_calls::Way;

namespace {

enum Outcome { done, io_error, other_error, died };

/// Writes state 3 over 2 over 1 in a process of its own, in which call n of the third write fails.
Outcome write_third(const std::string& path, Way way, long n, long* calls = nullptr)
{
    for (const int state : {1, 2}) sample::write_checkpoint(path, state);
    int channel[2];
    REQUIRE(pipe(channel) == 0);
    const pid_t child = fork();
    if (child == 0) {
        Outcome outcome = done;
        failing_calls::arm(way, n);
        try {
            sample::write_checkpoint(path, 3);
        } catch (const sim::IoError&) {
            outcome = io_error;
        } catch (...) {
            outcome = other_error;
        }
        const long count = failing_calls::count();
        failing_calls::arm(Way::none, 0);
        const bool told = write(channel[1], &count, sizeof count) == sizeof count;
        _exit(told ? outcome : other_error);
    }
    close(channel[1]);
    long count = 0;
    const bool told = read(channel[0], &count, sizeof count) == sizeof count;
    close(channel[0]);
    if (calls != nullptr && told) *calls = count;
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? static_cast<Outcome>(WEXITSTATUS(status)) : died;
}

void try_every_call(Way way)
{
    long last = 0;
    CHECK(write_third(Scratch().file("x.ckpt.h5"), Way::none, 0, &last) == done);
    REQUIRE(last > 10);
    for (long n = 1; n <= last; ++n) {
        CAPTURE(n);
        const Scratch dir;
        const std::string path = dir.file("x.ckpt.h5");
        const Outcome outcome = write_third(path, way, n);
        const int newest = sample::read_checkpoint(path), before = sample::read_checkpoint(previous_path(path));
        CHECK((newest == 2 || newest == 3));
        CHECK((before == 1 || before == 2));
        CHECK(outcome != other_error);
        if (outcome == done) CHECK(newest == 3);
        sample::write_checkpoint(path, 4); // whatever lies about
        CHECK(sample::read_checkpoint(path) == 4);
        CHECK(sample::read_checkpoint(previous_path(path)) == newest);
    }
}

} // namespace

TEST_CASE("a writer of checkpoints killed before any of its system calls leaves the last two whole")
{
    try_every_call(Way::kill);
}

TEST_CASE("a writer of checkpoints killed in the middle of any write leaves the last two whole")
{
    try_every_call(Way::tear);
}

TEST_CASE("a disk that fills up at any call costs no checkpoint") { try_every_call(Way::disk_full); }

TEST_CASE("one failing call at any point costs no checkpoint") { try_every_call(Way::error_once); }

TEST_CASE("a limit on the size of files is an IoError, and the last two checkpoints stay")
{
    for (const rlim_t limit : {1000u, 100'000u, 4'200'000u}) {
        CAPTURE(limit);
        const Scratch dir;
        const std::string path = dir.file("x.ckpt.h5");
        for (const int state : {1, 2}) sample::write_checkpoint(path, state);
        const pid_t child = fork();
        if (child == 0) {
            std::signal(SIGXFSZ, SIG_IGN);
            const rlimit size{limit, limit};
            setrlimit(RLIMIT_FSIZE, &size);
            try {
                sample::write_checkpoint(path, 3);
            } catch (const sim::IoError&) {
                std::exit(17); // through the library's own end
            } catch (...) {
            }
            _exit(0);
        }
        int status = 0;
        waitpid(child, &status, 0);
        CHECK(WIFEXITED(status));
        CHECK(WEXITSTATUS(status) == 17);
        CHECK(sample::read_checkpoint(path) == 2);
        CHECK(sample::read_checkpoint(previous_path(path)) == 1);
        CHECK(!std::filesystem::exists(path + ".new"));
    }
}
