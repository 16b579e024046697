#include "models/technology/quality.hpp"

#include "models/firms/plan.hpp"
#include "models/technology/technology.hpp"
#include "models/technology/terms.hpp"
#include "sim/base/math.hpp"
#include "sim/base/random.hpp"

#include <algorithm>

namespace fabrica {

namespace math = sim::math;

double quality_after(double quality, double research, double contact, double years, const QualityRule& rule)
{
    const double gained = research > 0 ? rule.research_gain * math::log1p(research) : 0;
    const double learned = rule.contact * contact * std::max(0.0, rule.venture_level - quality);
    return quality + years * (gained + learned - rule.decay * quality);
}

double settled_quality(double research, double contact, const QualityRule& rule)
{
    const double gained = research > 0 ? rule.research_gain * math::log1p(research) : 0;
    const double alone = rule.decay > 0 ? gained / rule.decay : 0, speed = rule.contact * contact;
    if (alone >= rule.venture_level || rule.decay + speed <= 0) return alone;
    return (gained + speed * rule.venture_level) / (rule.decay + speed);
}

double over_levels(const float (&capacity)[maturity_levels], const std::array<double, maturity_levels>& ladder)
{
    double sum = 0, weighted = 0;
    for (std::size_t m = 0; m < maturity_levels; ++m) {
        const auto k = static_cast<double>(capacity[m]);
        sum += k, weighted += k * ladder[m];
    }
    return sum > 0 ? weighted / sum : ladder[0];
}

double defect_share(const float (&capacity)[maturity_levels], double quality, double rate)
{
    return rate * over_levels(capacity, defects_of_level) * math::exp(-quality);
}

namespace {

QualityRule rule_of(const Config& c)
{
    return {c.quality.research_gain, c.quality.decay, c.quality.venture_contact, c.quality.venture_level};
}

/// Contact with foreign partners: a joint venture has it, others of its sector a part of it.
double contact_of(const Firm& f, const World& w)
{
    return f.ownership == Ownership::joint_venture ? 1 : w.config.quality.spillover * w.sector[f.sector].venture_share;
}

/// R&D share of a firm over its sector's.
double relative_research(const World& w, int sector, double share)
{
    const double sector_share =
        w.config.research.intensity_scale * w.nation.sectors[static_cast<std::size_t>(sector)].research;
    return sector_share > 0 ? share / sector_share : 0;
}

float drawn_clock(const World& w, sim::Key key, Purpose purpose, std::uint32_t occasion)
{
    return -static_cast<float>(
        sim::Draw(static_cast<std::uint32_t>(w.config.run.seed), key, static_cast<std::uint16_t>(purpose), occasion)
            .exponential());
}

/// An accident: fewer want its goods for some years, in which it must do research.
void face_accident(Desk& desk)
{
    Firm& f = desk.firm;
    const auto& rule = desk.config().quality;
    if (f.accident_months > 0) --f.accident_months;
    f.accident_clock += static_cast<float>(rule.accident_rate / 12 * math::exp(-static_cast<double>(f.quality)));
    if (f.accident_clock <= 0) return;
    f.accidents = static_cast<std::uint8_t>(std::min(250, f.accidents + 1));
    f.accident_months = static_cast<std::uint8_t>(std::min(250.0, 12 * rule.accident_years));
    f.accident_clock = drawn_clock(desk.world, f.key, Purpose::accident, f.accidents);
    desk.note(EventKind::accident);
    desk.report(desk.world.statistics.cell(Measure::accidents, f.sector, f.ownership), 1);
}

bool may_qualify(const Desk& desk)
{
    const Firm& f = desk.firm;
    const bool is_home = f.ownership == Ownership::private_owned || f.ownership == Ownership::state;
    return is_home && f.research_share > 0 && desk.world.nation.sectors[f.sector].critical_import_share > 0;
}

/// Tests of a home part take years; both ends are dated.
void qualify(Desk& desk)
{
    Firm& f = desk.firm;
    if (f.qualification == Qualification::under_way && desk.context.window() >= f.qualified_on) {
        f.qualification = Qualification::finished;
        desk.note(EventKind::qualified);
    }
    if (f.qualification != Qualification::none || !may_qualify(desk)) return;
    const auto& rule = desk.config().quality;
    const TechnologyTerms terms = desk.terms->technology;
    f.qualification_clock += static_cast<float>(rule.qualification_rate * terms.qualification_start / 12);
    if (f.qualification_clock <= 0) return;
    const double u = desk.context.draw(static_cast<std::uint16_t>(Purpose::qualification_time), 0).uniform();
    const double years =
        rule.qualification_least_years + u * (rule.qualification_most_years - rule.qualification_least_years);
    f.qualification = Qualification::under_way;
    f.qualified_on = static_cast<std::int32_t>(desk.context.window()) +
                     static_cast<std::int32_t>(nearest(years * terms.qualification_time * desk.world.days_per_year()));
    desk.note(EventKind::qualification_begun);
}

} // namespace

void begin_quality(Firm& f, const World& w)
{
    f.quality = static_cast<float>(settled_quality(
        relative_research(w, f.sector, static_cast<double>(f.research_share)), contact_of(f, w), rule_of(w.config)));
    f.accident_clock = drawn_clock(w, f.key, Purpose::accident, 0);
    f.qualification_clock = drawn_clock(w, f.key, Purpose::qualification, 0);
}

void keep_quality(Desk& desk)
{
    Firm& f = desk.firm;
    if (!desk.config().switches.technology) return;
    double share = static_cast<double>(f.research_share);
    if (f.accident_months > 0) share = std::max(share, desk.config().quality.mandated_share);
    const double contact = contact_of(f, desk.world) * desk.terms->technology.venture_contact;
    f.quality =
        static_cast<float>(quality_after(static_cast<double>(f.quality), relative_research(desk.world, f.sector, share),
                                         contact, 1.0 / 12, rule_of(desk.config())));
    face_accident(desk);
    qualify(desk);
}

float shown_quality(const Firm& f, const World& w) { return static_cast<float>(quality_appeal(f, w)); }

double quality_appeal(const Firm& f, const World& w)
{
    if (!w.config.switches.technology) return 0;
    const auto& rule = w.config.quality;
    const double months = 12 * rule.accident_years;
    const double remembered = f.accident_months > 0 ? rule.accident_loss * f.accident_months / months : 0;
    return rule.choice_weight * (static_cast<double>(f.quality) - w.sector[f.sector].quality) - remembered;
}

} // namespace fabrica
