#include "sim/record/output_file.hpp"

#include "sim/record/io_error.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace sim::record {
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& operation) { throw IoError(path, operation, std::strerror(errno)); }

std::string directory_of(const std::string& path)
{
    const std::string parent = std::filesystem::path(path).parent_path().string();
    return parent.empty() ? "." : parent;
}

void check_directory(const std::string& path)
{
    const std::string directory = directory_of(path);
    if (!std::filesystem::is_directory(directory)) throw IoError(path, "write the result", "the directory " + directory + " does not exist");
    if (::access(directory.c_str(), W_OK | X_OK) != 0) fail(path, "write into the directory " + directory);
    if (std::filesystem::is_directory(path)) throw IoError(path, "write the result", "it is a directory");
}

void rename_over(const std::string& from, const std::string& to)
{
    if (std::rename(from.c_str(), to.c_str()) != 0) fail(to, "rename " + from + " to it");
    sync_to_disk(directory_of(to));
}

} // namespace

OutputFile::OutputFile(std::string path) : path_(std::move(path))
{
    check_directory(path_);
    lock_ = ::open(partial().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (lock_ < 0) fail(partial(), "create the file");
    if (::flock(lock_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return; // a file system without locks is no reason to stop
    ::close(lock_);
    throw IoError(partial(), "write the result", "another run is writing it");
}

OutputFile::~OutputFile()
{
    if (lock_ >= 0) ::close(lock_);
}

void OutputFile::publish() const
{
    sync_to_disk(repacked());
    rename_over(repacked(), path_);
    if (::unlink(partial().c_str()) != 0) fail(partial(), "remove the file");
}

void OutputFile::discard_repacked() const noexcept { ::unlink(repacked().c_str()); }

void sync_to_disk(const std::string& path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) fail(path, "open it for fsync");
    const bool failed = ::fsync(file) != 0 && errno != EINVAL; // some file systems cannot sync a directory
    ::close(file);
    if (failed) fail(path, "fsync");
}

void write_whole(const std::string& path, const std::string& text)
{
    const std::string temporary = path + ".partial";
    std::FILE* file = std::fopen(temporary.c_str(), "w");
    if (file == nullptr) fail(temporary, "create the file");
    const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size() && std::fflush(file) == 0;
    const int why = errno;
    const bool closed = std::fclose(file) == 0;
    if (written && closed) return sync_to_disk(temporary), rename_over(temporary, path);
    if (!written) errno = why;
    const std::string reason = std::strerror(errno);
    ::unlink(temporary.c_str());
    throw IoError(temporary, "write the file", reason);
}

} // namespace sim::record
