#pragma once

#include "sim/kernel/core.hpp"

#include <algorithm>
#include <bit>
#include <memory>
#include <numeric>
#include <vector>

namespace sim {

/// Founders before the first window, in classes by the last bits of their ids. When their number was told beforehand, the classes are the
/// blocks to be, and their memory becomes the blocks'; else the founders move when all have come, class after class, so that the population is
/// never there twice.
template <class M>
class Staging {
public:
    using Agent = typename M::Agent;

    [[nodiscard]] std::size_t size() const { return count_; }

    /// How many founders will come; they may be fewer or more.
    void expect(const EngineOptions& options, std::size_t founders)
    {
        require(count_ == 0, "founders are expected before the first comes");
        classes_.clear();
        classes_.resize(block_count(options, founders));
        for (auto& mine : classes_) mine.reserve(Block<M>::room_for(founders / classes_.size() + 1));
    }

    void add(const Agent& agent, AgentId id)
    {
        auto& mine = classes_[id % classes_.size()];
        mine.push_back(agent);
        mine[id / classes_.size()].id = id;
        ++count_;
    }

    const Agent& operator[](std::size_t id) const { return classes_[id % classes_.size()][id / classes_.size()]; }

    /// Makes the blocks and fills them. Founder `id` goes to block `id mod blocks`, so that neighbours in the founding order, often alike,
    /// are spread; inside a block founders lie by their day on the first roster.
    void move_into(Core<M>& core)
    {
        make_blocks(core, count_);
        if (classes_.size() != core.blocks.size()) regroup(core);
        core.executor->for_each(static_cast<int>(core.blocks.size()), [&](int b, int) {
            auto& founders = classes_[static_cast<std::size_t>(b)];
            auto places = places_of(core.model, founders);
            core.blocks[static_cast<std::size_t>(b)]->found(core.model, std::move(founders), std::move(places));
        });
        classes_.clear();
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

    // Classes as the blocks are.
    void regroup(const Core<M>& core)
    {
        std::vector<AgentArray<Agent>> grouped(core.blocks.size());
        for (std::size_t b = 0; b < grouped.size(); ++b) grouped[b].extend((count_ + core.mask - b) >> core.shift);
        for (auto& mine : classes_) {
            const AgentArray<Agent> moving(std::move(mine));
            for (std::size_t i = 0; i < moving.size(); ++i)
                grouped[moving[i].id & core.mask].put(moving[i].id >> core.shift, moving[i]);
        }
        classes_ = std::move(grouped);
    }

    // Slot of each founder of a block, by local index.
    static std::vector<std::uint32_t> places_of(const M& model, const AgentArray<Agent>& founders)
    {
        const std::size_t n = founders.size();
        std::vector<std::uint32_t> order(n);
        std::iota(order.begin(), order.end(), 0u);
        std::vector<int> days(n);
        for (std::size_t i = 0; i < n; ++i) days[i] = first_day(model, founders[i]);
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

    static constexpr std::size_t usual_classes = 256;
    std::vector<AgentArray<Agent>> classes_ = std::vector<AgentArray<Agent>>(usual_classes);
    std::size_t count_ = 0;
};

} // namespace sim
