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

void CheckpointWriter::put(const std::string& name, std::span<const std::byte> bytes)
{
    Sha256 digest;
    digest.update(bytes);
    const Span span = add_piece(name, digest.hex(), bytes.size());
    write_at(draft_->file(), path_, span.at, bytes);
}

/// The piece's place in the structure; its bytes are not there yet.
Span CheckpointWriter::add_piece(const std::string& name, const std::string& digest, std::uint64_t size)
{
    const std::lock_guard lock(mutex_);
    reserve(size);
    file_->create_dataset(dataset(name), Kind::i8, {.dims = {size}});
    file_->set_attribute(dataset(name), {digest_name, digest});
    digests_.push_back(name), digests_.push_back(digest);
    size_ += size;
    if (size == 0) return {};
    return spans_.emplace_back(Span{file_->offset(dataset(name)), size});
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

} // namespace sim::record
