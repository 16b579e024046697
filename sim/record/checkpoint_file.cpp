#include "sim/record/checkpoint_file.hpp"

#include "sim/base/io_error.hpp"
#include "sim/base/sha256.hpp"
#include "sim/record/checkpoint_head.hpp"
#include "sim/record/checkpoint_seal.hpp"
#include "sim/record/output_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace sim::record {
namespace {

constexpr auto format_name = "fabrica_checkpoint", content_name = "content_sha256", group = "/state";
constexpr auto draft_tail = ".new";
constexpr std::uint64_t spare = 4 << 20; // bytes reserved for what the library itself writes

std::string dataset(const std::string& piece) { return std::string(group) + "/" + piece; }

std::string digest_of_bytes(std::span<const std::byte> bytes)
{
    Sha256 digest;
    digest.update(bytes);
    return digest.hex();
}

/// SHA-256 of each piece, on all threads.
std::vector<std::string> digests_of(const std::vector<Piece>& pieces, const ForEach& for_each)
{
    std::vector<std::string> digests(pieces.size());
    for_each(static_cast<int>(pieces.size()), [&](int i, int) {
        const auto at = static_cast<std::size_t>(i);
        digests[at] = digest_of_bytes(pieces[at].bytes);
    });
    return digests;
}

[[noreturn]] void fail(const std::string& path, const std::string& operation, int why)
{
    throw IoError(path, operation, std::strerror(why));
}

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

/// A new file that goes away again unless it is kept.
class CheckpointWriter::Draft {
public:
    explicit Draft(std::string name) : name_(std::move(name))
    {
        file_ = ::open(name_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
        if (file_ < 0) fail(name_, "create the checkpoint", errno);
    }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;
    ~Draft()
    {
        ::close(file_);
        if (!is_kept_) ::unlink(name_.c_str());
    }
    [[nodiscard]] int file() const { return file_; }
    void keep() { is_kept_ = true; }

private:
    std::string name_;
    int file_ = -1;
    bool is_kept_ = false;
};

CheckpointWriter::CheckpointWriter(std::string path, CheckpointHead head, ForEach for_each)
    : path_(std::move(path)), head_(std::move(head)), for_each_(std::move(for_each)),
      draft_(std::make_unique<Draft>(fresh()))
{
    reserve(0);
    file_.emplace(h5::File::create_on_disk(fresh()));
    reserve(0); // again: the library begins with an empty file
    file_->create_group(group);
    file_->set_attribute("/", {format_name, checkpoint_format});
    for (const Attribute& a : attributes_of(head_)) file_->set_attribute("/", a);
}

CheckpointWriter::~CheckpointWriter() = default;

std::string CheckpointWriter::fresh() const { return path_ + draft_tail; }

void sweep_drafts(const std::string& checkpoint)
{
    for (const std::string& name : {checkpoint, previous_path(checkpoint)}) ::unlink((name + draft_tail).c_str());
}

void CheckpointWriter::reserve(std::uint64_t more)
{
    const int why = ::posix_fallocate(draft_->file(), 0, static_cast<off_t>(size_ + more + spare));
    if (why != 0) fail(path_, "write the checkpoint", why);
}

void CheckpointWriter::put(std::vector<Piece> pieces)
{
    std::uint64_t more = 0;
    for (const Piece& piece : pieces) more += piece.bytes.size();
    reserve(more);
    const std::vector<std::string> digests = digests_of(pieces, for_each_);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const auto& [name, bytes] = pieces[i];
        file_->create_dataset(dataset(name), Kind::i8, {.dims = {bytes.size()}});
        if (!bytes.empty()) {
            file_->write_rows(dataset(name), Kind::i8, 0, bytes.size(), bytes.data());
            spans_.push_back({file_->offset(dataset(name)), bytes.size()});
        }
        file_->set_attribute(dataset(name), {"sha256", digests[i]});
        digests_.push_back(name), digests_.push_back(digests[i]);
    }
    size_ += more;
}

void CheckpointWriter::commit()
{
    file_->set_attribute("/", {content_name, content_digest(head_, digests_)});
    // What was reserved and not used goes back; from here on the library only writes in place, or shrinks the file.
    if (::ftruncate(draft_->file(), static_cast<off_t>(file_->size())) != 0) fail(path_, "end the checkpoint", errno);
    file_->close();
    file_.reset();
    append_seal(draft_->file(), path_, spans_);
    if (::fsync(draft_->file()) != 0) fail(path_, "force the checkpoint to the disk", errno);
    try {
        CheckpointReader(fresh(), for_each_).check();
    } catch (const CheckpointError&) {
        throw IoError(path_, "write the checkpoint", "what is read back is not what was written");
    }
    if (::access(path_.c_str(), F_OK) == 0) {
        const std::string kept =
            previous_path(path_) + draft_tail; // a second name first: the first one never goes away
        ::unlink(kept.c_str());
        if (::link(path_.c_str(), kept.c_str()) != 0) fail(kept, "give the last checkpoint this name", errno);
        rename_over(kept, previous_path(path_));
    }
    rename_over(fresh(), path_);
    draft_->keep();
}

CheckpointReader::CheckpointReader(std::string path, ForEach for_each)
    : path_(std::move(path)), for_each_(std::move(for_each))
{
    if (::access(path_.c_str(), R_OK) != 0) fail(path_, "open the checkpoint", errno);
    try {
        if (const std::string why = h5::File::is_one(path_) ? broken_seal(path_) : "not an HDF5 file"; !why.empty())
            throw IoError(path_, "read the checkpoint", why);
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
    std::vector<std::string> all;
    for (const h5::Variable& v : file_->variables()) {
        const std::vector<Attribute> of_piece = file_->attributes(v.path);
        const auto* digest = value_in<std::string>(of_piece, "sha256");
        digests_.emplace_back(std::filesystem::path(v.path).filename().string(), digest == nullptr ? "" : *digest);
        all.push_back(digests_.back().first), all.push_back(digests_.back().second);
    }
    const auto* content = value_in<std::string>(attributes, content_name);
    if (content == nullptr || *content != content_digest(head_, all)) damaged("its head or its list of pieces");
}

void CheckpointReader::damaged(const std::string& what) const
{
    throw CheckpointError(path_, "the checkpoint is damaged: " + what + " is not as it was written", other_generation);
}

std::vector<std::byte> CheckpointReader::read(const std::string& name) const
{
    const h5::Variable v = file_->variable(dataset(name));
    if (v.shape.size() != 1 || v.kind != Kind::i8) damaged("piece " + name);
    if (v.shape[0] > std::filesystem::file_size(path_)) damaged("piece " + name);
    std::vector<std::byte> bytes(v.shape[0]);
    if (!bytes.empty()) file_->read_rows(v.path, Kind::i8, 0, bytes.size(), bytes.data());
    return bytes;
}

std::vector<Piece> CheckpointReader::get(const std::vector<std::string>& names)
{
    std::vector<Piece> pieces;
    std::vector<std::string> expected;
    for (const std::string& name : names) {
        const auto known =
            std::find_if(digests_.begin(), digests_.end(), [&](const auto& d) { return d.first == name; });
        if (known == digests_.end()) damaged("piece " + name);
        try {
            pieces.push_back({name, read(name)});
        } catch (const IoError& error) {
            damaged("piece " + name + " (" + error.reason() + ")");
        }
        expected.push_back(known->second);
    }
    const std::vector<std::string> found = digests_of(pieces, for_each_);
    for (std::size_t i = 0; i < pieces.size(); ++i)
        if (found[i] != expected[i]) damaged("piece " + pieces[i].name);
    return pieces;
}

void CheckpointReader::check()
{
    constexpr std::size_t batch = 16;
    for (std::size_t first = 0; first < digests_.size(); first += batch) {
        std::vector<std::string> names;
        for (std::size_t i = first; i < std::min(first + batch, digests_.size()); ++i)
            names.push_back(digests_[i].first);
        get(names);
    }
}

} // namespace sim::record
