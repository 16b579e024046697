#include "sim/record/checkpoint_bytes.hpp"

#include "sim/base/io_error.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

namespace sim::record {
namespace {

constexpr std::size_t most_at_once = 256 << 10;

[[noreturn]] void fail(const std::string& path, const std::string& operation)
{
    throw IoError(path, operation, std::strerror(errno));
}

} // namespace

Descriptor::~Descriptor()
{
    if (file_ >= 0) ::close(file_);
}

int open_to_read(const std::string& path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) fail(path, "open the checkpoint");
    return file;
}

std::uint64_t size_of(int file, const std::string& path)
{
    const off_t end = ::lseek(file, 0, SEEK_END);
    if (end < 0) fail(path, "measure the checkpoint");
    return static_cast<std::uint64_t>(end);
}

void read_at(int file, const std::string& path, std::uint64_t at, std::span<std::byte> into)
{
    while (!into.empty()) {
        const ssize_t got = ::pread(file, into.data(), into.size(), static_cast<off_t>(at));
        if (got < 0 && errno == EINTR) continue;
        if (got == 0) throw IoError(path, "read the checkpoint", "it ends too early");
        if (got < 0) fail(path, "read the checkpoint");
        at += static_cast<std::uint64_t>(got), into = into.subspan(static_cast<std::size_t>(got));
    }
}

void read_parts(int file, const std::string& path, std::uint64_t at, std::span<std::byte> into, const TakePart& f)
{
    while (!into.empty()) {
        const auto part = into.first(std::min(most_at_once, into.size()));
        read_at(file, path, at, part);
        f(part);
        at += part.size(), into = into.subspan(part.size());
    }
}

void read_parts(int file, const std::string& path, Span span, const TakePart& f)
{
    std::vector<std::byte> part(std::min<std::uint64_t>(most_at_once, span.size));
    while (span.size > 0) {
        part.resize(std::min<std::uint64_t>(most_at_once, span.size));
        read_parts(file, path, span.at, part, f);
        span.at += part.size(), span.size -= part.size();
    }
}

void write_at(int file, const std::string& path, std::uint64_t at, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t put = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) fail(path, "write the checkpoint");
        if (put == 0) throw IoError(path, "write the checkpoint", "the file does not grow");
        at += static_cast<std::uint64_t>(put), bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
}

void write_parts(int file, const std::string& path, std::uint64_t at, std::span<const std::byte> bytes,
                 const TakePart& f)
{
    const auto size = static_cast<off_t>(bytes.size()), begin = static_cast<off_t>(at);
    while (!bytes.empty()) {
        const auto part = bytes.first(std::min(most_at_once, bytes.size()));
        f(part);
        write_at(file, path, at, part);
        at += part.size(), bytes = bytes.subspan(part.size());
    }
    ::sync_file_range(file, begin, size, SYNC_FILE_RANGE_WRITE); // only a hint: fsync tells of errors
}

} // namespace sim::record
