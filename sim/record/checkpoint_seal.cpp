#include "sim/record/checkpoint_seal.hpp"

#include "sim/base/io_error.hpp"
#include "sim/base/sha256.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>

namespace sim::record {
namespace {

constexpr std::uint64_t length_digits = 16, digest_digits = 64, footer = length_digits + digest_digits;

std::string text_at(int file, const std::string& path, Span span)
{
    std::string text(span.size, '\0');
    read_at(file, path, span.at, std::as_writable_bytes(std::span(text)));
    return text;
}

/// SHA-256 of the first `size` bytes without the pieces, and of the lines that say where those lie.
std::string structure_digest(int file, const std::string& path, std::uint64_t size, const std::vector<Span>& pieces,
                             const std::string& lines)
{
    Sha256 digest;
    const auto add = [&](std::uint64_t from, std::uint64_t to) {
        read_parts(file, path, {from, to - from}, [&](std::span<const std::byte> part) { digest.update(part); });
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

} // namespace

void append_seal(int file, const std::string& path, std::vector<Span> pieces)
{
    const std::uint64_t size = size_of(file, path);
    std::sort(pieces.begin(), pieces.end(), [](const Span& a, const Span& b) { return a.at < b.at; });
    std::string text;
    for (const Span& piece : pieces) text += std::to_string(piece.at) + " " + std::to_string(piece.size) + "\n";
    const std::string digest = structure_digest(file, path, size, pieces, text), length = std::to_string(text.size());
    text += std::string(length_digits - length.size(), '0') + length + digest;
    write_at(file, path, size, std::as_bytes(std::span(text)));
}

std::string broken_seal(const std::string& path)
{
    const Descriptor open(open_to_read(path));
    const std::uint64_t whole = size_of(open.file(), path);
    if (whole < footer) return "it is too short";
    const std::string end = text_at(open.file(), path, {whole - footer, footer});
    std::uint64_t length = 0;
    const auto [stop, failed] = std::from_chars(end.data(), end.data() + length_digits, length);
    if (failed != std::errc() || stop != end.data() + length_digits || length > whole - footer) return "it has no seal";
    const std::uint64_t size = whole - footer - length;
    const std::string lines = text_at(open.file(), path, {size, length});
    const auto pieces = pieces_of(lines, size);
    if (!pieces) return "its seal is damaged";
    const bool same = structure_digest(open.file(), path, size, *pieces, lines) == end.substr(length_digits);
    return same ? "" : "its structure is damaged";
}

} // namespace sim::record
