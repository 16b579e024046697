#include "models/policy/state.hpp"

#include "models/nation.hpp"
#include "models/state/firm.hpp"

#include <algorithm>
#include <stdexcept>

namespace fabrica {
namespace {

/// Bits of the names given among those known; all bits when none is given.
std::uint64_t mask(const std::vector<std::string>& given, const auto& known)
{
    if (given.empty()) return ~std::uint64_t{0};
    std::uint64_t bits = 0;
    std::size_t number = 0;
    for (const auto& name : known) {
        if (std::find(given.begin(), given.end(), name) != given.end()) bits |= std::uint64_t{1} << number;
        ++number;
    }
    return bits;
}

Scope scope_of(const Eligibility& who, const Nation& nation)
{
    std::vector<std::string> regions;
    for (const auto& r : nation.regions) regions.push_back(r.code);
    Scope s;
    s.sectors = mask(who.sectors, nation.sector_codes()), s.regions = mask(who.regions, regions);
    s.ownerships = static_cast<std::uint8_t>(mask(who.ownerships, ownership_names));
    s.size_classes = static_cast<std::uint8_t>(mask(who.size_classes, size_class_names));
    s.min_age = who.min_age, s.max_age = who.max_age, s.has_age = who.min_age > 0 || who.max_age < 1000;
    s.min_level = static_cast<int>(who.min_level) - 1, s.max_level = static_cast<int>(who.max_level) - 1;
    return s;
}

MarketTerms neutral_terms(const Nation& nation)
{
    std::size_t partners = 0;
    for (const auto& d : nation.demand) partners += d.is_export;
    return {nation.sectors.size(), nation.regions.size(), ownership_count, nation.demand.size(), partners};
}

} // namespace

bool Scope::holds(const Firm& f, double years_per_window, std::int32_t window) const
{
    const auto bit = [](auto bits, auto number) { return (bits >> static_cast<unsigned>(number) & 1U) != 0; };
    if (!bit(sectors, f.sector) || !bit(ownerships, f.ownership) || !bit(size_classes, f.size_class) ||
        !bit(regions, f.region) || f.level < min_level || f.level > max_level)
        return false;
    if (!has_age) return true;
    const double age = (window - f.born) * years_per_window;
    return age >= min_age && age < max_age;
}

std::uint32_t programme_name(std::string_view id)
{
    std::uint32_t hash = 2166136261U; // FNV-1a
    for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash;
}

PolicyState::PolicyState(const std::vector<Programme>& programmes, const Nation& nation, int threads)
    : neutral(neutral_terms(nation)), markets(neutral), plan{nation.sector_count(), nation.region_count()},
      tally(threads, programmes.size() * plan.cells()), claims(threads)
{
    if (nation.sector_count() > 64 || nation.region_count() > 64)
        throw std::invalid_argument("programmes take nations of at most 64 sectors and 64 regions");
    for (const Programme& p : programmes) {
        programme.push_back({}), programme.back().id = p.id;
        programme.back().month.assign(plan.cells(), 0);
        scope.push_back(scope_of(p.who, nation)), name.push_back(programme_name(p.id));
    }
    by_sector.resize(static_cast<std::size_t>(nation.sector_count())), expected_by_sector = by_sector;
}

std::size_t PolicyState::find(std::uint32_t name_hash) const
{
    return static_cast<std::size_t>(std::find(name.begin(), name.end(), name_hash) - name.begin());
}

void ProgrammeState::visit_state(sim::Archive& a)
{
    a("id", id), a("budget_factor", budget_factor), a("fill", fill), a("target_gap", target_gap), a("cycle", cycle);
    a("is_in_force", is_in_force), a("fired", fired);
    a("year_spent", year_spent), a("numbers", numbers), a("counts", counts), a("members", members), a("month", month);
}

void PolicyClaim::visit_state(sim::Archive& a)
{
    a("key", key), a("id", id), a("programme", programme), a("amount", amount), a("merit", merit), a("size", size);
    a("jobs", jobs), a("noise", noise), a("is_state", is_state), a("is_connected", is_connected);
}

/// Another future may have other programmes: each is known by its id, and those that are new start fresh.
void PolicyState::visit_state(sim::Archive& a)
{
    std::vector<ProgrammeState> saved = programme;
    a("programme", saved);
    auto open = std::as_const(tally).open();
    a("tally", open), a("claims", claims), a("terms", markets.entry_rate), a("entry_subsidy", markets.entry_subsidy);
    a("consumer_price", markets.consumer_price), a("procurement", markets.procurement);
    a("discretion", markets.discretion), a("charging", markets.charging);
    if (!a.is_loading()) return;
    std::vector<std::int64_t> mine(tally.cells());
    for (std::size_t from = 0; from < saved.size(); ++from) {
        const auto at = std::find(name.begin(), name.end(), programme_name(saved[from].id)) - name.begin();
        const auto to = static_cast<std::size_t>(at);
        if (to == name.size()) continue;
        programme[to] = saved[from];
        std::copy_n(open.begin() + static_cast<std::ptrdiff_t>(cell(from, 0)), plan.cells(),
                    mine.begin() + static_cast<std::ptrdiff_t>(cell(to, 0)));
    }
    tally.restore(mine);
}

} // namespace fabrica
