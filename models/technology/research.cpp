#include "models/technology/research.hpp"

#include "models/firms/plan.hpp"
#include "models/first_day/make_firm.hpp"
#include "models/technology/technology.hpp"
#include "models/technology/terms.hpp"
#include "sim/base/math.hpp"
#include "sim/base/random.hpp"

#include <algorithm>

namespace fabrica {

namespace math = sim::math;

double research_propensity(double employees, double half_size, double slope)
{
    return 1 / (1 + math::pow(half_size / employees, slope));
}

double discovery_gain(double stock, double applied, double elasticity)
{
    return stock > applied && applied > 0 ? elasticity * math::log(stock / applied) : 0;
}

double imitation_gain(double technical, double frontier, double speed, double digital_weight, double digital)
{
    const double gap = frontier - technical;
    return gap > 0 ? std::min(1.0, speed * (1 + digital_weight * digital)) * gap : 0;
}

double affordable_research(double share, double profit, double spent, double revenue, double most)
{
    return revenue > 0 ? std::min(share, std::max(0.0, most * (profit + spent) / revenue)) : share;
}

ResearchShare answer_notch(double share, double threshold, double relabelling, double saving)
{
    if (threshold <= 0 || share >= threshold) return {share, share};
    const double least = threshold / (1 + relabelling); // from here on relabelling reaches the notch
    if (share >= least) return {share, threshold};
    return least - share < saving ? ResearchShare{least, threshold} : ResearchShare{share, share};
}

namespace {

/// Whether a firm does research at a size: the same draw for life, so that it begins when it has grown enough.
bool does_research(const World& w, sim::Key key, double employees)
{
    const auto& rule = w.config.research;
    const sim::Draw draw(static_cast<std::uint32_t>(w.config.run.seed), key,
                         static_cast<std::uint16_t>(Purpose::research), 0);
    return draw.uniform() < research_propensity(employees, rule.half_size, rule.size_slope);
}

/// R&D over revenue of a firm that does research.
double share_of_researchers(const World& w, int sector, Ownership ownership, double rent)
{
    const auto s = static_cast<std::size_t>(sector);
    const auto& rule = w.config.research;
    const double norm = w.research_norm[s] > 0 ? w.research_norm[s] : 1;
    return rule.intensity_scale * w.nation.sectors[s].research / norm *
           (ownership == Ownership::joint_venture ? 1 - std::min(1.0, rule.venture_rent * rent) : 1);
}

/// @param rent  factor on research.venture_rent
double usual_share(const Firm& f, const World& w, double employees, double rent = 1)
{
    return does_research(w, f.key, employees) ? share_of_researchers(w, f.sector, f.ownership, rent) : 0;
}

/// Price of research over that of the first day: researchers' wages and services.
double research_price(const Desk& desk)
{
    const double wages = desk.config().research.wage_share;
    return wages * desk.region().wage_index * desk.config().prices.level +
           (1 - wages) * desk.world.national.overhead_price;
}

/// Threshold of the tax notch at a yearly revenue of the real firm.
double notch_of(const TechnologyTerms& terms, double real_revenue_yuan)
{
    return terms.notch[real_revenue_yuan < 50e6 ? 0 : real_revenue_yuan <= 200e6 ? 1 : 2];
}

float drawn_clock(const sim::Draw& draw) { return -static_cast<float>(draw.exponential()); }

/// Own money of the month over revenue: nothing in distress.
double own_share(const Firm& f) { return f.loss_quarters > 0 ? 0 : static_cast<double>(f.research_share); }

/// R&D of the month over revenue, by whomever it is paid: what a programme pays comes on top of the firm's own budget, but counts towards
/// what an accident or an order demands.
double spent_share(const Firm& f, const World& w, const TechnologyTerms& terms)
{
    const double after_accident = f.accident_months > 0 ? w.config.quality.mandated_share : 0;
    return std::max({own_share(f) / terms.research_price, after_accident, terms.mandated_research});
}

/// What the firm relabels near a notch is added to its own budget, not to research by order.
double reported_over_spent(const Firm& f, const World& w, const TechnologyTerms& terms)
{
    const double own = own_share(f);
    const bool is_ordered = spent_share(f, w, terms) > own / terms.research_price;
    return own > 0 && !is_ordered ? static_cast<double>(f.research_reported) / own : 1;
}

void discover(Desk& desk)
{
    Firm& f = desk.firm;
    const double gain = discovery_gain(static_cast<double>(f.research_stock), static_cast<double>(f.research_applied),
                                       desk.config().research.elasticity);
    f.productivity = static_cast<float>(static_cast<double>(f.productivity) * math::exp(gain));
    f.technical += static_cast<float>(gain);
    f.research_applied = std::max(f.research_applied, f.research_stock);
    ++f.projects;
    f.research_clock = drawn_clock(desk.context.draw(static_cast<std::uint16_t>(Purpose::discovery), f.projects));
    desk.note(EventKind::discovery);
    desk.report(desk.world.statistics.cell(Measure::discoveries, f.sector, f.ownership), 1);
}

/// Pays researchers and the services that they use.
void pay_for_research(Desk& desk, Money spent)
{
    const Money pay = rounded_fen(static_cast<double>(spent.fen) * desk.config().research.wage_share);
    const auto& a = desk.world.accounts;
    desk.pay(Transaction::research, a.households(), pay);
    desk.pay(Transaction::research, a.outside(desk.world.servicer), spent - pay);
    desk.note(EventKind::research, sim::no_agent, {}, spent);
}

} // namespace

double usual_research(const Firm& f, const World& w)
{
    return w.config.switches.technology ? usual_share(f, w, real_employees(f, w)) : 0;
}

void begin_research(Firm& f, const World& w, double employees, double yearly_revenue)
{
    const double share = usual_share(f, w, employees);
    f.research_share = f.research_reported = static_cast<float>(share);
    const double growth = w.config.switches.growth ? w.config.investment.growth : 0;
    // Founders of the first day have done it for long; a newcomer starts with the first year's spending.
    const double years = w.national.month == 0 ? 1 / std::max(0.02, growth + w.config.research.depreciation) : 1;
    f.research_stock = f.research_applied = static_cast<float>(share * yearly_revenue * years);
    f.research_clock = drawn_clock(
        {static_cast<std::uint32_t>(w.config.run.seed), f.key, static_cast<std::uint16_t>(Purpose::discovery), 0});
}

void set_research_norms(World& w, const std::vector<FirmPlan>& firms)
{
    w.research_norm.assign(w.sector.size(), 1);
    if (!w.config.switches.technology) return;
    std::vector<double> all(w.sector.size()), active(w.sector.size());
    for (const FirmPlan& plan : firms) {
        if (plan.ownership == Ownership::joint_venture)
            w.sector[static_cast<std::size_t>(plan.sector)].venture_share += plan.output;
        const auto s = static_cast<std::size_t>(plan.sector);
        all[s] += plan.output;
        const auto& rule = w.config.research;
        const double chance = research_propensity(plan.real_employees, rule.half_size, rule.size_slope);
        const double rent = plan.ownership == Ownership::joint_venture ? rule.venture_rent : 0;
        active[s] += plan.output * chance * (1 - rent);
    }
    for (std::size_t s = 0; s < all.size(); ++s) {
        w.research_norm[s] = active[s] > 0 ? active[s] / all[s] : 1;
        w.sector[s].venture_share = all[s] > 0 ? w.sector[s].venture_share / all[s] : 0;
    }
}

double research_due(const Firm& f, const World& w, const TechnologyTerms& terms)
{
    return w.config.switches.technology ? spent_share(f, w, terms) * expected_yearly_revenue(f) / 12 : 0;
}

void do_research(Desk& desk)
{
    Firm& f = desk.firm;
    if (!desk.config().switches.technology) return;
    const auto& rule = desk.config().research;
    const TechnologyTerms& terms = desk.terms->technology;
    const Money spent = rounded_fen(research_due(f, desk.world, terms));
    if (spent.fen <= 0 && f.research_stock <= 0) return;
    pay_for_research(desk, spent);
    const auto& cells = desk.world.statistics;
    desk.report(cells.cell(Measure::research, f.sector, f.ownership), spent.fen);
    desk.report(cells.cell(Measure::research_reported, f.sector, f.ownership),
                rounded_fen(static_cast<double>(spent.fen) * reported_over_spent(f, desk.world, terms)).fen);
    const double real = static_cast<double>(spent.fen) / research_price(desk) * desk.terms->technology.research_yield;
    f.research_stock =
        static_cast<float>(research_stock_after(static_cast<double>(f.research_stock), real, rule.depreciation));
    if (f.research_applied <= 0) f.research_applied = static_cast<float>(12 * real);
    const double real_millions = real * 1e-8 * desk.world.real_size(f.sector);
    f.research_clock += static_cast<float>(rule.discovery_rate * real_millions);
    if (f.research_clock > 0) discover(desk);
}

void review_research(Desk& desk)
{
    Firm& f = desk.firm;
    if (!desk.config().switches.technology) return;
    const World& w = desk.world;
    const auto& rule = desk.config().research;
    const TechnologyTerms terms = desk.terms->technology;
    const double revenue = expected_yearly_revenue(f);
    const double share = affordable_research(usual_share(f, w, real_employees(f, w), terms.venture_rent),
                                             static_cast<double>(f.year_profit.fen),
                                             static_cast<double>(f.research_share) * revenue, revenue, most_of_profit);
    const double real_revenue = expected_yearly_revenue(f) * 0.01 * w.real_size(f.sector);
    const ResearchShare answer =
        answer_notch(share, notch_of(terms, real_revenue), rule.relabelling, terms.notch_saving);
    f.research_share = static_cast<float>(answer.spent), f.research_reported = static_cast<float>(answer.reported);
    const auto& board = desk.sector();
    const double digital = desk.region().mature[2] + terms.digital;
    const double gain = imitation_gain(static_cast<double>(f.technical), board.technical + board.technical_sd,
                                       rule.imitation, rule.imitation_digital, digital);
    f.technical += static_cast<float>(gain);
    f.productivity = static_cast<float>(static_cast<double>(f.productivity) * math::exp(gain));
}

} // namespace fabrica
