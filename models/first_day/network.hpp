// Who supplies whom on the first day: quota matching, so that every seller's orders and market share add up to its planned sales.
#pragma once

#include "models/first_day/population.hpp"
#include "models/manufacturing.hpp"
#include "sim/kernel/page_allocator.hpp"

namespace fabrica {

/// Links of one slot of one firm.
struct SlotLinks {
    std::array<std::uint32_t, max_suppliers> supplier{};
    std::array<float, max_suppliers> part{}; // of the slot's need
    int count = 0;
};

template <class T>
using LargeVector = std::vector<T, sim::PageAllocator<T>>;

struct Network {
    LargeVector<std::size_t> offset; // [firm] first of its slots in `links`
    LargeVector<SlotLinks> links;
    LargeVector<double> direct; // [firm] planned sales to linked buyers, thousandths per day
};

/// Matches buyers, in falling order of need, with sellers drawn in proportion to what is left of their quotas. Products are matched
/// independently, on all threads of the engine.
Network make_network(const World& world, const std::vector<FirmPlan>& firms, Engine& engine);

} // namespace fabrica
