#include "failing_calls.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>

namespace {

failing_calls::Way way = failing_calls::Way::none;
long target = 0, calls = 0;

template <class F>
F real(F, const char* name)
{
    return reinterpret_cast<F>(dlsym(RTLD_NEXT, name));
}

/// Counts one call; true when it has to fail. @p tear writes half of the call's bytes.
template <class Tear>
bool fails(Tear&& tear)
{
    using failing_calls::Way;
    ++calls;
    if (way == Way::disk_full && calls >= target) return errno = ENOSPC, true;
    if (way == Way::none || calls != target) return false;
    if (way == Way::error_once) return errno = EIO, true;
    if (way == Way::tear) tear();
    if (way == Way::kill || way == Way::tear) kill(getpid(), SIGKILL);
    return false;
}

bool fails()
{
    return fails([] {});
}

} // namespace

void failing_calls::arm(Way how, long n) { way = how, target = n, calls = 0; }

long failing_calls::count() { return calls; }

extern "C" {

ssize_t write(int file, const void* bytes, size_t size)
{
    static const auto call = real(&write, "write");
    return fails([&] { call(file, bytes, size / 2); }) ? -1 : call(file, bytes, size);
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t at)
{
    static const auto call = real(&pwrite, "pwrite");
    return fails([&] { call(file, bytes, size / 2, at); }) ? -1 : call(file, bytes, size, at);
}

int posix_fallocate(int file, off_t at, off_t size)
{
    static const auto call = real(&posix_fallocate, "posix_fallocate");
    return fails() ? errno : call(file, at, size);
}

int ftruncate(int file, off_t size) noexcept
{
    static const auto call = real(&ftruncate, "ftruncate");
    return fails() ? -1 : call(file, size);
}

int link(const char* from, const char* to) noexcept
{
    static const auto call = real(&link, "link");
    return fails() ? -1 : call(from, to);
}

int open(const char* path, int flags, ...)
{
    static const auto call = real(&open, "open");
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return fails() ? -1 : call(path, flags, mode);
}

int fsync(int file)
{
    static const auto call = real(&fsync, "fsync");
    return fails() ? -1 : call(file);
}

int rename(const char* from, const char* to) noexcept
{
    static const auto call = real(&rename, "rename");
    return fails() ? -1 : call(from, to);
}
}
