// What the programmes of a run remember, and the month's accounts of each.
#pragma once

#include "models/kinds.hpp"
#include "models/policy/programme.hpp"
#include "models/policy/terms.hpp"
#include "sim/base/archive.hpp"
#include "sim/base/key.hpp"
#include "sim/kernel/tally.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fabrica {

struct Firm;
struct Nation;
struct World;

/// Who got public money.
enum class Recipient : std::uint8_t {
    private_firms,
    state_firms,
    foreign_firms,
    joint_ventures,
    households,
    banks,
    provinces,
    institutions // funds, platforms, research
};
inline constexpr std::array<std::string_view, 8> recipient_names{"private",    "state", "foreign",   "joint_venture",
                                                                 "households", "banks", "provinces", "institutions"};
inline constexpr int recipient_count = static_cast<int>(recipient_names.size());

/// Cells of one programme's monthly accounts; money in fen of the nation simulated.
struct PolicyPlan {
    int sectors = 0, regions = 0;
    enum Count {
        eligible,
        applicants,
        awards,
        audits,
        asked,
        granted,
        disbursed,
        clawed_back,
        levied,
        undelivered,
        counts
    };

    [[nodiscard]] std::size_t count(Count c) const { return static_cast<std::size_t>(c); }
    [[nodiscard]] std::size_t by_recipient(Recipient r) const { return counts + static_cast<std::size_t>(r); }
    [[nodiscard]] std::size_t by_size(SizeClass z) const
    {
        return counts + recipient_names.size() + static_cast<std::size_t>(z);
    }
    [[nodiscard]] std::size_t by_sector(int s) const
    {
        return by_size(SizeClass::micro) + size_class_count + static_cast<std::size_t>(s);
    }
    [[nodiscard]] std::size_t by_region(int r) const { return by_sector(sectors) + static_cast<std::size_t>(r); }
    [[nodiscard]] std::size_t cells() const { return by_region(regions); }
};

/// What one programme remembers.
struct ProgrammeState {
    std::string id;
    double budget_factor = 1;    ///< set by evaluations (E26)
    double fill = 1;             ///< granted over asked in the last round
    double cycle = 1;            ///< factor on its rates this month, of one that leans against the cycle
    double target_gap = 0;       ///< (target - actual) / target at the end of the last year
    bool is_in_force = false;    ///< when markets' terms were last made
    std::int64_t fired = 0;      ///< months in which it did anything
    std::int64_t year_spent = 0; ///< granted since the year began, fen
    std::vector<double> numbers; ///< the instrument's own
    std::vector<std::int64_t> counts;
    std::vector<sim::Key> members;   ///< in the order of joining
    std::vector<std::int64_t> month; ///< accounts since the month began, see PolicyPlan

    void visit_state(sim::Archive& archive);
};

/// A firm's claim on a limited budget.
struct PolicyClaim {
    sim::Key key;
    sim::AgentId id;
    std::uint32_t programme;
    std::int64_t amount;
    float merit, size, jobs, noise; ///< unscaled terms of the score (E25)
    bool is_state, is_connected;

    void visit_state(sim::Archive& archive);
};

/// A programme's eligibility with names looked up.
struct Scope {
    std::uint64_t sectors = ~std::uint64_t{0}, regions = ~std::uint64_t{0};
    std::uint8_t ownerships = 0xFF, size_classes = 0xFF;
    double min_age = 0, max_age = 1000; // years
    int min_level = 0, max_level = 3;   // 0-based
    bool has_age = false;

    [[nodiscard]] bool holds(const Firm& firm, double years_per_window, std::int32_t window) const;
};

struct PolicyState {
    PolicyState() = default;
    PolicyState(const std::vector<Programme>& programmes, const Nation& nation, int threads);

    std::vector<ProgrammeState> programme; ///< in the order of the scenario
    std::vector<Scope> scope;
    std::vector<std::uint32_t> name; ///< hash of each id: names programmes in messages and draws
    std::vector<std::vector<std::uint32_t>> by_sector, expected_by_sector; ///< in force, announced
    std::vector<std::uint32_t> in_force;
    sim::Date today{};   ///< of the next window
    MarketTerms neutral; ///< as if there were no programme
    MarketTerms markets;
    PolicyPlan plan;
    mutable sim::Tally tally; ///< [programme x PolicyPlan]
    mutable sim::Claims<PolicyClaim> claims;

    [[nodiscard]] std::size_t cell(std::size_t programme_number, std::size_t cell_number) const
    {
        return programme_number * plan.cells() + cell_number;
    }
    /// Number of the programme of this name hash.
    [[nodiscard]] std::size_t find(std::uint32_t name_hash) const;

    void visit_state(sim::Archive& archive);
};

/// Hash of a programme's id.
[[nodiscard]] std::uint32_t programme_name(std::string_view id);

} // namespace fabrica
