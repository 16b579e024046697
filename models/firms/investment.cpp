#include "models/firms/investment.hpp"

#include "models/technology.hpp"
#include "sim/base/math.hpp"

#include <algorithm>

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

std::vector<double> interval_weights(const InvestmentCycle& cycle)
{
    std::vector<double> weights;
    for (std::size_t k = 0; k < cycle.age_weights.size(); ++k)
        weights.push_back((cycle.age_weights[k] - (k + 1 < cycle.age_weights.size() ? cycle.age_weights[k + 1] : 0)) /
                          cycle.age_weights[0]);
    return weights;
}

namespace {

/// Integral of exp(-drift t) over the first `years` of a year.
double worn_over(double drift, double years)
{
    return drift > 0 ? (1 - sim::math::exp(-drift * years)) / drift : years;
}

/// What capacity lacks, on the mean over the cycle, because new machines come only after the gestation.
double lost_to_gestation(const InvestmentCycle& cycle, double gestation_years)
{
    const auto interval = interval_weights(cycle);
    double before = 0, waiting = 0;
    for (std::size_t k = 0; k < interval.size(); ++k)
        before += interval[k] * sim::math::exp(-cycle.drift * static_cast<double>(k + 1));
    for (std::size_t k = 0; k < cycle.age_weights.size() && static_cast<double>(k) < gestation_years; ++k)
        waiting += cycle.age_weights[k] * sim::math::exp(-cycle.drift * static_cast<double>(k)) *
                   worn_over(cycle.drift, std::min(1.0, gestation_years - static_cast<double>(k)));
    return waiting * (1 - before);
}

} // namespace

InvestmentCycle investment_cycle(double drift, double threshold_max, double gestation_years)
{
    InvestmentCycle cycle;
    cycle.drift = drift;
    double waiting = 1, total = 0, worn = 0;
    for (int k = 0; k < 30 && waiting > 1e-9; ++k) {
        cycle.age_weights.push_back(waiting);
        total += waiting, worn += waiting * sim::math::exp(-drift * k) * worn_over(drift, 1);
        waiting *= threshold_max > 0 ? 1 - std::min(1.0, drift * (k + 1) / threshold_max) : 0;
    }
    for (double& w : cycle.age_weights) w /= total;
    cycle.mean_worn = worn / total - lost_to_gestation(cycle, gestation_years);
    return cycle;
}

int gestation_months(double mean, double u) { return std::max(1, static_cast<int>(nearest(mean * (0.7 + 0.6 * u)))); }

bool is_obsolete(double unit_cost, double best_unit_cost, double price_of_capacity, double payback_years)
{
    return unit_cost - best_unit_cost > price_of_capacity / payback_years;
}

} // namespace fabrica
