#include "models/first_day/machines.hpp"

#include "models/firms/investment.hpp"
#include "models/firms/plan.hpp"
#include "models/first_day/make_firm.hpp"
#include "sim/base/math.hpp"
#include "sim/base/random.hpp"

namespace fabrica {
namespace {

std::size_t drawn(const std::vector<double>& weights, double u)
{
    std::size_t k = 0;
    while (k + 1 < weights.size() && u > weights[k]) u -= weights[k++];
    return k;
}

void scale_capacity(Firm& f, double factor)
{
    for (float& k : f.capacity) k = static_cast<float>(static_cast<double>(k) * factor);
}

} // namespace

void give_machines(Firm& f, const World& w)
{
    const auto& rule = w.config.investment;
    const sim::Draw draw(static_cast<std::uint32_t>(w.config.run.seed), f.key,
                         static_cast<std::uint16_t>(Purpose::investment_age), 0);
    const int kind = project_kind(f, w);
    const InvestmentCycle cycle = w.investment_cycle_of(kind, w.sector[f.sector].firm_growth);
    const int gestation = gestation_months(usual_gestation(kind, w.config), draw.uniform(1));
    const int since = 12 - f.year_month + 12 * static_cast<int>(drawn(cycle.age_weights, draw.uniform()));
    // Firms lie around the capacity that they aim at; those whose demand has fallen keep their machines.
    const double sd = w.config.population.capacity_log_sd;
    scale_capacity(f, sim::math::exp(sd * sim::normal_quantile(draw.uniform(3)) + sd * sd / 2) /
                          rule.utilisation_correction);
    const double full = total_capacity(f.capacity) / cycle.mean_worn; // as if just decided
    if (since >= gestation) return scale_capacity(f, sim::math::exp(-cycle.drift * since / 12) / cycle.mean_worn);
    const auto before = 12 * (1 + static_cast<int>(drawn(interval_weights(cycle), draw.uniform(2))));
    scale_capacity(f, sim::math::exp(-cycle.drift * (since + before) / 12) / cycle.mean_worn);
    f.months_left = static_cast<std::uint8_t>(gestation - since);
    // The decision was about what was lacking on its day, for the demand of then.
    const double wear = w.config.production.depreciation * (1 - rule.maintained_share);
    const double project =
        full * sim::math::exp(-(cycle.drift - wear) * since / 12) * (1 - sim::math::exp(-cycle.drift * before / 12));
    f.project = static_cast<float>(project);
    f.instalment = static_cast<float>(project * price_of_capacity(w, f.sector) / gestation);
    f.under_construction = rounded_fen(static_cast<double>(f.instalment) * since);
}

} // namespace fabrica
