#include "sim/sweep/run_lock.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/core.h>

#include "sim/base/io_error.hpp"

namespace sim::sweep {
namespace {

std::string host_name()
{
    std::array<char, 256> name{};
    gethostname(name.data(), name.size() - 1);
    return name.data();
}

enum class Grip { taken, busy, unsupported };

struct flock whole_file(short type)
{
    struct flock range {};
    range.l_type = type, range.l_whence = SEEK_SET;
    return range;
}

Grip grip(int file, const RunLock::Options& options)
{
    if (!options.has_kernel_locks) return Grip::unsupported;
    struct flock range = whole_file(F_WRLCK);
    if (::fcntl(file, F_SETLK, &range) == 0) return Grip::taken;
    return errno == EACCES || errno == EAGAIN ? Grip::busy : Grip::unsupported;
}

bool is_named(int file, const std::string& path)
{
    struct stat opened {
    }, named{};
    return ::fstat(file, &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
           opened.st_dev == named.st_dev;
}

void write_owner(int file)
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const std::string text = fmt::format("{{\"host\": \"{}\", \"pid\": {}, \"heartbeat\": {}}}\n", host_name(),
                                         ::getpid(), std::chrono::duration_cast<std::chrono::seconds>(now).count());
    const bool is_written = ::pwrite(file, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
    if (is_written) [[maybe_unused]]
        const int ignored = ::ftruncate(file, static_cast<off_t>(text.size()));
}

std::optional<Owner> read_owner(const std::string& path)
{
    std::FILE* file = std::fopen(path.c_str(), "re");
    if (file == nullptr) return std::nullopt;
    std::array<char, 256> host{};
    long pid = 0;
    const bool is_owner = std::fscanf(file, "{\"host\": \"%255[^\"]\", \"pid\": %ld", host.data(), &pid) == 2;
    std::fclose(file);
    return is_owner ? std::optional<Owner>({host.data(), pid}) : Owner{"?", 0};
}

/// How long ago the file was written, by the clock of its file system: clocks of hosts differ.
std::optional<std::chrono::milliseconds> age(const std::string& path)
{
    struct stat lock {
    }, now{};
    const std::string probe = fmt::format("{}.{}.now", path, ::getpid());
    const int file = ::open(probe.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0) return std::nullopt;
    const bool is_known = ::fstat(file, &now) == 0 && ::stat(path.c_str(), &lock) == 0;
    ::close(file);
    ::unlink(probe.c_str());
    if (!is_known) return std::nullopt;
    return std::chrono::milliseconds((now.st_mtim.tv_sec - lock.st_mtim.tv_sec) * 1000 +
                                     (now.st_mtim.tv_nsec - lock.st_mtim.tv_nsec) / 1000000);
}

/// Without locks of the kernel: whether the owner written in the file is alive.
bool is_alive(const std::string& path, const Owner& owner, const RunLock::Options& options)
{
    if (owner.pid > 0 && owner.host == host_name() && ::kill(static_cast<pid_t>(owner.pid), 0) != 0 && errno == ESRCH)
        return false;
    const auto silent = age(path);
    return !silent || *silent < options.stale;
}

/// Without locks of the kernel: the file is made by whoever has the lock, and by nobody else. One that is dead is renamed away first, which
/// only one of several can do.
int make_alone(const std::string& path, const RunLock::Options& options)
{
    for (int attempt = 0; attempt < 2; ++attempt) {
        const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file >= 0 || errno != EEXIST) return file;
        const auto owner = read_owner(path);
        if (owner && is_alive(path, *owner, options)) break;
        const std::string dead = fmt::format("{}.{}.dead", path, ::getpid());
        if (::rename(path.c_str(), dead.c_str()) == 0) ::unlink(dead.c_str());
    }
    errno = EEXIST;
    return -1;
}

} // namespace

std::string Owner::text() const
{
    return pid == 0 ? std::string("another process") : fmt::format("process {} on {}", pid, host);
}

std::unique_ptr<RunLock> RunLock::try_take(const std::string& path, const Options& options)
{
    while (options.has_kernel_locks) {
        const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (file < 0) throw IoError(path, "lock the run", std::strerror(errno));
        const Grip got = grip(file, options);
        if (got == Grip::taken && is_named(file, path))
            return std::unique_ptr<RunLock>(new RunLock(path, file, options));
        ::close(file);
        if (got == Grip::busy) return nullptr;
        if (got == Grip::unsupported) break; // else its owner has just removed it: once more
    }
    const int file = make_alone(path, options);
    if (file < 0 && errno == EEXIST) return nullptr;
    if (file < 0) throw IoError(path, "lock the run", std::strerror(errno));
    return std::unique_ptr<RunLock>(new RunLock(path, file, options));
}

std::optional<Owner> RunLock::owner_of(const std::string& path, const Options& options)
{
    const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) return std::nullopt;
    struct flock range = whole_file(F_WRLCK);
    const bool has_locks = options.has_kernel_locks && ::fcntl(file, F_GETLK, &range) == 0;
    ::close(file);
    const auto owner = read_owner(path);
    if (has_locks) return range.l_type == F_UNLCK ? std::nullopt : owner;
    return owner && is_alive(path, *owner, options) ? owner : std::nullopt;
}

RunLock::RunLock(std::string path, int file, const Options& options) : path_(std::move(path)), file_(file)
{
    write_owner(file_);
    heart_ = std::thread([this, options] { beat(options); });
}

void RunLock::beat(const Options& options)
{
    std::unique_lock lock(mutex_);
    while (!ended_.wait_for(lock, options.beat, [this] { return is_over_; })) write_owner(file_);
}

RunLock::~RunLock()
{
    {
        const std::lock_guard lock(mutex_);
        is_over_ = true;
    }
    ended_.notify_one();
    heart_.join();
    if (is_named(file_, path_)) ::unlink(path_.c_str()); // else it was taken for dead, and belongs to another
    ::close(file_);
}

} // namespace sim::sweep
