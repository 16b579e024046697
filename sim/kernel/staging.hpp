#pragma once

#include "sim/kernel/core.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <numeric>
#include <vector>

namespace sim {

/// Founders before the first window. They move into blocks when their number is known. They wait in classes by the last bits of their ids,
/// as blocks will be: class after class fills its blocks and gives its memory back, so that the population is never there twice.
template <class M>
class Staging {
public:
    using Agent = typename M::Agent;

    [[nodiscard]] std::size_t size() const { return count_; }

    void add(const Agent& agent, AgentId id)
    {
        auto& mine = classes_[id % classes];
        mine.push_back(agent);
        mine[id / classes].id = id;
        ++count_;
    }

    const Agent& operator[](std::size_t id) const { return classes_[id % classes][id / classes]; }

    /// Makes the blocks and fills them. Founder `id` goes to block `id mod blocks`, so that neighbours in the founding order, often alike,
    /// are spread; inside a block founders lie by their day on the first roster.
    void move_into(Core<M>& core)
    {
        make_blocks(core, count_);
        for (auto& block : core.blocks) block->found(places_in(core, block->number()));
        for (auto& mine : classes_) {
            const AgentArray<Agent> moving(std::move(mine));
            for (std::size_t i = 0; i < moving.size(); ++i)
                core.block_of(moving[i].id).put_founder(core.model, moving[i]);
        }
        for (auto& block : core.blocks) block->rebuild_rosters();
    }

    /// Empty blocks for so many agents.
    static void make_blocks(Core<M>& core, std::size_t agents)
    {
        const std::size_t blocks = block_count(core.options, agents);
        core.mask = static_cast<std::uint32_t>(blocks - 1);
        core.shift = static_cast<unsigned>(std::countr_zero(blocks));
        for (std::uint32_t b = 0; b < blocks; ++b) core.blocks.push_back(std::make_unique<Block<M>>(b, core.shift));
    }

private:
    static constexpr std::size_t classes = 256;
    static constexpr std::size_t most_agents = 8192;
    static constexpr std::size_t blocks_per_thread = 4;
    static constexpr std::size_t few_agents = 64; // a block below this is all overhead

    // A power of two, so that an id tells its block by its last bits.
    [[nodiscard]] static std::size_t block_count(const EngineOptions& options, std::size_t agents)
    {
        const auto blocks_of = [&](std::size_t size) { return std::bit_ceil((agents + size - 1) / size); };
        if (options.block_size > 0)
            return std::max<std::size_t>(1, blocks_of(static_cast<std::size_t>(options.block_size)));
        const auto threads = static_cast<std::size_t>(options.thread_count());
        const std::size_t wanted = threads == 1 ? 1 : std::bit_ceil(blocks_per_thread * threads);
        const std::size_t sensible = std::max<std::size_t>(1, std::bit_floor(agents / few_agents));
        return std::max({std::size_t{1}, blocks_of(most_agents), std::min(wanted, sensible)});
    }

    // Slot of each founder of a block, by local index.
    std::vector<std::uint32_t> places_in(const Core<M>& core, std::uint32_t block) const
    {
        const std::size_t n = (count_ + core.mask - block) >> core.shift;
        std::vector<std::uint32_t> order(n);
        std::iota(order.begin(), order.end(), 0u);
        std::vector<int> days(n);
        for (std::size_t i = 0; i < n; ++i) days[i] = first_day(core.model, (*this)[i << core.shift | block]);
        std::stable_sort(order.begin(), order.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return days[a] < days[b]; });
        std::vector<std::uint32_t> places(n);
        for (std::uint32_t slot = 0; slot < n; ++slot) places[order[slot]] = slot;
        return places;
    }

    static int first_day(const M& model, const Agent& agent)
    {
        int day = 0;
        bool decided = false;
        ModelTraits<M>::List::each_activity([&]<class A>() {
            if (A::cohorts == 1 || std::exchange(decided, true)) return;
            day = Block<M>::template cohort_of<A>(model, agent);
        });
        return day;
    }

    std::array<AgentArray<Agent>, classes> classes_;
    std::size_t count_ = 0;
};

} // namespace sim
