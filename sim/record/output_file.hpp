#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace sim::record {

using Bytes = std::span<const std::byte>;

/// The names and the lock of a result under way. Both X.h5.partial and X.h5 only ever appear whole: a new version is written beside them
/// (X.h5.new.partial), forced to the disk and renamed over the old one, so that no kill and no full disk can leave a damaged file.
class OutputFile {
public:
    /// Throws IoError when the directory is missing or read-only, X.h5 is a directory, or another process writes the same result.
    explicit OutputFile(std::string path);
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    ~OutputFile();

    const std::string& path() const { return path_; }
    std::string partial() const { return path_ + ".partial"; }

    /// Replaces X.h5.partial.
    void save(Bytes whole);
    /// Replaces X.h5 and removes X.h5.partial.
    void publish(Bytes whole);

private:
    int write_new(Bytes whole) const;
    std::string fresh() const { return path_ + ".new.partial"; }

    std::string path_;
    int lock_ = -1; // open on X.h5.partial, locked
};

/// Gives a whole file another name, in place of what had it, and syncs the directory; throws IoError, and then the file is gone.
void rename_over(const std::string& from, const std::string& to);

/// Replaces @p path by @p text in one step; throws IoError.
void write_whole(const std::string& path, const std::string& text);

} // namespace sim::record
