#include "sim/cli/sweep/worker.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/base/io_error.hpp"

namespace sim::cli {
namespace {

constexpr std::size_t kept = 4096; // bytes of what it said

/// Holds signals back while it lives. A child has the handlers of this process until it becomes another program: one that is told to end before
/// would note that where nobody looks, and go on.
class HeldSignals {
public:
    HeldSignals()
    {
        sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    ~HeldSignals() { let_go(); }
    HeldSignals(const HeldSignals&) = delete;
    HeldSignals& operator=(const HeldSignals&) = delete;

    void let_go() const { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

private:
    sigset_t before_{};
};

/// Between fork and exec: system calls only.
[[noreturn]] void become(std::vector<char*>& arguments, pid_t parent, int pipe, const HeldSignals& held)
{
    for (const int number : {SIGINT, SIGTERM}) ::signal(number, SIG_DFL);
    held.let_go();
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != parent) ::_exit(127);
    const int nothing = ::open("/dev/null", O_RDWR);
    ::dup2(nothing, STDIN_FILENO), ::dup2(nothing, STDOUT_FILENO), ::dup2(pipe, STDERR_FILENO);
    ::execv("/proc/self/exe", arguments.data());
    ::_exit(127);
}

} // namespace

Worker::Worker(const std::vector<std::string>& arguments)
{
    std::string program = "/proc/self/exe";
    std::vector<std::string> words = arguments;
    std::vector<char*> pointers = {program.data()};
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw IoError("a pipe", "be made", std::strerror(errno));
    const pid_t parent = ::getpid();
    int why = 0;
    {
        const HeldSignals held;
        process_ = ::fork();
        if (process_ == 0) become(pointers, parent, ends[1], held);
        why = errno;
    }
    ::close(ends[1]);
    pipe_ = ends[0];
    if (process_ > 0) return;
    ::close(pipe_);
    throw IoError("a process", "be made", std::strerror(why));
}

Worker::Worker(Worker&& other) noexcept
    : process_(std::exchange(other.process_, -1)), pipe_(std::exchange(other.pipe_, -1)), said_(std::move(other.said_))
{
}

Worker& Worker::operator=(Worker&& other) noexcept
{
    std::swap(process_, other.process_);
    std::swap(pipe_, other.pipe_);
    std::swap(said_, other.said_);
    return *this;
}

Worker::~Worker()
{
    if (pipe_ >= 0) ::close(pipe_);
    if (process_ > 0) terminate(), wait();
}

bool Worker::read()
{
    std::array<char, 4096> bytes{};
    const ssize_t got = ::read(pipe_, bytes.data(), bytes.size());
    if (got < 0 && errno == EINTR) return true;
    if (got <= 0) return false;
    said_.append(bytes.data(), static_cast<std::size_t>(got));
    if (said_.size() > kept) said_.erase(0, said_.size() - kept);
    return true;
}

int Worker::wait()
{
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
    return status;
}

void Worker::terminate() const { ::kill(process_, SIGTERM); }

} // namespace sim::cli
