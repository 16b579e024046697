#include "models/technology/adoption.hpp"

#include "models/technology/technology.hpp"
#include "models/technology/terms.hpp"
#include "sim/base/math.hpp"

#include <algorithm>

namespace fabrica {

double chosen_share(double first, const AdoptionPull& pull, const AdoptionWeights& weights)
{
    const double odds =
        first / (1 - first) *
        sim::math::exp(-weights.price * pull.price + weights.range * pull.range + weights.charging * pull.charging);
    return odds / (1 + odds);
}

double adopted_share(double share, double chosen, double speed)
{
    return share + std::min(1.0, speed / 12) * (chosen - share);
}

namespace {

/// Sector of a code, -1 for none.
int sector_of(const World& w, const std::string& code)
{
    for (int s = 0; s < w.S; ++s)
        if (w.nation.sectors[static_cast<std::size_t>(s)].code == code) return s;
    return -1;
}

/// What buyers at home, other than firms' investment, take of a good on the first day, thousandths per day.
double bought_at_home(const World& w, int sector)
{
    double sum = 0;
    const auto s = static_cast<std::size_t>(sector);
    for (std::size_t c = 0; c < w.nation.demand.size(); ++c)
        if (!w.nation.demand[c].is_export) sum += w.demand.home[c][s] + w.demand.imported[c][s];
    return sum;
}

double log_experience(const World& w, int sector)
{
    return sector < 0 ? 0 : sim::math::log(w.sector[static_cast<std::size_t>(sector)].experience);
}

} // namespace

void publish_adoption(World& w)
{
    const auto& rule = w.config.adoption;
    const int fresh = sector_of(w, rule.new_good), old = sector_of(w, rule.old_good);
    if (fresh < 0 || old < 0) return;
    const auto n = static_cast<std::size_t>(fresh), o = static_cast<std::size_t>(old);
    const double both = bought_at_home(w, fresh) + bought_at_home(w, old);
    const double first = both > 0 ? bought_at_home(w, fresh) / both : 0;
    if (first <= 0 || first >= 1) return;
    if (w.adopted <= 0) w.adopted = first;
    const double relative = w.sector[n].price * consumer_price(w, fresh) / (w.sector[o].price * consumer_price(w, old));
    const AdoptionPull pull{sim::math::log(relative), log_experience(w, sector_of(w, rule.range_sector)),
                            log_experience(w, fresh) + sim::math::log(w.policy.markets.charging)};
    const double chosen = chosen_share(first, pull, {rule.price_weight, rule.range_weight, rule.charging_weight});
    w.adopted = adopted_share(w.adopted, chosen, rule.speed);
    w.adoption_factor[n] = w.adopted / first, w.adoption_factor[o] = (1 - w.adopted) / (1 - first);
}

bool is_adopted(const World& w, int sector)
{
    const auto& rule = w.config.adoption;
    const std::string& code = w.nation.sectors[static_cast<std::size_t>(sector)].code;
    return w.adopted > 0 && (code == rule.new_good || code == rule.old_good);
}

} // namespace fabrica
