#include "sim/kernel/roster.hpp"

namespace sim {

void Roster::rebuild(const Bits& dead)
{
    std::vector<std::uint32_t> starts(starts_.size());
    const auto each_living = [&](auto&& f) {
        for (std::uint32_t c = 0; c + 1 < starts_.size(); ++c)
            for (const std::uint32_t slot : members(static_cast<int>(c)))
                if (!dead.test(slot)) f(c, slot);
        for (const Late& late : late_)
            if (!dead.test(late.slot)) f(late.cohort, late.slot);
    };
    each_living([&](std::uint32_t cohort, std::uint32_t) { ++starts[cohort + 1]; });
    for (std::size_t c = 1; c < starts.size(); ++c) starts[c] += starts[c - 1];

    std::vector<std::uint32_t> slots(starts.back());
    std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
    each_living([&](std::uint32_t cohort, std::uint32_t slot) { slots[next[cohort]++] = slot; });
    starts_ = std::move(starts);
    slots_ = std::move(slots);
    late_ = {};
}

} // namespace sim
