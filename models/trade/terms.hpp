// What governments and events set for one sector's trade on a day. Neutral unless a shock or a programme says otherwise, and then exact:
// adding 0, times 1.
#pragma once

#include <vector>

namespace fabrica {

/// Terms towards one partner (a category of exports).
struct PartnerTerms {
    double tariff = 0;       // ours, on goods from there: part of their price [1], at least 0
    double their_tariff = 0; // theirs, on our goods [1], at least 0
    double export_limit = 1; // part of what they would buy that may leave the country [1], in [0, 1]

    bool operator==(const PartnerTerms&) const = default;
};

/// Terms of one sector's goods.
struct TradeTerms {
    std::vector<PartnerTerms> partners;
    double import_supply = 1;       // part of the critical imports that foreigners still sell [1], in [0, 1]
    bool is_soft = false;           // the rest comes under licence, at a premium; else not at all
    bool is_announced = false;      // a control is known to come: importers stock up
    double lead_days = 0;           // longer on the way than usual
    double reserve_days = 0;        // stock of critical imports that is ordered to be held, days of use
    double local_content = 0;       // least home part of purchases where a substitute exists [1], in [0, 1]
    double qualification_speed = 1; // of home substitutes, over the usual one
    double rival_cost = 1;          // unit cost of low-cost rivals over what the paths of exports presume

    bool operator==(const TradeTerms&) const = default;
};

/// Both at once: rates add, factors multiply, of two conditions the stricter holds.
/// @pre  as many partners in both
inline void combine(TradeTerms& terms, const TradeTerms& more)
{
    for (std::size_t p = 0; p < terms.partners.size(); ++p) {
        terms.partners[p].tariff += more.partners[p].tariff;
        terms.partners[p].their_tariff += more.partners[p].their_tariff;
        terms.partners[p].export_limit *= more.partners[p].export_limit;
    }
    // A hard control does not become soft by a soft one beside it.
    const bool first = terms.import_supply < 1, second = more.import_supply < 1;
    terms.is_soft = first && second ? terms.is_soft && more.is_soft : (first ? terms.is_soft : more.is_soft);
    terms.import_supply *= more.import_supply;
    terms.is_announced = terms.is_announced || more.is_announced;
    terms.lead_days += more.lead_days, terms.reserve_days += more.reserve_days;
    terms.local_content = terms.local_content > more.local_content ? terms.local_content : more.local_content;
    terms.qualification_speed *= more.qualification_speed;
    terms.rival_cost *= more.rival_cost;
}

} // namespace fabrica
