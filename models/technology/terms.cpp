#include "models/technology/terms.hpp"

#include "models/state/firm.hpp"
#include "models/world.hpp"

#include <algorithm>

namespace fabrica {

double consumer_price(const World& w, int sector)
{
    double bought = 0, paid = 0;
    const auto s = static_cast<std::size_t>(sector);
    for (std::size_t c = 0; c < w.nation.demand.size(); ++c) {
        if (w.nation.demand[c].is_export) continue;
        const double q = w.demand.home[c][s] + w.demand.imported[c][s];
        bought += q, paid += q * (w.policy.markets.consumer_price[c * w.sector.size() + s] - 1);
    }
    return bought > 0 ? 1 + paid / bought : 1;
}

TechnologyTerms technology_terms(const World& w, const Firm& f)
{
    TechnologyTerms terms;
    terms.platform = w.platforms.is_member(f.id) ? 1 : 0;
    if (!w.config.switches.skills) return terms;
    const LabourRegion& people = w.people[f.region];
    terms.skill_gap = std::min(1.0, skill_gap(people.needed, people.skilled));
    return terms;
}

} // namespace fabrica
