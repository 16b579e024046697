#include "sim/kernel/directory.hpp"

#include <tuple>

namespace sim {

void Directory::publish(std::vector<Entry> entries)
{
    const auto larger = [](const Entry& a, const Entry& b) {
        return std::tuple(-a.weight, a.key) < std::tuple(-b.weight, b.key);
    };
    const std::size_t large = std::min(top, entries.size());
    std::partial_sort(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(large), entries.end(), larger);
    if (bucket_count_ == 0 && !entries.empty())
        bucket_count_ = std::max<std::size_t>(1, (entries.size() - large + top / 2) / top);

    const auto by_bucket = [&](const Entry& a, const Entry& b) {
        return std::tuple(bucket_of(a.key), a.key) < std::tuple(bucket_of(b.key), b.key);
    };
    std::sort(entries.begin() + static_cast<std::ptrdiff_t>(large), entries.end(), by_bucket);
    starts_.assign(bucket_count_ + 1, large);
    for (std::size_t i = large; i < entries.size(); ++i) ++starts_[bucket_of(entries[i].key) + 1];
    for (std::size_t b = 1; b < starts_.size(); ++b) starts_[b] += starts_[b - 1] - large;
    entries_ = std::move(entries);
}

} // namespace sim
