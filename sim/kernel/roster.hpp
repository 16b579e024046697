#pragma once

#include "sim/kernel/bits.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace sim {

/// Who of one block is visited on which day of a periodic activity: slots grouped by cohort. Entrants wait in a short list of their own
/// until a rebuild merges them and drops the dead.
class Roster {
public:
    explicit Roster(int cohorts = 1) : starts_(static_cast<std::size_t>(cohorts) + 1) {}

    [[nodiscard]] int cohorts() const { return static_cast<int>(starts_.size()) - 1; }
    [[nodiscard]] std::size_t late() const { return late_.size(); }

    void add(int cohort, std::uint32_t slot) { late_.push_back({static_cast<std::uint32_t>(cohort), slot}); }

    /// Merges the entrants and drops the dead.
    void rebuild(const Bits& dead);

    /// Members of a cohort at the last rebuild, the dead since then included.
    [[nodiscard]] std::span<const std::uint32_t> members(int cohort) const
    {
        const auto c = static_cast<std::size_t>(cohort);
        return std::span(slots_).subspan(starts_[c], starts_[c + 1] - starts_[c]);
    }

    /// Calls f(slot) for the entrants of a cohort since the last rebuild.
    template <class F>
    void each_late(int cohort, F&& f) const
    {
        for (const Late& late : late_)
            if (late.cohort == static_cast<std::uint32_t>(cohort)) f(late.slot);
    }

private:
    struct Late {
        std::uint32_t cohort, slot;
    };

    std::vector<std::uint32_t> starts_; // of each cohort in slots_, and the end
    std::vector<std::uint32_t> slots_;
    std::vector<Late> late_;
};

} // namespace sim
