#include "sim/kernel/directory.hpp"

#include "sim/base/random.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <tuple>

namespace sim {

namespace {

/// A well-mixed 32-bit hash of simple steps, which the compiler does for many sellers at once (the finaliser of MurmurHash3, public
/// domain, between two words of the search).
constexpr std::uint32_t mix32(std::uint32_t x, std::uint32_t before, std::uint32_t after)
{
    x ^= before;
    x = (x ^ (x >> 16)) * 0x85EBCA6Bu;
    x = ((x ^ (x >> 13)) + after) * 0xC2B2AE35u;
    return x ^ (x >> 16);
}

/// -ln(1 - v) for v a multiple of 2^-24 in (0, 1), within 1e-6: of simple steps too, no two of which a compiler may contract.
inline float wait_of(float v)
{
    const float x = 1.0F - v; // exact
    const auto bits = std::bit_cast<std::int32_t>(x);
    const std::int32_t exponent = (bits - 0x3F3504F3) >> 23; // of a mantissa between the roots of 1/2 and 2
    const float m = std::bit_cast<float>(bits - exponent * 0x800000);
    const float s = (m - 1.0F) / (m + 1.0F), q = s * s;
    const float log_m = 2.0F * s * (1.0F + q * (1.0F / 3.0F + q * (1.0F / 5.0F + q * (1.0F / 7.0F))));
    return -(static_cast<float>(exponent) * 0.693147181F + log_m);
}

} // namespace

/// The best few sellers so far.
class Directory::Search {
public:
    struct Candidate {
        float wait;
        std::size_t seller;
    };

    Search(const Directory& directory, std::size_t wanted, std::uint64_t bits)
        : directory_(directory), wanted_(std::min(wanted, places_.size())), before_(static_cast<std::uint32_t>(bits)),
          after_(static_cast<std::uint32_t>(bits >> 32))
    {
    }

    /// Considers sellers from..to-1 with weights multiplied by 1 / `scale`.
    void consider(std::size_t from, std::size_t to, float scale)
    {
        for (; from < to; from += some) consider_some(from, std::min(some, to - from), scale);
    }

    [[nodiscard]] std::span<const Candidate> found() const { return {places_.data(), count_}; }

private:
    static constexpr std::size_t some = 64;

    void consider_some(std::size_t from, std::size_t n, float scale)
    {
        std::array<float, some> waits;
        const Ticket* ticket = directory_.tickets_.data() + from;
        for (std::size_t i = 0; i < n; ++i) {
            const auto luck = static_cast<std::int32_t>(mix32(ticket[i].hash, before_, after_) >> 9);
            waits[i] = wait_of((static_cast<float>(luck) + 0.5F) * 0x1p-23F) * (ticket[i].mean_wait * scale);
        }
        for (std::size_t i = 0; i < n; ++i)
            if (waits[i] <= worst_) offer({waits[i], from + i});
    }

    void offer(Candidate candidate)
    {
        if (count_ == wanted_) {
            if (!is_before(candidate, places_[count_ - 1])) return;
            --count_;
        }
        std::size_t at = count_++;
        for (; at > 0 && is_before(candidate, places_[at - 1]); --at) places_[at] = places_[at - 1];
        places_[at] = candidate;
        __builtin_prefetch(&directory_.entries_[candidate.seller]); // far away, and soon read if it stays
        if (count_ == wanted_) worst_ = places_[count_ - 1].wait;
    }

    [[nodiscard]] bool is_before(const Candidate& a, const Candidate& b) const
    {
        if (a.wait != b.wait) return a.wait < b.wait;
        return directory_.entries_[a.seller].key < directory_.entries_[b.seller].key;
    }

    const Directory& directory_;
    std::array<Candidate, 32> places_;
    std::size_t wanted_, count_ = 0;
    float worst_ = std::numeric_limits<float>::max();
    std::uint32_t before_, after_;
};

void Directory::publish(std::vector<Entry> entries)
{
    const auto larger = [](const Entry& a, const Entry& b) {
        return std::tuple(-a.weight, a.key) < std::tuple(-b.weight, b.key);
    };
    const std::size_t large = std::min(top, entries.size());
    std::partial_sort(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(large), entries.end(), larger);
    if (bucket_count_ == 0 && !entries.empty())
        bucket_count_ = std::max<std::size_t>(1, (entries.size() - large + top / 2) / top);
    order_by_bucket(entries, large);
    issue_tickets();
}

void Directory::issue_tickets()
{
    tickets_.clear();
    for (const Entry& e : entries_)
        tickets_.push_back(
            {static_cast<std::uint32_t>(mix64(e.key) >> 32),
             e.weight > 0 ? 1.0F / static_cast<float>(e.weight) : std::numeric_limits<float>::infinity()});
}

void Directory::visit_state(Archive& archive)
{
    archive("starts", starts_), archive("bucket_count", bucket_count_);
    entries_.resize(archive.count(entries_.size(), 20));
    for (Entry& e : entries_)
        archive.raw(&e.id, sizeof e.id), archive.raw(&e.key, sizeof e.key), archive.raw(&e.weight, sizeof e.weight);
    issue_tickets();
}

/// Counts, then places: the list is long and the buckets are small.
void Directory::order_by_bucket(std::vector<Entry>& entries, std::size_t large)
{
    starts_.assign(bucket_count_ + 1, large);
    if (entries.empty()) {
        entries_.clear();
        return;
    }
    std::vector<std::uint32_t> bucket(entries.size());
    for (std::size_t i = large; i < entries.size(); ++i) {
        bucket[i] = static_cast<std::uint32_t>(bucket_of(entries[i].key));
        ++starts_[bucket[i] + 1];
    }
    for (std::size_t b = 1; b < starts_.size(); ++b) starts_[b] += starts_[b - 1] - large;
    entries_.resize(entries.size());
    std::copy_n(entries.begin(), large, entries_.begin());
    std::vector<std::size_t> next(starts_.begin(), starts_.end() - 1);
    for (std::size_t i = large; i < entries.size(); ++i) entries_[next[bucket[i]]++] = entries[i];
    for (std::size_t b = 0; b < bucket_count_; ++b)
        std::sort(entries_.begin() + static_cast<std::ptrdiff_t>(starts_[b]),
                  entries_.begin() + static_cast<std::ptrdiff_t>(starts_[b + 1]),
                  [](const Entry& a, const Entry& c) { return a.key < c.key; });
}

int Directory::draw(std::uint32_t seed, Key buyer, std::uint16_t purpose, std::uint32_t occasion, int n,
                    std::span<Entry> out) const
{
    if (entries_.empty() || n <= 0 || out.empty()) return 0;
    const Draw luck(seed, buyer, purpose, occasion);
    Search search(*this, std::min(static_cast<std::size_t>(n), out.size()), luck.bits());
    const auto bucket = static_cast<std::size_t>(luck.uniform(1) * static_cast<double>(bucket_count_));
    for (std::size_t i = starts_[bucket]; i < starts_[bucket + 1]; i += 64 / sizeof(Ticket))
        __builtin_prefetch(&tickets_[i]);
    search.consider(0, starts_.front(), 1.0F);
    search.consider(starts_[bucket], starts_[bucket + 1], 1.0F / static_cast<float>(bucket_count_));
    const auto found = search.found();
    for (std::size_t i = 0; i < found.size(); ++i) out[i] = entries_[found[i].seller];
    return static_cast<int>(found.size());
}

} // namespace sim
