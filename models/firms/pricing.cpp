#include "models/firms/pricing.hpp"

#include "models/firms/production.hpp"
#include "models/world.hpp"
#include "sim/base/math.hpp"

#include <algorithm>

namespace fabrica {

namespace math = sim::math;

double weight_over(double monthly_weight, double days)
{
    if (days == 30 || monthly_weight >= 1) return monthly_weight;
    return 1 - math::exp(math::log(1 - monthly_weight) * days / 30);
}

SmoothingWeight::SmoothingWeight(double monthly_weight)
{
    for (std::size_t days = 0; days < by_days_.size(); ++days)
        by_days_[days] = weight_over(monthly_weight, static_cast<double>(days));
}

PriceRule price_rule(const World& world, int sector)
{
    const auto& rule = world.config.prices;
    if (world.is_commodity[static_cast<std::size_t>(sector)] == 0) return {rule.sector_weight, 0, rule.speed};
    const double weight = rule.sector_weight + rule.commodity_weight;
    return {weight, rule.commodity_weight / weight, rule.commodity_speed};
}

double target_price(double unit_cost, double markup, double sector_price, double sector_weight)
{
    return math::exp((1 - sector_weight) * math::log((1 + markup) * unit_cost) +
                     sector_weight * math::log(sector_price));
}

double dominance_markup(double share, double usual, double within, double of_sector)
{
    if (share <= usual || within <= of_sector || of_sector <= 1) return 0;
    const auto markup = [&](double s) { return 1 / ((1 - s) * within + s * of_sector - 1); };
    return markup(std::min(share, 1.0)) - markup(usual);
}

double adjusted_price(double price, double target, double speed)
{
    return price * math::exp(speed * math::log(target / price));
}

double attraction(double capacity, double relative_price, double elasticity, double appeal, double fill_weight,
                  double fill)
{
    const double short_of = fill < 1 ? fill_weight * math::log(2 - fill) : 0;
    return capacity * math::exp(-elasticity * math::log(relative_price) + appeal - short_of);
}

float appeal_after_year(float appeal, float normal, double shock)
{
    return static_cast<float>(static_cast<double>(appeal) + shock + 0.1 * static_cast<double>(normal - appeal));
}

double supplier_utility(double relative_price, double backlog_months, double need_over_capacity, double price_weight,
                        double backlog_weight, double size_weight)
{
    const double crowding = need_over_capacity > 0.2 ? size_weight * need_over_capacity : 0;
    const double waiting = backlog_months > 0 ? backlog_weight * math::log(1 + backlog_months) : 0;
    return -price_weight * math::log(relative_price) - waiting - crowding;
}

} // namespace fabrica
