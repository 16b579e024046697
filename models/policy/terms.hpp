// What programmes change in the rules of firms and of markets. Every field is neutral by default (adds 0, multiplies by 1), and each is
// read in exactly one rule, so that a run without programmes keeps every bit.
#pragma once

#include "models/energy/state.hpp"
#include "models/labour/people.hpp"
#include "models/technology/terms.hpp"
#include "models/trade/terms.hpp"

#include <cstddef>
#include <vector>

namespace fabrica {

/// What one firm's rules see of the programmes in force for it.
struct Terms {
    double unit_subsidy = 0;    ///< of what it makes, yuan per unit: in the profit of capacity (E9)
    double price_subsidy = 0;   ///< the part of it that goes into the price, yuan per unit (E5)
    double unit_levy = 0;       ///< on what it makes, yuan per unit: in price and profit of capacity (E5, E9)
    double capital_subsidy = 0; ///< part of the price of machines that is expected back, in [0, 1) (E9)
    double profit_tax = 0;      ///< added to the tax rate, in the profit of capacity (E9)
    double loan_rate = 0;       ///< added to the rate of interest, 1/year (E12)
    double loan_to_value = 0;   ///< added to the limit of loans over assets (E11)
    double overhead = 1;        ///< factor on services bought and rent (pay_bills)
    double usable_capacity = 1; ///< factor on the capacity that may be used (E3)
    double growth = 0;          ///< added to the growth that the firm expects, 1/year (E8)
    double state_dial = 1;      ///< of a state firm's wedges: 1 as they are, 0 a private firm (E13)
    TechnologyTerms technology; ///< E17-E21
    double bail_out = 1;        ///< factor on the probability of a bail-out (E14)
};

inline constexpr Terms no_terms{};

/// What markets see of the programmes in force; rebuilt when one begins or ends and at each month's end.
struct MarketTerms {
    std::vector<double> entry_rate;     ///< [sector x ownership] factor on expected entrants (E16)
    std::vector<double> entry_subsidy;  ///< [sector x ownership] subsidy over entry cost, added to the exponent (E16)
    std::vector<double> consumer_price; ///< [category x sector] factor on the price that buyers pay (E28)
    std::vector<double> procurement;    ///< [sector] bought by government on top of its path, thousandths per day (E28)
    double charging = 1;                ///< factor on what has grown up around a new good (E19)
    double discretion = 1;              ///< factor on the weights of size, state, jobs and connection in awards (E25)

    std::vector<TradeTerms> trade;   ///< [sector] (E7, E27)
    std::vector<EnergyTerms> energy; ///< [sector] (E29)
    std::vector<LabourTerms> people; ///< [region] (E22)

    bool operator==(const MarketTerms&) const = default;

    MarketTerms() = default;
    /// Neutral terms.
    MarketTerms(std::size_t sectors, std::size_t regions, std::size_t owners, std::size_t categories,
                std::size_t partners)
        : entry_rate(sectors * owners, 1), entry_subsidy(sectors * owners, 0), consumer_price(categories * sectors, 1),
          procurement(sectors, 0), trade(sectors), energy(sectors), people(regions)
    {
        for (auto& t : trade) t.partners.resize(partners);
        for (auto& e : energy) e.usable.assign(regions, 1.0);
    }
};

} // namespace fabrica
