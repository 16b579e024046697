#pragma once

#include "sim/base/archive.hpp"
#include "sim/base/key.hpp"

#include <cstddef>
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

    /// At a barrier; the order of the entries does not matter. The number of buckets is fixed by the first list that is not empty.
    void publish(std::vector<Entry> entries);

    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    [[nodiscard]] std::span<const Entry> entries() const { return entries_; }
    [[nodiscard]] std::size_t buckets() const { return bucket_count_; }

    /// Draws up to n distinct entries, best first, into `out`. One seller's luck is 23 bits of a hash, so of weights
    /// further apart than 1 : 10^7 the smaller never wins.
    /// @return  number drawn, <= min(n, out.size(), 32)
    int draw(std::uint32_t seed, Key buyer, std::uint16_t purpose, std::uint32_t occasion, int n,
             std::span<Entry> out) const;

    void visit_state(Archive& archive);

private:
    class Search;

    /// What a search reads of an entry.
    struct Ticket {
        std::uint32_t hash; // of the key
        float mean_wait;    // 1 / weight
    };

    [[nodiscard]] std::size_t bucket_of(Key seller) const
    {
        return mix64(seller ^ 0x5851F42D4C957F2Du) % bucket_count_;
    }
    void issue_tickets();
    void order_by_bucket(std::vector<Entry>& entries, std::size_t large);

    std::vector<Entry> entries_;      // the largest first, then the others by bucket
    std::vector<Ticket> tickets_;     // in the same order
    std::vector<std::size_t> starts_; // of each bucket in entries_, and the end
    std::size_t bucket_count_ = 0;
};

} // namespace sim
