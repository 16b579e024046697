// Shared platforms as institutions: who has joined, what stands on offer, their accounts. Firms read it, barriers write it.
#pragma once

#include "models/platforms/platform_rule.hpp"
#include "sim/base/archive.hpp"
#include "sim/kernel/tally.hpp"

#include <limits>

namespace fabrica {

inline constexpr std::uint16_t no_platform = std::numeric_limits<std::uint16_t>::max();

/// Of the month, in model totals; goods in thousandths, hours of work in thousandths.
struct PlatformMonth {
    std::int64_t offers = 0, requests = 0, matches = 0, hours = 0, fees = 0, costs = 0, jobs = 0, failed = 0;
};

struct Platform {
    PlatformRule rule;
    PlatformKind kind{};
    sim::Key key = 0;         // of its name
    std::int64_t balance = 0; // fen: its part of the platforms' account
    double trust = 0;
    std::int64_t members = 0;
    std::int32_t months = 0, months_below = 0; // since it was founded; in a row with fees below cost
    bool is_open = true;
    std::vector<std::uint8_t> in_sector, in_region; // flags
    std::vector<std::int64_t> members_in;           // by sector
    PlatformMonth month;
    bool has_failed = false; // this month

    [[nodiscard]] bool serves(int sector, int region) const
    {
        return is_open && in_sector[static_cast<std::size_t>(sector)] != 0 &&
               in_region[static_cast<std::size_t>(region)] != 0;
    }
};

/// A firm's platform of each kind.
struct Membership {
    std::array<std::uint16_t, platform_kind_count> of{no_platform, no_platform, no_platform, no_platform, no_platform};
    std::uint16_t is_certified = 0; // bit by kind
};

struct JoinClaim {
    sim::Key key = 0;
    sim::AgentId id = 0;
    std::uint16_t platform = 0;
    std::uint8_t sector = 0, is_certified = 0;
};

/// Idle capacity (thousandths of goods until the next plan) or clients that a designer can take; it stands until it is used up or replaced.
struct Offer {
    sim::Key key = 0;
    sim::AgentId id = 0;
    float reserve = 0; // least price after the fee, yuan per unit; design: minus labour productivity
    std::int64_t left = 0;
    std::uint16_t platform = 0;
    std::uint8_t sector = 0, region = 0, level = 0, is_certified = 0;
};

enum class JobKind : std::uint8_t { peak, small_run, individual, design };

/// What a member asks for on the day of its plan; nobody waits longer than a day.
struct Request {
    sim::Key key = 0;
    sim::AgentId id = 0;
    float value = 0;           // of a unit to the client, yuan; design: labour productivity
    std::int64_t quantity = 0; // thousandths; design: the month's wages, fen
    std::uint16_t platform = 0;
    std::uint8_t sector = 0, region = 0, level = 0;
    JobKind kind{};
};

class Platforms {
public:
    std::vector<Platform> all; // in the order of their founding; closed ones stay
    std::vector<Offer> offers; // by platform, sector, reserve price, key
    mutable sim::Claims<JoinClaim> joins;
    mutable sim::Claims<Offer> new_offers;
    mutable sim::Claims<Request> requests;
    mutable sim::Tally tally; // see Cell
    // [sector] what single customers would have made to their wish today, and what they got so instead of from the wholesaler, thousandths
    std::vector<std::int64_t> individual_asked, individual_served;

    enum Cell { fees, hours, jobs, failed, cells };

    explicit Platforms(int threads = 1) : joins(threads), new_offers(threads), requests(threads), threads_(threads) {}

    [[nodiscard]] bool any() const { return !all.empty(); }

    /// A firm's platform of a kind, nullptr when it has joined none.
    [[nodiscard]] const Platform* of(PlatformKind kind, sim::AgentId id) const
    {
        if (id >= members_.size()) return nullptr;
        const std::uint16_t p = members_[id].of[static_cast<std::size_t>(kind)];
        return p == no_platform ? nullptr : &all[p];
    }
    [[nodiscard]] std::uint16_t number(const Platform& p) const { return static_cast<std::uint16_t>(&p - all.data()); }
    [[nodiscard]] bool is_certified(PlatformKind kind, sim::AgentId id) const
    {
        return id < members_.size() && (members_[id].is_certified >> static_cast<int>(kind) & 1) != 0;
    }
    /// Whether a firm has joined a platform of any kind.
    [[nodiscard]] bool is_member(sim::AgentId id) const
    {
        if (id >= members_.size()) return false;
        for (const std::uint16_t p : members_[id].of)
            if (p != no_platform) return true;
        return false;
    }
    /// Labour productivity of a firm over its own, with the design it rents [1].
    [[nodiscard]] double design(sim::AgentId id) const
    {
        return id < rented_.size() ? 1 + static_cast<double>(rented_[id]) : 1;
    }
    void rent(sim::AgentId id, double gain);

    void add(int thread, std::uint16_t platform, Cell cell, std::int64_t x) const
    {
        tally.add(thread, platform * std::size_t{cells} + cell, x);
    }

    // At barriers.
    std::uint16_t open(Platform platform);    // and makes room for it in the tally, which must be empty
    bool join(const JoinClaim& claim);        // false when it has joined one of the kind already
    void leave(sim::AgentId id, int sector);  // all of them: the firm is gone
    void close(std::uint16_t platform);       // its members are free, its offers gone
    void stand(const std::vector<Offer>& of); // replace what their firms offered before

    void visit_state(sim::Archive& archive);

private:
    int threads_;
    std::vector<Membership> members_; // by agent id
    std::vector<float> rented_;       // gain by agent id
};

} // namespace fabrica
