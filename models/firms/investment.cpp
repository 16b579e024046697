#include "models/firms/investment.hpp"

#include "models/technology.hpp"
#include "sim/base/math.hpp"

#include <algorithm>
#include <cmath>

namespace fabrica {

double desired_capacity(double slow_demand, double growth_yearly, double horizon_years, double utilisation)
{
    return slow_demand * sim::math::exp(horizon_years * sim::math::log1p(growth_yearly)) / utilisation;
}

bool invests(double gap, double threshold, double payback_years, double longest_payback_years)
{
    return gap > threshold || (gap > 0 && payback_years > 0 && payback_years <= longest_payback_years);
}

bool disinvests(double gap, double least, double threshold) { return -gap > least + threshold; }

InvestmentCycle investment_cycle(double drift, double threshold_max)
{
    InvestmentCycle cycle;
    cycle.drift = drift;
    double waiting = 1, total = 0, worn = 0;
    for (int k = 0; k < 30 && waiting > 1e-9; ++k) {
        cycle.age_weights.push_back(waiting);
        const double decay = drift > 0 ? (1 - sim::math::exp(-drift)) / drift : 1; // mean over the year
        total += waiting, worn += waiting * sim::math::exp(-drift * k) * decay;
        waiting *= 1 - std::min(1.0, drift * (k + 1) / threshold_max);
    }
    for (double& w : cycle.age_weights) w /= total;
    cycle.mean_worn = worn / total;
    return cycle;
}

int gestation_months(double mean, double u)
{
    return std::max(1, static_cast<int>(std::lround(mean * (0.7 + 0.6 * u))));
}

bool is_obsolete(double unit_cost, double best_unit_cost, double price_of_capacity, double payback_years)
{
    return unit_cost - best_unit_cost > price_of_capacity / payback_years;
}

} // namespace fabrica
