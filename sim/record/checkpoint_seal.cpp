#include "sim/record/checkpoint_seal.hpp"

#include "sim/base/io_error.hpp"
#include "sim/base/sha256.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>

namespace sim::record {
namespace {

constexpr std::uint64_t length_digits = 16, digest_digits = 64, footer = length_digits + digest_digits;

[[noreturn]] void fail(const std::string& path, const std::string& operation)
{
    throw IoError(path, operation, std::strerror(errno));
}

std::uint64_t size_of(int file, const std::string& path)
{
    const off_t end = ::lseek(file, 0, SEEK_END);
    if (end < 0) fail(path, "measure the checkpoint");
    return static_cast<std::uint64_t>(end);
}

void read_at(int file, const std::string& path, Span span, char* into)
{
    while (span.size > 0) {
        const ssize_t got = ::pread(file, into, span.size, static_cast<off_t>(span.at));
        if (got < 0 && errno == EINTR) continue;
        if (got == 0) throw IoError(path, "read the checkpoint", "it ends too early");
        if (got < 0) fail(path, "read the checkpoint");
        into += got, span.at += static_cast<std::uint64_t>(got), span.size -= static_cast<std::uint64_t>(got);
    }
}

std::string text_at(int file, const std::string& path, Span span)
{
    std::string text(span.size, '\0');
    read_at(file, path, span, text.data());
    return text;
}

/// SHA-256 of the first `size` bytes without the pieces, and of the lines that say where those lie.
std::string structure_digest(int file, const std::string& path, std::uint64_t size, const std::vector<Span>& pieces,
                             const std::string& lines)
{
    Sha256 digest;
    const auto add = [&](std::uint64_t from, std::uint64_t to) {
        constexpr std::uint64_t step = 1 << 20;
        for (; from < to; from += std::min(step, to - from))
            digest.update(text_at(file, path, {from, std::min(step, to - from)}));
    };
    std::uint64_t at = 0;
    for (const Span& piece : pieces) add(at, piece.at), at = piece.end();
    add(at, size);
    digest.update(lines);
    return digest.hex();
}

std::optional<std::uint64_t> number(const char*& at, const char* end)
{
    std::uint64_t value = 0;
    const auto [stop, failed] = std::from_chars(at, end, value);
    if (failed != std::errc() || stop == end) return std::nullopt;
    at = stop + 1; // behind the blank or the end of the line
    return value;
}

/// The pieces named by lines, in rising order and inside the file; nothing when they are not.
std::optional<std::vector<Span>> pieces_of(const std::string& lines, std::uint64_t size)
{
    std::vector<Span> pieces;
    std::uint64_t free_from = 0;
    for (const char *at = lines.data(), *end = at + lines.size(); at < end;) {
        const auto first = number(at, end);
        const auto length = first ? number(at, end) : std::nullopt;
        if (!length || *first < free_from || *first > size || *length > size - *first) return std::nullopt;
        pieces.push_back({*first, *length});
        free_from = pieces.back().end();
    }
    return pieces;
}

struct Descriptor {
    int file;
    ~Descriptor() { ::close(file); }
};

} // namespace

void append_seal(int file, const std::string& path, std::vector<Span> pieces)
{
    const std::uint64_t size = size_of(file, path);
    std::sort(pieces.begin(), pieces.end(), [](const Span& a, const Span& b) { return a.at < b.at; });
    std::string text;
    for (const Span& piece : pieces) text += std::to_string(piece.at) + " " + std::to_string(piece.size) + "\n";
    const std::string digest = structure_digest(file, path, size, pieces, text), length = std::to_string(text.size());
    text += std::string(length_digits - length.size(), '0') + length + digest;
    for (std::uint64_t done = 0; done < text.size();) {
        const ssize_t put = ::pwrite(file, text.data() + done, text.size() - done, static_cast<off_t>(size + done));
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) fail(path, "write the checkpoint");
        done += static_cast<std::uint64_t>(put);
    }
}

std::string broken_seal(const std::string& path)
{
    const Descriptor open{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (open.file < 0) fail(path, "open the checkpoint");
    const std::uint64_t whole = size_of(open.file, path);
    if (whole < footer) return "it is too short";
    const std::string end = text_at(open.file, path, {whole - footer, footer});
    std::uint64_t length = 0;
    const auto [stop, failed] = std::from_chars(end.data(), end.data() + length_digits, length);
    if (failed != std::errc() || stop != end.data() + length_digits || length > whole - footer) return "it has no seal";
    const std::uint64_t size = whole - footer - length;
    const std::string lines = text_at(open.file, path, {size, length});
    const auto pieces = pieces_of(lines, size);
    if (!pieces) return "its seal is damaged";
    const bool same = structure_digest(open.file, path, size, *pieces, lines) == end.substr(length_digits);
    return same ? "" : "its structure is damaged";
}

} // namespace sim::record
