#include "sim/record/checkpoint_file.hpp"

#include "sim/base/bulk_digest.hpp"
#include "sim/base/io_error.hpp"
#include "sim/record/checkpoint_head.hpp"
#include "sim/record/checkpoint_seal.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace sim::record {
namespace {

template <class T>
const T* value_in(const std::vector<Attribute>& attributes, std::string_view name)
{
    const auto at =
        std::find_if(attributes.begin(), attributes.end(), [&](const Attribute& a) { return a.name == name; });
    return at == attributes.end() ? nullptr : std::get_if<T>(&at->value);
}

constexpr auto other_generation =
    "the checkpoint before it has .previous in its name; without one, run from the first day";

} // namespace

CheckpointReader::CheckpointReader(std::string path, ForEach for_each)
    : path_(std::move(path)), for_each_(std::move(for_each))
{
    if (::access(path_.c_str(), R_OK) != 0) throw IoError(path_, "open the checkpoint", std::strerror(errno));
    try {
        if (const std::string why = h5::File::is_one(path_) ? broken_seal(path_) : "not an HDF5 file"; !why.empty())
            throw IoError(path_, "read the checkpoint", why);
        direct_.emplace(open_to_read(path_));
        file_.emplace(h5::File::open(path_));
    } catch (const IoError& error) {
        throw CheckpointError(path_,
                              "this is no checkpoint, or the file is cut off or damaged (" + error.reason() + ")",
                              other_generation);
    }
    try {
        read_head();
    } catch (const IoError& error) {
        damaged("its structure (" + error.reason() + ")");
    }
}

void CheckpointReader::read_head()
{
    const std::vector<Attribute> attributes = file_->attributes("/");
    const auto* format = value_in<std::int64_t>(attributes, format_name);
    if (format == nullptr)
        throw CheckpointError(path_, "this HDF5 file is no checkpoint", "name the X.ckpt.h5 beside the result X.h5");
    if (*format != checkpoint_format)
        throw CheckpointError(path_,
                              "this checkpoint has the format " + std::to_string(*format) + ", not " +
                                  std::to_string(checkpoint_format),
                              "continue with the program that wrote it, or run from the first day");
    head_ = head_of(attributes);
    read_list();
    std::vector<std::string> all;
    for (const Entry& piece : pieces_) all.push_back(piece.name), all.push_back(piece.digest);
    const auto* content = value_in<std::string>(attributes, content_name);
    if (content == nullptr || *content != content_digest(head_, all)) damaged("its head or its list of pieces");
}

void CheckpointReader::read_list()
{
    for (const h5::Variable& v : file_->variables()) {
        const std::vector<Attribute> of_piece = file_->attributes(v.path);
        const auto* digest = value_in<std::string>(of_piece, digest_name);
        pieces_.push_back(
            {std::filesystem::path(v.path).filename().string(), digest == nullptr ? "" : *digest, place_of(v)});
    }
}

/// Throws when it lies outside the file.
Span CheckpointReader::place_of(const h5::Variable& piece) const
{
    if (piece.shape.size() != 1 || piece.kind != Kind::i8) damaged("piece " + piece.path);
    if (piece.shape[0] == 0) return {};
    const Span span{file_->offset(piece.path), piece.shape[0]};
    const std::uint64_t end = size_of(direct_->file(), path_);
    if (span.at > end || span.size > end - span.at) damaged("piece " + piece.path);
    return span;
}

void CheckpointReader::damaged(const std::string& what) const
{
    throw CheckpointError(path_, "the checkpoint is damaged: " + what + " is not as it was written", other_generation);
}

void CheckpointReader::read(const std::string& name, std::vector<std::byte>& bytes)
{
    const auto piece = std::find_if(pieces_.begin(), pieces_.end(), [&](const Entry& e) { return e.name == name; });
    if (piece == pieces_.end()) damaged("piece " + name);
    bytes.resize(piece->span.size);
    BulkDigest digest;
    try {
        read_parts(direct_->file(), path_, piece->span.at, bytes,
                   [&](std::span<const std::byte> part) { digest.update(part); });
    } catch (const IoError& error) {
        damaged("piece " + name + " (" + error.reason() + ")");
    }
    if (digest.hex() != piece->digest) damaged("piece " + name);
}

void CheckpointReader::check() const
{
    for_each_(static_cast<int>(pieces_.size()), [this](int i, int) {
        const Entry& piece = pieces_[static_cast<std::size_t>(i)];
        BulkDigest digest;
        read_parts(direct_->file(), path_, piece.span, [&](std::span<const std::byte> part) { digest.update(part); });
        if (digest.hex() != piece.digest) damaged("piece " + piece.name);
    });
}

} // namespace sim::record
