// The month of the programmes: budgets, award rounds (E25), what their institutions do, evaluation (E26).
#include "models/policy/institutions.hpp"

#include "models/series/catalogue.hpp"
#include "sim/base/apportion.hpp"
#include "sim/base/math.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fabrica {
namespace {

/// Fen of the nation simulated that a programme may have granted by the end of this month.
std::int64_t budget_so_far(const World& w, std::size_t number)
{
    const Programme& p = w.config.policies[number];
    const sim::Date today = w.policy.today;
    const double yearly = p.budget.at(today);
    if (!p.has_budget() || yearly < 0) return std::numeric_limits<std::int64_t>::max();
    const double national = yearly * 100 * p.intensity * p.implementation * w.policy.programme[number].budget_factor;
    return static_cast<std::int64_t>(national / static_cast<double>(w.k) * today.month / 12);
}

/// Mean and standard deviation of one term of the score, summed in the order of the claims.
struct Moments {
    double mean = 0, sd = 1;
    Moments(const std::vector<const PolicyClaim*>& claims, float PolicyClaim::*term)
    {
        const auto n = static_cast<double>(claims.size());
        double squares = 0;
        for (const auto* c : claims) mean += static_cast<double>(c->*term) / n;
        for (const auto* c : claims) {
            const double d = static_cast<double>(c->*term) - mean;
            squares += d * d / n;
        }
        sd = squares > 0 ? std::sqrt(squares) : 1;
    }
    [[nodiscard]] double z(float x) const { return (static_cast<double>(x) - mean) / sd; }
};

/// E25: wm z(merit) + ws z(size) + wo state + wl z(jobs) + wc connection + noise; what is not merit counts for less under rules that
/// limit discretion.
std::vector<double> scores(const Programme& p, const std::vector<const PolicyClaim*>& claims, double discretion)
{
    const Moments merit(claims, &PolicyClaim::merit), size(claims, &PolicyClaim::size),
        jobs(claims, &PolicyClaim::jobs);
    const Allocation& a = p.allocation;
    std::vector<double> all;
    for (const auto* c : claims)
        all.push_back(a.merit * merit.z(c->merit) +
                      discretion * (a.size * size.z(c->size) + a.state * (c->is_state ? 1 : 0) +
                                    a.jobs * jobs.z(c->jobs) + a.connection * (c->is_connected ? 1 : 0)) +
                      a.noise * static_cast<double>(c->noise));
    return all;
}

/// Those with the highest scores get what they ask until the money is used; the last gets what is left.
std::vector<std::int64_t> ranked(std::int64_t room, const std::vector<const PolicyClaim*>& claims,
                                 const std::vector<double>& score)
{
    std::vector<std::size_t> order(claims.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return score[a] != score[b] ? score[a] > score[b] : claims[a]->key < claims[b]->key;
    });
    std::vector<std::int64_t> granted(claims.size());
    for (const std::size_t i : order) {
        granted[i] = std::min(room, claims[i]->amount);
        room -= granted[i];
    }
    return granted;
}

/// One award round of one programme.
void award_round(World& w, Barrier& barrier, std::size_t number, const std::vector<const PolicyClaim*>& claims)
{
    const Programme& p = w.config.policies[number];
    ProgrammeState& state = w.policy.programme[number];
    if (claims.empty()) return;
    std::vector<std::int64_t> asked;
    std::int64_t all_asked = 0, all_granted = 0;
    for (const auto* c : claims) {
        asked.push_back(rounded_fen(static_cast<double>(c->amount) * p.implementation).fen);
        all_asked += asked.back();
    }
    const std::int64_t room = std::clamp<std::int64_t>(budget_so_far(w, number) - state.year_spent, 0, all_asked);
    const auto granted = p.allocation.rule == "ranked"
                             ? ranked(room, claims, scores(p, claims, w.policy.markets.discretion))
                             : sim::apportion(room, asked);
    for (std::size_t i = 0; i < claims.size(); ++i) {
        all_granted += granted[i];
        if (granted[i] <= 0) continue;
        barrier.send(claims[i]->id, Award{{granted[i]}, w.policy.name[number]}, Manufacturing::ticks_per_window);
        PolicyDesk desk(w, barrier, number);
        p.instrument->granted(desk, *claims[i], granted[i]);
    }
    state.year_spent += all_granted;
    state.fill = all_asked > 0 ? static_cast<double>(all_granted) / static_cast<double>(all_asked) : 1;
    state.month[w.policy.plan.count(PolicyPlan::granted)] += all_granted;
}

/// E26: the gap to the target is stated each year, and the budget answers it at reviews.
void evaluate(World& w, std::size_t number)
{
    const Target& target = w.config.policies[number].target;
    if (target.series.empty()) return;
    ProgrammeState& state = w.policy.programme[number];
    const double actual = observe(w, target.series, target.sector);
    const double wanted = target.value.at(w.policy.today);
    if (wanted == 0 || std::isnan(actual)) return;
    state.target_gap = (wanted - actual) / wanted;
    if (target.is_reviewed(w.policy.today.year))
        state.budget_factor =
            std::clamp(state.budget_factor * sim::math::exp(target.response * state.target_gap), 0.25, 4.0);
}

void close_year(World& w)
{
    for (std::size_t i = 0; i < w.config.policies.size(); ++i) {
        evaluate(w, i);
        w.policy.programme[i].year_spent = 0;
    }
}

/// Adds what firms reported to what institutions have booked in the month.
void take_accounts(World& w)
{
    const auto sums = w.policy.tally.reduce();
    for (std::size_t i = 0; i < w.policy.programme.size(); ++i)
        for (std::size_t c = 0; c < w.policy.plan.cells(); ++c)
            w.policy.programme[i].month[c] += sums[w.policy.cell(i, c)];
}

/// A programme that leans against the cycle does more when the nation's capacity is used less than normal.
void follow_cycle(World& w)
{
    double made = 0, capacity = 0, normal = 0;
    for (int s = 0; s < w.S; ++s)
        for (int o = 0; o < ownership_count; ++o) {
            const auto sum = [&](Measure m) {
                return static_cast<double>(w.month[w.statistics.cell(m, s, static_cast<Ownership>(o))]);
            };
            made += sum(Measure::output) / w.days_of_month, capacity += sum(Measure::capacity);
            normal += sum(Measure::capacity) * w.first_utilisation[static_cast<std::size_t>(s)];
        }
    const double gap = normal > 0 && capacity > 0 ? 1 - made / normal : 0;
    for (std::size_t i = 0; i < w.config.policies.size(); ++i)
        w.policy.programme[i].cycle = std::clamp(1 + w.config.policies[i].countercyclical * gap, 0.0, 3.0);
}

bool is_in_force(const Programme& p, sim::Date day) { return !(day < p.from) && (!p.until || day < *p.until); }

/// Whether a programme is announced and not yet in force.
bool is_awaited(const Programme& p, sim::Date day) { return p.announced && !(day < *p.announced) && day < p.from; }

/// What markets see of the programmes in force, and of those announced.
void publish_market_terms(World& w, const std::vector<std::uint32_t>& awaited)
{
    PolicyState& policy = w.policy;
    MarketTerms terms = policy.neutral;
    for (const std::uint32_t i : awaited) {
        const Programme& p = w.config.policies[i];
        p.instrument->announced(terms, {p, policy.scope[i], policy.programme[i], w, policy.today});
    }
    for (const std::uint32_t i : policy.in_force) {
        const MarketTerms before = terms;
        const Programme& p = w.config.policies[i];
        p.instrument->markets(terms, {p, policy.scope[i], policy.programme[i], w, policy.today});
        policy.programme[i].fired += terms != before;
    }
    policy.markets = std::move(terms);
    for (std::size_t i = 0; i < w.sector.size(); ++i) {
        w.trade.sector[i].imposed = policy.markets.trade[i], w.energy.sector[i].imposed = policy.markets.energy[i];
    }
    for (std::size_t r = 0; r < w.people.size(); ++r) w.people[r].imposed = policy.markets.people[r];
}

/// Whether a programme moved money, or firms that its terms hold for.
bool has_fired(const Programme& p, const PolicyPlan& plan, const std::vector<std::int64_t>& month)
{
    const auto count = [&](PolicyPlan::Count c) { return month[plan.count(c)]; };
    return count(PolicyPlan::asked) + count(PolicyPlan::levied) > 0 ||
           (!p.instrument->pays() && count(PolicyPlan::eligible) > 0);
}

} // namespace

void refresh_programmes(World& w, sim::Window next)
{
    PolicyState& policy = w.policy;
    w.window_ahead = next;
    policy.today = w.calendar.date(next);
    if (w.config.policies.empty()) return;
    for (auto* lists : {&policy.by_sector, &policy.expected_by_sector})
        for (auto& list : *lists) list.clear();
    policy.in_force.clear();
    bool is_same = w.calendar.day_of_month(next) != 0;
    std::vector<std::uint32_t> awaited;
    const bool is_on = w.config.switches.policies && next >= w.recording_from;
    for (std::size_t i = 0; is_on && i < w.config.policies.size(); ++i) {
        const Programme& p = w.config.policies[i];
        const bool now = is_in_force(p, policy.today), soon = policy.today < p.from && !(policy.today < p.known_from());
        if (now) policy.in_force.push_back(static_cast<std::uint32_t>(i));
        if (is_awaited(p, policy.today)) awaited.push_back(static_cast<std::uint32_t>(i));
        is_same = is_same && (!p.announced || *p.announced != policy.today);
        is_same = is_same && policy.programme[i].is_in_force == now, policy.programme[i].is_in_force = now;
        for (std::size_t s = 0; (now || soon) && s < policy.by_sector.size(); ++s)
            if ((policy.scope[i].sectors >> s & 1U) != 0)
                (now ? policy.by_sector : policy.expected_by_sector)[s].push_back(static_cast<std::uint32_t>(i));
    }
    if (!is_same) publish_market_terms(w, awaited);
}

void run_programmes(World& w, Barrier& barrier)
{
    if (w.config.policies.empty()) return;
    take_accounts(w), follow_cycle(w);
    const auto claims = w.policy.claims.take();
    std::vector<std::vector<const PolicyClaim*>> by_programme(w.config.policies.size());
    for (const auto& c : claims) by_programme[c.programme].push_back(&c);
    for (std::size_t i = 0; i < by_programme.size(); ++i) award_round(w, barrier, i, by_programme[i]);
    for (const std::uint32_t i : w.policy.in_force) {
        PolicyDesk desk(w, barrier, i);
        w.config.policies[i].instrument->month(desk);
        w.policy.programme[i].fired += has_fired(w.config.policies[i], w.policy.plan, w.policy.programme[i].month);
    }
    if (w.policy.today.month == 12) close_year(w);
}

void support_founders(World& w, Barrier& barrier, const Firm& firm)
{
    for (const std::uint32_t i : w.policy.by_sector[firm.sector]) {
        if (!w.policy.scope[i].holds(firm, 1 / w.days_per_year(), barrier.window() + 1)) continue;
        PolicyDesk desk(w, barrier, i);
        const double fen = desk.programme().instrument->founding(desk.in_force(), firm);
        if (fen > 0) desk.award(firm, rounded_fen(fen * desk.programme().implementation).fen);
    }
}

std::int64_t cover_loss(World& w, Barrier& barrier, const Firm& firm, Money loss)
{
    std::int64_t covered = 0;
    for (const std::uint32_t i : w.policy.by_sector[firm.sector]) {
        if (!w.policy.scope[i].holds(firm, 1 / w.days_per_year(), barrier.window())) continue;
        PolicyDesk desk(w, barrier, i);
        const double fen = desk.programme().instrument->cover(desk.in_force(), firm, loss);
        if (fen > 0)
            covered +=
                desk.pay(Recipient::banks, w.accounts.bank(firm.bank), rounded_fen(fen).fen, firm.sector, firm.region);
    }
    return covered;
}

sim::Draw PolicyDesk::draw(Purpose purpose, sim::Key about) const
{
    return {static_cast<std::uint32_t>(world.config.run.seed), sim::make_key(about, world.policy.name[number_]),
            static_cast<std::uint16_t>(purpose), static_cast<std::uint32_t>(world.national.month)};
}

std::int64_t InForce::room() const
{
    const std::size_t number = world.policy.find(programme_name(programme.id));
    const std::int64_t limit = budget_so_far(world, number);
    return limit == std::numeric_limits<std::int64_t>::max() ? limit
                                                             : std::max<std::int64_t>(0, limit - state.year_spent);
}

std::int64_t PolicyDesk::room() const { return in_force().room(); }

/// Counts a payment of at most the room.
/// @return what may be paid
std::int64_t PolicyDesk::book(Recipient who, std::int64_t fen, int sector, int region)
{
    const std::int64_t paid = std::min(fen, room());
    if (paid <= 0) return 0;
    const PolicyPlan& plan = world.policy.plan;
    count(PolicyPlan::asked, fen), count(PolicyPlan::granted, paid), count(PolicyPlan::disbursed, paid);
    add(plan.by_recipient(who), paid), state().year_spent += paid;
    if (sector >= 0) add(plan.by_sector(sector), paid);
    if (region >= 0) add(plan.by_region(region), paid);
    return paid;
}

std::int64_t PolicyDesk::pay(Recipient who, std::size_t account, std::int64_t fen, int sector, int region)
{
    const std::int64_t paid = book(who, fen, sector, region);
    const std::int64_t central = rounded_fen(static_cast<double>(paid) * programme().central_share).fen;
    transfer(world, Transaction::subsidies, world.accounts.treasury(), account, central);
    if (paid > central) pay_by_provinces(account, paid - central, region);
    return paid;
}

/// The recipient's province pays; where there is none, all of them do, by their part of factory workers.
void PolicyDesk::pay_by_provinces(std::size_t account, std::int64_t fen, int region)
{
    if (region >= 0) return transfer(world, Transaction::subsidies, world.accounts.province(region), account, fen);
    constexpr double parts_per_unit = 1e9;
    std::vector<std::int64_t> weights;
    for (const auto& r : world.nation.regions) weights.push_back(nearest(r.employment_share * parts_per_unit));
    const auto parts = sim::apportion(fen, weights);
    for (std::size_t r = 0; r < parts.size(); ++r)
        transfer(world, Transaction::subsidies, world.accounts.province(static_cast<int>(r)), account, parts[r]);
}

std::int64_t PolicyDesk::reward(int region, std::int64_t fen)
{
    const std::int64_t paid = book(Recipient::provinces, fen, -1, region);
    transfer(world, Transaction::subsidies, world.accounts.treasury(), world.accounts.province(region), paid);
    return paid;
}

void PolicyDesk::note_paid(Recipient who, std::int64_t fen, int sector)
{
    const PolicyPlan& plan = world.policy.plan;
    count(PolicyPlan::asked, fen), count(PolicyPlan::granted, fen), count(PolicyPlan::disbursed, fen);
    add(plan.by_recipient(who), fen), state().year_spent += fen;
    if (sector >= 0) add(plan.by_sector(sector), fen);
}

void PolicyDesk::award(const Firm& firm, std::int64_t fen)
{
    const std::int64_t granted = std::min(fen, room());
    if (granted <= 0) return;
    count(PolicyPlan::asked, fen), count(PolicyPlan::granted, granted);
    state().year_spent += granted;
    barrier.send(firm.id, Award{{granted}, world.policy.name[number_]}, Manufacturing::ticks_per_window);
}

void PolicyDesk::levy(std::size_t account, std::int64_t fen)
{
    transfer(world, Transaction::levies, account, world.accounts.treasury(), fen);
    count(PolicyPlan::levied, fen);
}

} // namespace fabrica
