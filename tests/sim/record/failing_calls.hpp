#pragma once

/// The system calls a result is written with, made to fail. They replace the C library's for the whole test program, HDF5 included.
namespace failing_calls {

enum class Way {
    none,
    kill,      // the process dies before call n
    tear,      // half of call n is written, then the process dies
    disk_full, // call n and all later writes fail with ENOSPC
    error_once // call n fails with EIO, later ones work
};

/// Starts to count the calls of open, write, pwrite, posix_fallocate, ftruncate, fsync, link and rename from 1.
void arm(Way way, long n);
/// Calls since arm().
long count();

} // namespace failing_calls
