#include "sim/record/checkpoint_file.hpp"

#include "sim/base/bulk_digest.hpp"
#include "sim/base/io_error.hpp"
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

constexpr auto draft_tail = ".new";
constexpr std::uint64_t spare = 4 << 20; // bytes reserved for what the library itself writes

[[noreturn]] void fail(const std::string& path, const std::string& operation, int why)
{
    throw IoError(path, operation, std::strerror(why));
}

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

CheckpointWriter::CheckpointWriter(std::string path, ForEach for_each)
    : path_(std::move(path)), for_each_(std::move(for_each)), draft_(std::make_unique<Draft>(fresh()))
{
    reserve(0);
    file_.emplace(h5::File::create_on_disk(fresh()));
    reserve(0); // again: the library begins with an empty file
    file_->create_group(state_group);
    file_->set_attribute("/", {format_name, checkpoint_format});
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

void CheckpointWriter::put(const std::string& name, std::span<const std::byte> bytes)
{
    const auto [number, span] = add_piece(name, bytes.size());
    BulkDigest digest;
    write_parts(draft_->file(), path_, span.at, bytes, [&](std::span<const std::byte> part) { digest.update(part); });
    note_digest(number, digest.hex());
}

/// The piece's place in the structure; its bytes are not there yet.
std::pair<std::size_t, Span> CheckpointWriter::add_piece(const std::string& name, std::uint64_t size)
{
    const std::lock_guard lock(mutex_);
    reserve(size);
    file_->create_dataset(dataset(name), Kind::i8, {.dims = {size}});
    size_ += size;
    const std::size_t number = digests_.size();
    digests_.push_back(name), digests_.emplace_back();
    if (size == 0) return {number, {}};
    return {number, spans_.emplace_back(Span{file_->offset(dataset(name)), size})};
}

void CheckpointWriter::note_digest(std::size_t number, const std::string& digest)
{
    const std::lock_guard lock(mutex_);
    file_->set_attribute(dataset(digests_[number]), {digest_name, digest});
    digests_[number + 1] = digest;
}

void CheckpointWriter::commit(const CheckpointHead& head)
{
    for (const Attribute& a : attributes_of(head)) file_->set_attribute("/", a);
    file_->set_attribute("/", {content_name, content_digest(head, digests_)});
    // What was reserved and not used goes back; from here on the library only writes in place, or shrinks the file.
    if (::ftruncate(draft_->file(), static_cast<off_t>(file_->size())) != 0) fail(path_, "end the checkpoint", errno);
    file_->close();
    file_.reset();
    append_seal(draft_->file(), path_, spans_);
    try { // while the disk is still busy with it
        CheckpointReader(fresh(), for_each_).check();
    } catch (const CheckpointError&) {
        throw IoError(path_, "write the checkpoint", "what is read back is not what was written");
    }
    if (::fsync(draft_->file()) != 0) fail(path_, "force the checkpoint to the disk", errno);
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

} // namespace sim::record
