// E23, platforms as institutions: founding, members, accounts, trust, failure.
#include "models/platforms/rules.hpp"
#include "models/platforms/sharing.hpp"

#include <algorithm>

namespace fabrica {
namespace {

sim::Key key_of(const std::string& name)
{
    sim::Key key = sim::make_key(0xE23);
    for (const char c : name) key = sim::mix_into(key, static_cast<unsigned char>(c));
    return key;
}

/// National yuan of a rule as fen of the nation simulated.
std::int64_t in_model(const World& w, double cny)
{
    return rounded_fen(cny * 100 * w.config.run.scale * w.config.prices.level).fen;
}

template <class Data>
std::vector<std::uint8_t> flags(const std::vector<Data>& all, const std::vector<std::string>& codes)
{
    std::vector<std::uint8_t> chosen;
    for (const Data& d : all)
        chosen.push_back(codes.empty() || std::find(codes.begin(), codes.end(), d.code) != codes.end() ? 1 : 0);
    return chosen;
}

/// Platforms of the scenario whose day is tomorrow or has been.
void found_due(World& w, sim::Window today)
{
    if (!w.config.switches.platforms || today + 1 < w.recording_from) return;
    const sim::Date tomorrow = w.calendar.date(today + 1);
    for (const PlatformRule& rule : w.config.platform) {
        const auto is_it = [&](const Platform& p) { return p.rule.id == rule.id; };
        const bool exists = std::any_of(w.platforms.all.begin(), w.platforms.all.end(), is_it);
        if (!exists && !(tomorrow < rule.founded)) found_platform(w, rule);
    }
}

void take_reports(Platforms& all)
{
    const auto reported = all.tally.reduce();
    for (std::size_t p = 0; p < all.all.size(); ++p) {
        const auto cells = reported.subspan(p * Platforms::cells, Platforms::cells);
        PlatformMonth& month = all.all[p].month;
        all.all[p].balance += cells[Platforms::fees], month.fees += cells[Platforms::fees];
        month.hours += cells[Platforms::hours];
        month.jobs += cells[Platforms::jobs], month.failed += cells[Platforms::failed];
    }
}

void admit_members(World& w, Barrier& barrier)
{
    for (const JoinClaim& claim : w.platforms.joins.take()) {
        if (barrier.find(claim.id) == nullptr || !w.platforms.join(claim)) continue;
        if (w.event_log && w.event_log->watches(claim.key))
            w.event_log->note_at_barrier(
                {claim.id, claim.key, EventKind::platform_joined, sim::no_agent, claim.platform, 0});
    }
}

void renew_offers(World& w, Barrier& barrier)
{
    std::vector<Offer> fresh = w.platforms.new_offers.take();
    std::erase_if(fresh, [&](const Offer& o) { return barrier.find(o.id) == nullptr; });
    for (const Offer& o : fresh) {
        Platform& p = w.platforms.all[o.platform];
        p.month.offers += p.kind == PlatformKind::design ? 1000 * o.left : o.left;
    }
    w.platforms.stand(fresh);
}

/// What is left, or owed, is the founders'.
void close_platform(World& w, std::uint16_t number)
{
    Platform& p = w.platforms.all[number];
    p.has_failed = true;
    pay_platform(w, Transaction::liquidation, w.accounts.households(), number, -p.balance);
    w.platforms.close(number);
}

/// Costs, dividends, trust; a platform whose fees have stayed below its cost, and whose money is used up, closes.
void end_month(World& w, std::uint16_t number)
{
    Platform& p = w.platforms.all[number];
    const auto& rule = w.config.platforms;
    if (!p.is_open) { // fees of its last jobs
        pay_platform(w, Transaction::liquidation, w.accounts.households(), number, -p.balance);
        return;
    }
    const std::int64_t cost = in_model(w, p.rule.cost_cny_per_year / 12);
    pay_platform(w, Transaction::platform_costs, w.accounts.outside(w.servicer), number, -cost);
    p.month.costs += cost;
    // The founders get what the month has brought, never what was given to the platform, as long as capital and a year's cost are there.
    const std::int64_t kept = in_model(w, p.rule.capital_cny) + 12 * cost;
    const std::int64_t surplus = std::min(p.balance - kept, p.month.fees - cost);
    if (surplus > 0) pay_platform(w, Transaction::dividends, w.accounts.households(), number, -surplus);
    const auto k = static_cast<double>(w.k);
    p.trust = trust_after(p.trust, static_cast<double>(p.month.jobs) * k, static_cast<double>(p.month.failed) * k,
                          rule.trust_gain, rule.trust_loss, rule.trust_jobs);
    ++p.months;
    p.months_below = p.month.fees < cost ? p.months_below + 1 : 0;
    if (p.months_below >= rule.failure_months && p.balance < 0) close_platform(w, number);
}

} // namespace

std::uint16_t found_platform(World& w, const PlatformRule& rule)
{
    Platform p;
    p.rule = rule;
    const auto kind = std::find(platform_kind_names.begin(), platform_kind_names.end(), rule.kind);
    p.kind = static_cast<PlatformKind>(kind - platform_kind_names.begin());
    p.key = key_of(rule.id), p.trust = w.config.platforms.trust_start;
    p.in_sector = flags(w.nation.sectors, rule.sectors), p.in_region = flags(w.nation.regions, rule.regions);
    p.members_in.assign(w.nation.sectors.size(), 0);
    const std::uint16_t number = w.platforms.open(std::move(p));
    pay_platform(w, Transaction::founding, w.accounts.households(), number, in_model(w, rule.capital_cny));
    return number;
}

void pay_platform(World& w, Transaction what, std::size_t from, std::uint16_t platform, std::int64_t fen)
{
    transfer(w, what, from, w.accounts.platforms(), fen);
    w.platforms.all[platform].balance += fen;
}

void run_platforms(World& w, Barrier& barrier)
{
    const sim::Window today = barrier.window();
    if (w.platforms.any()) {
        take_reports(w.platforms);
        admit_members(w, barrier);
        renew_offers(w, barrier);
        match_requests(w, barrier);
        if (w.calendar.is_month_end(today))
            for (std::uint16_t p = 0; p < w.platforms.all.size(); ++p) end_month(w, p);
    }
    found_due(w, today);
}

} // namespace fabrica
