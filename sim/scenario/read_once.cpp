#include "sim/scenario/read_once.hpp"

#include "sim/base/sha256.hpp"
#include "sim/scenario/library.hpp"

#include <atomic>

namespace sim::scenario {
namespace {

std::atomic<ReadOnce*> current{nullptr};

} // namespace

ReadOnce::ReadOnce() : outer_(current.exchange(this)) {}
ReadOnce::~ReadOnce() { current = outer_; }

ReadOnce::TableKey ReadOnce::key(const std::string& path, const CsvShape& shape)
{
    return {path, shape.columns, shape.unique, shape.has_provenance};
}

std::string ReadOnce::digest(const std::filesystem::path& real, std::size_t limit)
{
    ReadOnce* all = current;
    if (all == nullptr) return sha256(read_bytes(real, limit));
    const std::lock_guard lock(all->mutex_);
    auto found = all->digests_.find(real);
    if (found == all->digests_.end()) found = all->digests_.emplace(real, sha256(read_bytes(real, limit))).first;
    return found->second;
}

std::shared_ptr<const CsvContent> ReadOnce::table(const std::string& path, const CsvShape& shape)
{
    ReadOnce* all = current;
    if (all == nullptr) return nullptr;
    const std::lock_guard lock(all->mutex_);
    const auto found = all->tables_.find(key(path, shape));
    return found == all->tables_.end() ? nullptr : found->second;
}

void ReadOnce::keep(const std::string& path, const CsvShape& shape, std::shared_ptr<const CsvContent> content)
{
    ReadOnce* all = current;
    if (all == nullptr) return;
    const std::lock_guard lock(all->mutex_);
    all->tables_.emplace(key(path, shape), std::move(content));
}

} // namespace sim::scenario
