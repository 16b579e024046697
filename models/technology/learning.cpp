#include "models/technology/learning.hpp"

#include "models/technology/technology.hpp"
#include "sim/base/math.hpp"

namespace fabrica {

double learned_cost(double experience, double learning_rate)
{
    return sim::math::pow(experience, sim::math::log2(1 - learning_rate));
}

double weighted_experience(double own, double domestic, double world, const Config& config)
{
    const auto& rule = config.learning;
    const double weights = rule.own_weight + rule.domestic_weight + rule.world_weight;
    if (weights <= 0) return 1;
    return (rule.own_weight * own + rule.domestic_weight * domestic + rule.world_weight * world) / weights;
}

namespace {

/// Of the rest of the world, over that of the first day.
double world_experience(const World& w)
{
    return sim::math::exp(w.national.years * sim::math::log1p(w.config.learning.world_growth));
}

} // namespace

double own_learning(const Firm& f, const World& w)
{
    if (f.experience <= 0 || !w.learns[f.sector]) return 1;
    return learned_cost(weighted_experience(static_cast<double>(f.experience), w.sector[f.sector].experience,
                                            world_experience(w), w.config),
                        w.config.learning.rate);
}

void begin_learning(Firm& f, const World& w, double output)
{
    f.experience = 1;
    f.experience_base = static_cast<float>(output * w.days_per_year() * w.config.learning.first_years);
}

void publish_learning(World& w)
{
    const double years = w.days_of_month / w.days_per_year() / w.config.learning.first_years;
    for (std::size_t s = 0; s < w.sector.size(); ++s) {
        auto& board = w.sector[s];
        double made = 0;
        for (int o = 0; o < ownership_count; ++o)
            made += static_cast<double>(
                w.month[w.statistics.cell(Measure::output, static_cast<int>(s), static_cast<Ownership>(o))]);
        const double first = w.first_output_per_firm[s] * w.first_firms[s]; // thousandths per day
        if (first > 0) board.experience += made / (first * w.days_per_year() * w.config.learning.first_years);
        if (!w.learns[s]) continue;
        // Along the paths of final demand, which were bought at the prices of their time.
        double now = 0, then = 0;
        for (std::size_t c = 0; c < w.demand.home.size(); ++c) {
            const double q = w.demand.home[c][s];
            now += q * w.demand.level[c * w.groups.size() + static_cast<std::size_t>(w.group_of[s])], then += q;
        }
        if (then > 0) board.reference_experience += years * w.adoption_factor[s] * now / then / w.first_demand_level;
        const double world = world_experience(w), rate = w.config.learning.rate;
        board.learning = learned_cost(weighted_experience(board.experience, board.experience, world, w.config), rate);
        board.reference_learning = learned_cost(
            weighted_experience(board.reference_experience, board.reference_experience, world, w.config), rate);
    }
}

} // namespace fabrica
