#include "models/technology.hpp"

#include <algorithm>

namespace fabrica {

namespace {

/// Explicit inputs of one buying sector, largest first.
std::vector<SlotInput> explicit_inputs(const Nation& nation, std::size_t buyer, double threshold)
{
    std::vector<SlotInput> slots;
    for (int product = 0; product < nation.sector_count(); ++product) {
        const auto p = static_cast<std::size_t>(product);
        const double home = nation.domestic[p][buyer], abroad = nation.imported[p][buyer];
        if (home >= threshold) slots.push_back({product, home + abroad, home / (home + abroad)});
    }
    std::stable_sort(slots.begin(), slots.end(), [](const SlotInput& a, const SlotInput& b) {
        return a.total * a.home_share > b.total * b.home_share;
    });
    if (slots.size() > max_slots) slots.resize(max_slots);
    return slots;
}

SectorTechnology technology_of(const Nation& nation, std::size_t sector, double threshold, double overhead_scale)
{
    SectorTechnology t;
    const auto n = nation.sectors.size();
    t.slots = explicit_inputs(nation, sector, threshold);
    t.small_home.resize(n), t.small_imported.resize(n);
    double materials = 0;
    for (std::size_t p = 0; p < n; ++p) {
        t.small_home[p] = nation.domestic[p][sector], t.small_imported[p] = nation.imported[p][sector];
        materials += t.small_home[p] + t.small_imported[p];
    }
    for (const auto& slot : t.slots) {
        const auto p = static_cast<std::size_t>(slot.product);
        t.small_home[p] = 0, t.small_imported[p] = 0;
    }
    for (std::size_t k = 0; k < nation.outside.size(); ++k) {
        const double coefficient = nation.domestic[n + k][sector] + nation.imported[n + k][sector];
        t.outside.push_back(nation.outside[k].is_overhead ? 0 : coefficient);
        if (nation.outside[k].is_overhead)
            t.overhead += overhead_scale * coefficient;
        else
            materials += coefficient;
    }
    t.labour = nation.labour[sector], t.tax = nation.tax[sector];
    t.capital_price = nation.sectors[sector].fixed_over_revenue;
    t.unit_cost = materials + t.labour + nation.depreciation[sector];
    return t;
}

} // namespace

std::vector<SectorTechnology> make_technology(const Nation& nation, double threshold, double overhead_scale)
{
    std::vector<SectorTechnology> all;
    for (std::size_t s = 0; s < nation.sectors.size(); ++s)
        all.push_back(technology_of(nation, s, threshold, overhead_scale));
    return all;
}

} // namespace fabrica
