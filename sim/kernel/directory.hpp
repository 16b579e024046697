#pragma once

#include "sim/base/math.hpp"
#include "sim/base/random.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace sim {

/// A published list of sellers from which each buyer draws a few by weight, without scanning the list and without ever using a seller's
/// position: keyed rendezvous. A buyer takes the n sellers with the lowest -ln u(buyer, seller, purpose, occasion) / weight among the
/// `top` largest and one bucket of about `top` others; the bucket's weights are multiplied by the number of buckets.
/// One more seller among the others changes only the buyers it wins.
class Directory {
public:
    struct Entry {
        AgentId id = no_agent;
        Key key = 0;
        std::int64_t weight = 0; // >= 0; 0 is never drawn
    };

    static constexpr std::size_t top = 64;

    /// At a barrier. The number of buckets is fixed by the first list that is not empty.
    void publish(std::vector<Entry> entries);

    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    [[nodiscard]] std::span<const Entry> entries() const { return entries_; }
    [[nodiscard]] std::size_t buckets() const { return bucket_count_; }

    /// Draws up to n distinct entries, best first, into `out`.
    /// @param multiplier  f(const Entry&) -> factor on the weight, >= 0; 0 leaves the entry out
    /// @return            number drawn, <= min(n, out.size())
    template <class F>
    int draw(std::uint32_t seed, Key buyer, std::uint16_t purpose, std::uint32_t occasion, int n,
             std::span<AgentId> out, F&& multiplier) const;

    /// The same without a multiplier.
    int draw(std::uint32_t seed, Key buyer, std::uint16_t purpose, std::uint32_t occasion, int n,
             std::span<AgentId> out) const
    {
        return draw(seed, buyer, purpose, occasion, n, out, [](const Entry&) { return 1.0; });
    }

private:
    struct Candidate {
        double score;
        Key key;
        AgentId id;
        friend bool operator<(const Candidate& a, const Candidate& b)
        {
            return a.score != b.score ? a.score < b.score : a.key < b.key;
        }
    };

    // The best few so far, in order.
    class Shortlist {
    public:
        explicit Shortlist(std::size_t wanted) : wanted_(std::min(wanted, places_.size())) {}
        [[nodiscard]] bool full() const { return count_ == wanted_; }
        [[nodiscard]] double worst() const { return places_[count_ - 1].score; }
        [[nodiscard]] std::size_t size() const { return count_; }
        [[nodiscard]] const Candidate& operator[](std::size_t i) const { return places_[i]; }
        void offer(const Candidate& candidate)
        {
            if (full()) {
                if (!(candidate < places_[count_ - 1])) return;
                --count_;
            }
            std::size_t at = count_++;
            for (; at > 0 && candidate < places_[at - 1]; --at) places_[at] = places_[at - 1];
            places_[at] = candidate;
        }

    private:
        std::array<Candidate, 32> places_;
        std::size_t wanted_;
        std::size_t count_ = 0;
    };

    template <class F>
    static void consider(const Entry& entry, double scale, Key search, F& multiplier, Shortlist& best);

    [[nodiscard]] std::size_t bucket_of(Key seller) const
    {
        return mix64(seller ^ 0x5851F42D4C957F2Du) % bucket_count_;
    }

    std::vector<Entry> entries_;      // the largest first, then the others by bucket
    std::vector<std::size_t> starts_; // of each bucket in entries_, and the end
    std::size_t bucket_count_ = 0;
};

template <class F>
void Directory::consider(const Entry& entry, double scale, Key search, F& multiplier, Shortlist& best)
{
    if (entry.weight <= 0) return;
    const double weight = static_cast<double>(entry.weight) * scale * multiplier(entry);
    if (!(weight > 0.0)) return;
    // One well-mixed hash per seller: a full Philox draw would be the most of a search's cost.
    const double u = (static_cast<double>(mix64(search ^ mix64(entry.key)) >> 12) + 0.5) * 0x1p-52;
    // -ln u >= 1 - u: most sellers are out of the question before the logarithm. The margin covers rounding.
    if (best.full() && (1.0 - u) * 0.999999 > best.worst() * weight) return;
    best.offer({-math::log(u) / weight, entry.key, entry.id});
}

template <class F>
int Directory::draw(std::uint32_t seed, Key buyer, std::uint16_t purpose, std::uint32_t occasion, int n,
                    std::span<AgentId> out, F&& multiplier) const
{
    if (entries_.empty() || n <= 0 || out.empty()) return 0;
    Shortlist best(std::min(static_cast<std::size_t>(n), out.size()));
    const Key search = make_key(Draw(seed, buyer, purpose, occasion).bits());
    const auto score_all = [&](std::size_t from, std::size_t to, double scale) {
        for (std::size_t i = from; i < to; ++i) consider(entries_[i], scale, search, multiplier, best);
    };
    score_all(0, starts_.front(), 1.0);
    const auto bucket = static_cast<std::size_t>(Draw(seed, buyer, purpose, occasion, 1).uniform() *
                                                 static_cast<double>(bucket_count_));
    score_all(starts_[bucket], starts_[bucket + 1], static_cast<double>(bucket_count_));
    for (std::size_t i = 0; i < best.size(); ++i) out[i] = best[i].id;
    return static_cast<int>(best.size());
}

} // namespace sim
