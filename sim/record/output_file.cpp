#include "sim/record/output_file.hpp"

#include "sim/base/io_error.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

namespace sim::record {
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& operation)
{
    throw IoError(path, operation, std::strerror(errno));
}

std::string directory_of(const std::string& path)
{
    const std::string parent = std::filesystem::path(path).parent_path().string();
    return parent.empty() ? "." : parent;
}

void check_directory(const std::string& path)
{
    const std::string directory = directory_of(path);
    if (!std::filesystem::is_directory(directory))
        throw IoError(path, "write the result", "the directory " + directory + " does not exist");
    if (::access(directory.c_str(), W_OK | X_OK) != 0) fail(path, "write into the directory " + directory);
    if (std::filesystem::is_directory(path)) throw IoError(path, "write the result", "it is a directory");
}

int create(const std::string& path, int flags)
{
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | flags, 0666);
    if (file < 0) fail(path, "create the file");
    return file;
}

bool write_all(int file, Bytes bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

/// Writes and syncs a new file; returns it open. Nothing is left of it after a failure.
int write_synced(const std::string& path, Bytes bytes)
{
    const int file = create(path, O_TRUNC);
    if (write_all(file, bytes) && ::fsync(file) == 0) return file;
    const int why = errno;
    ::close(file);
    ::unlink(path.c_str());
    errno = why;
    fail(path, "write the file");
}

bool is_named(int file, const std::string& path)
{
    struct stat opened {
    }, named{};
    return ::fstat(file, &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
           opened.st_dev == named.st_dev;
}

/// Opens and locks a file. What was locked may have lost its name to a new version meanwhile: then once more.
int lock(const std::string& path)
{
    for (;;) {
        const int file = create(path, 0);
        const bool taken = ::flock(file, LOCK_EX | LOCK_NB) != 0 &&
                           errno == EWOULDBLOCK; // no locks on this file system: go on without
        if (!taken && is_named(file, path)) return file;
        ::close(file);
        if (taken)
            throw IoError(path, "write the result",
                          "another run is writing it; wait for its end, or choose another file");
    }
}

} // namespace

void rename_over(const std::string& from, const std::string& to)
{
    if (std::rename(from.c_str(), to.c_str()) != 0) {
        const int why = errno;
        ::unlink(from.c_str());
        errno = why;
        fail(to, "rename " + from + " to it");
    }
    const int directory = ::open(directory_of(to).c_str(), O_RDONLY | O_CLOEXEC);
    if (directory < 0) fail(to, "open its directory");
    const bool failed = ::fsync(directory) != 0 && errno != EINVAL; // some file systems cannot sync a directory
    ::close(directory);
    if (failed) fail(to, "sync its directory");
}

OutputFile::OutputFile(std::string path) : path_(std::move(path))
{
    check_directory(path_);
    lock_ = lock(partial());
}

OutputFile::~OutputFile() { ::close(lock_); }

int OutputFile::write_new(Bytes whole) const
{
    const int file = write_synced(fresh(), whole);
    ::flock(file, LOCK_EX | LOCK_NB);
    return file;
}

void OutputFile::save(Bytes whole)
{
    int file = write_new(whole);
    std::swap(lock_, file); // the new version is locked before it has the name, the old one until it has lost it
    try {
        rename_over(fresh(), partial());
    } catch (const IoError&) {
        ::close(file);
        throw;
    }
    ::close(file);
}

void OutputFile::publish(Bytes whole)
{
    ::close(write_new(whole));
    rename_over(fresh(), path_);
    ::unlink(partial().c_str());
}

void write_whole(const std::string& path, const std::string& text)
{
    const std::string fresh = path + ".partial";
    ::close(write_synced(fresh, std::as_bytes(std::span(text.data(), text.size()))));
    rename_over(fresh, path);
}

} // namespace sim::record
