#pragma once

// Private to checkpoint_*.cpp.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace sim::record {

/// Bytes of a file.
struct Span {
    std::uint64_t at = 0, size = 0;
    [[nodiscard]] std::uint64_t end() const { return at + size; }
};

/// An open file that is closed again.
class Descriptor {
public:
    explicit Descriptor(int file) : file_(file) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor();
    [[nodiscard]] int file() const { return file_; }

private:
    int file_;
};

// All throw IoError, and may be called by several threads at once for one file.

/// Opens a checkpoint for reading.
int open_to_read(const std::string& path);

std::uint64_t size_of(int file, const std::string& path);

/// Reads `into.size()` bytes from a place in a file.
void read_at(int file, const std::string& path, std::uint64_t at, std::span<std::byte> into);

using TakePart = std::function<void(std::span<const std::byte>)>;

/// Reads `into.size()` bytes part by part, and calls f for each while it is still in the cache of the processor.
void read_parts(int file, const std::string& path, std::uint64_t at, std::span<std::byte> into, const TakePart& f);

/// The same without keeping what was read.
void read_parts(int file, const std::string& path, Span span, const TakePart& f);

/// Writes part by part to a place in a file, calls f for each while it is in the cache of the processor, and lets the disk begin with it.
void write_parts(int file, const std::string& path, std::uint64_t at, std::span<const std::byte> bytes,
                 const TakePart& f);

/// Writes to a place in a file.
void write_at(int file, const std::string& path, std::uint64_t at, std::span<const std::byte> bytes);

} // namespace sim::record
