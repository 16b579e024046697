// A firm from what is known of it: size, place, owner. Used for founders and for entrants.
#pragma once

#include "models/state/firm.hpp"
#include "models/world.hpp"

#include <span>

namespace fabrica {

/// Elasticity of wages to revenue per worker over firms: large firms pay more [1]. Assumed.
inline constexpr double wage_exponent = 0.9;

struct FirmPlan {
    sim::Key key;
    int sector, region;
    Ownership ownership;
    double output;         // planned sales, thousandths per day
    double real_employees; // of the real firm it stands for
    double efficiency;     // standard normal: high is costly
    int level;             // maturity level of its capacity, 0-based
};

/// Machines for its output at normal use, staff, wage, price at the sector's price, markup as the residual, no stocks of inputs;
/// cash and machines are paid in by the owners, there is no debt.
Firm make_firm(const World& world, const FirmPlan& plan);

/// Sets each sector's normal price, relative to its price, so that wholesalers pay the sector's price on average on the first day although
/// state firms sell for less.
/// @param direct  what each firm sells over links, of its output
void set_normal_prices(World& world, const std::vector<FirmPlan>& firms, std::span<const double> direct);

/// Size law L = c x^e of real firms: employees of a firm with an output, and back. Output in thousandths per simulated day.
double size_of_output(const World& world, int sector, double output);
double output_of_size(const World& world, int sector, double real_employees);

/// Appeal at which a firm's attraction stays what it is, at its price and capacity (E6).
double appeal_of(const Firm& firm, const World& world);

/// Workers that a simulated firm has for each employee of the real firm it stands for [1].
double workers_per_employee(const World& world, int sector);

} // namespace fabrica
