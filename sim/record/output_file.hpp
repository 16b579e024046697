#pragma once

#include <string>

namespace sim::record {

/// The names and the lock of a result under way: X.h5.partial is written, X.h5.repack.partial is the copy with long chunks, X.h5 appears by
/// rename only when everything before has succeeded.
class OutputFile {
public:
    /// Throws IoError when the directory is missing or read-only, X.h5 is a directory, or another process writes the same result.
    explicit OutputFile(std::string path);
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    ~OutputFile();

    const std::string& path() const { return path_; }
    std::string partial() const { return path_ + ".partial"; }
    std::string repacked() const { return path_ + ".repack.partial"; }

    /// fsync, rename repacked() to path(), fsync the directory, remove partial().
    void publish() const;
    void discard_repacked() const noexcept;

private:
    std::string path_;
    int lock_ = -1;
};

/// Forces a file or a directory to the disk; throws IoError.
void sync_to_disk(const std::string& path);

/// Replaces @p path by @p text in one step (temporary file, fsync, rename); throws IoError.
void write_whole(const std::string& path, const std::string& text);

} // namespace sim::record
