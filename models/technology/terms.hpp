// What a policy may change of a firm's technology: neutral unless a programme says otherwise.
#pragma once

#include <array>

namespace fabrica {

struct Firm;
struct World;

/// Factor on the price that final users at home pay for a sector's goods (E19): mean over their categories of MarketTerms::consumer_price,
/// by what they buy on the first day; 1 unless a programme says otherwise.
[[nodiscard]] double consumer_price(const World& world, int sector);

/// Read by the rules of models/technology, each field in one of them. Neutral values leave every bit as it is.
struct TechnologyTerms {
    double research_price = 1;     // factor on the price of research that the firm sees (E17)
    double research_yield = 1;     // factor on what a yuan of research brings (spillovers, E17)
    double mandated_research = 0;  // least R&D as a share of revenue (E17)
    std::array<double, 3> notch{}; // R&D over revenue that earns a lower tax, below 50 m, to 200 m, above 200 m yuan of
                                   // revenue; 0: none (E17)
    double notch_saving = 0;       // tax saved at the notch, as a share of revenue (E17)
    double venture_rent = 1;       // factor on research.venture_rent (E17)
    double digital = 0;            // digital infrastructure beside the province's own, 0 to 1 (imitation, E17)
    double upgrade_cost = 1;       // factor on the cost of an upgrade (E18)
    double upgrade_grant = 0;      // grant over the cost (E18)
    double platform = 0;           // membership in a platform, 0 to 1 (E18)
    double skill_gap = 0;          // 0 to 1 (E18)
    double venture_contact = 1;    // factor on contact with joint ventures (E21)
    double qualification_time = 1; // factor on the time of a qualification that begins (E21)
    double qualification_start = 1; // factor on the hazard of beginning one (E21)
};

/// The terms of a firm before any programme: what its province lacks in skilled people.
[[nodiscard]] TechnologyTerms technology_terms(const World& world, const Firm& firm);

} // namespace fabrica
