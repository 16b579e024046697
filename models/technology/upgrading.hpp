// E18: maturity levels one after another. An upgrade is a project that converts the capacity of a firm's level to the next.
#pragma once

namespace fabrica {

/// What moves the hazard of an upgrade beside its rate.
struct UpgradePull {
    double size;       // ln(employees / reference)
    double neighbours; // part of the province's capacity at the next level or above, in [0, 1]
    double platform;   // membership, in [0, 1]
    double grant;      // over the cost, in [0, 1]
    double skill_gap;  // in [0, 1]
};
struct UpgradeWeights {
    double size, neighbours, platform, grant, skill_gap;
};

/// Hazard of an upgrade, per year: h exp(b1 ln size + b2 neighbours + b3 platform + b4 grant - b5 skill gap).
[[nodiscard]] double upgrade_hazard(double rate, const UpgradePull& pull, const UpgradeWeights& weights);

/// Cost of an upgrade [fen]: a part of what the capacity that it converts would cost new.
/// @param capacity  thousandths per day      @param price  of capacity, fen per thousandth per day
[[nodiscard]] inline double upgrade_cost(double capacity, double price, double part) { return capacity * price * part; }

} // namespace fabrica
