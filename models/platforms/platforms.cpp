#include "models/platforms/platforms.hpp"

#include <algorithm>
#include <tuple>

namespace fabrica {
namespace {

bool is_cheaper(const Offer& a, const Offer& b)
{
    return std::tie(a.platform, a.sector, a.reserve, a.key) < std::tie(b.platform, b.sector, b.reserve, b.key);
}

} // namespace

void Platforms::rent(sim::AgentId id, double gain)
{
    if (id >= rented_.size()) {
        if (gain == 0) return;
        rented_.resize(id + std::size_t{1});
    }
    rented_[id] = static_cast<float>(gain);
}

std::uint16_t Platforms::open(Platform platform)
{
    all.push_back(std::move(platform));
    tally = sim::Tally(threads_, all.size() * std::size_t{cells});
    return static_cast<std::uint16_t>(all.size() - 1);
}

bool Platforms::join(const JoinClaim& claim)
{
    if (claim.id >= members_.size()) members_.resize(claim.id + std::size_t{1});
    Platform& platform = all[claim.platform];
    const auto kind = static_cast<std::size_t>(platform.kind);
    Membership& m = members_[claim.id];
    if (m.of[kind] != no_platform || !platform.is_open) return false;
    m.of[kind] = claim.platform;
    if (claim.is_certified != 0) m.is_certified = static_cast<std::uint16_t>(m.is_certified | 1U << kind);
    ++platform.members, ++platform.members_in[claim.sector];
    return true;
}

void Platforms::leave(sim::AgentId id, int sector)
{
    if (id >= members_.size()) return;
    bool was_member = false;
    for (const std::uint16_t p : members_[id].of)
        if (p != no_platform)
            --all[p].members, --all[p].members_in[static_cast<std::size_t>(sector)], was_member = true;
    if (!was_member) return;
    members_[id] = {};
    rent(id, 0);
    for (Offer& offer : offers)
        if (offer.id == id) offer.left = 0;
}

void Platforms::close(std::uint16_t number)
{
    Platform& platform = all[number];
    platform.is_open = false, platform.members = 0;
    std::fill(platform.members_in.begin(), platform.members_in.end(), 0);
    const auto kind = static_cast<std::size_t>(platform.kind);
    for (std::size_t id = 0; id < members_.size(); ++id)
        if (members_[id].of[kind] == number) {
            members_[id].of[kind] = no_platform;
            members_[id].is_certified = static_cast<std::uint16_t>(members_[id].is_certified & ~(1U << kind));
            if (platform.kind == PlatformKind::design) rent(static_cast<sim::AgentId>(id), 0);
        }
    std::erase_if(offers, [&](const Offer& o) { return o.platform == number; });
}

void Platforms::stand(const std::vector<Offer>& fresh)
{
    // Claims come by id, so what a firm offered before is found by search.
    const auto is_replaced = [&](const Offer& o) {
        const auto at = std::lower_bound(fresh.begin(), fresh.end(), o.id,
                                         [](const Offer& a, sim::AgentId id) { return a.id < id; });
        for (auto f = at; f != fresh.end() && f->id == o.id; ++f)
            if (all[f->platform].kind == all[o.platform].kind) return true;
        return false;
    };
    std::erase_if(offers, [&](const Offer& o) { return o.left <= 0 || is_replaced(o); });
    const auto kept = static_cast<std::ptrdiff_t>(offers.size());
    for (const Offer& o : fresh)
        if (o.left > 0 && all[o.platform].is_open) offers.push_back(o);
    std::sort(offers.begin() + kept, offers.end(), is_cheaper);
    std::inplace_merge(offers.begin(), offers.begin() + kept, offers.end(), is_cheaper);
}

void visit_state(sim::Archive& a, PlatformRule& r)
{
    a("id", r.id), a("kind", r.kind), a("sectors", r.sectors), a("regions", r.regions), a("founded", r.founded);
    a("fee", r.fee), a("efficiency", r.efficiency), a("cost", r.cost_cny_per_year), a("capital", r.capital_cny);
    a("serves", r.serves_cny_per_day), a("certification_cost", r.certification_cost_cny);
    a("certification", r.certification);
}

void visit_state(sim::Archive& a, PlatformMonth& m)
{
    a("offers", m.offers), a("requests", m.requests), a("matches", m.matches), a("hours", m.hours), a("fees", m.fees);
    a("costs", m.costs), a("jobs", m.jobs), a("failed", m.failed);
}

void visit_state(sim::Archive& a, Platform& p)
{
    a("rule", p.rule), a("kind", p.kind), a("key", p.key), a("balance", p.balance), a("trust", p.trust),
        a("members", p.members);
    a("months", p.months), a("months_below", p.months_below), a("is_open", p.is_open), a("in_sector", p.in_sector);
    a("in_region", p.in_region), a("members_in", p.members_in), a("month", p.month);
    a("has_failed", p.has_failed);
}

void visit_state(sim::Archive& a, Offer& o)
{
    a("key", o.key), a("id", o.id), a("reserve", o.reserve), a("left", o.left), a("platform", o.platform);
    a("sector", o.sector), a("region", o.region), a("level", o.level), a("is_certified", o.is_certified);
}

void Platforms::visit_state(sim::Archive& a)
{
    a("all", all), a("offers", offers), a("members", members_), a("rented", rented_);
    a("individual_asked", individual_asked), a("individual_served", individual_served);
    if (!a.is_loading()) return;
    // What firms claim and report is read at the barrier of the day: nothing of it is open between days.
    tally = sim::Tally(threads_, all.size() * std::size_t{cells});
    joins = sim::Claims<JoinClaim>(threads_), new_offers = sim::Claims<Offer>(threads_);
    requests = sim::Claims<Request>(threads_);
}

} // namespace fabrica
