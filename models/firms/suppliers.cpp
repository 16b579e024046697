#include "models/firms/suppliers.hpp"

#include "models/firms/pricing.hpp"
#include "sim/base/math.hpp"
#include "sim/base/random.hpp"

#include <algorithm>
#include <cmath>

namespace fabrica {
namespace {

constexpr double whole = 65535;
constexpr std::uint16_t purpose_of(Purpose p) { return static_cast<std::uint16_t>(p); }

void drop_link(InputSlot& slot, int link)
{
    --slot.suppliers;
    for (int i = link; i < slot.suppliers; ++i) {
        slot.supplier[static_cast<std::size_t>(i)] = slot.supplier[static_cast<std::size_t>(i) + 1];
        slot.share[static_cast<std::size_t>(i)] = slot.share[static_cast<std::size_t>(i) + 1];
    }
    slot.supplier[slot.suppliers] = 0, slot.share[slot.suppliers] = 0;
}

double utility(const Showcase& seller, double need, const World& world, int product)
{
    const auto& rule = world.config.suppliers;
    const double relative = static_cast<double>(seller.price) / world.sector[static_cast<std::size_t>(product)].price;
    const double crowding = seller.capacity > 0 ? need / static_cast<double>(seller.capacity) : 10;
    return supplier_utility(relative, static_cast<double>(seller.backlog_months), crowding, rule.price_weight,
                            rule.backlog_weight, rule.size_weight);
}

/// The best of a few candidates by logit: utility plus a keyed Gumbel term.
sim::AgentId best_candidate(const Firm& firm, int slot, double need, const World& world, std::uint32_t seed,
                            std::uint32_t occasion, const std::function<const Showcase&(sim::AgentId)>& showcase)
{
    const InputSlot& s = firm.slot[slot];
    std::array<sim::AgentId, 16> drawn{};
    const auto wanted = static_cast<int>(world.config.suppliers.candidates);
    const sim::Key key = sim::make_key(firm.key, slot);
    const int n = world.directory[s.sector].draw(seed, key, purpose_of(Purpose::suppliers), occasion, wanted, drawn);
    sim::AgentId best = sim::no_agent;
    double best_score = -1e300;
    for (int i = 0; i < n; ++i) {
        const sim::AgentId id = drawn[static_cast<std::size_t>(i)];
        const bool is_linked =
            std::find(s.supplier.begin(), s.supplier.begin() + s.suppliers, id) != s.supplier.begin() + s.suppliers;
        if (id == firm.id || is_linked) continue;
        const double luck = -sim::math::log(
            sim::Draw(seed, key, purpose_of(Purpose::supplier_choice), occasion).exponential(static_cast<unsigned>(i)));
        const double score = utility(showcase(id), need, world, s.sector) + luck;
        if (score > best_score) best = id, best_score = score;
    }
    return best;
}

} // namespace

int rotated_link(const InputSlot& slot, sim::Key key, int number)
{
    const double start = static_cast<double>(sim::make_key(key, number) >> 11) * 0x1p-53;
    double point = start + slot.reviews * 0.6180339887498949;
    point -= std::floor(point);
    double total = 0;
    for (int i = 0; i < slot.suppliers; ++i) total += slot.share[static_cast<std::size_t>(i)];
    double sum = 0;
    for (int i = 0; i + 1 < slot.suppliers; ++i) {
        sum += slot.share[static_cast<std::size_t>(i)] / total;
        if (point < sum) return i;
    }
    return slot.suppliers - 1;
}

void find_suppliers(Firm& firm, int number, int wanted, double daily_need, const World& world, std::uint32_t seed,
                    std::uint32_t occasion, const std::function<const Showcase&(sim::AgentId)>& showcase)
{
    InputSlot& slot = firm.slot[number];
    double linked = 0;
    for (int i = 0; i < slot.suppliers; ++i) linked += slot.share[static_cast<std::size_t>(i)] / whole;
    for (int tries = 0; slot.suppliers < wanted && tries < wanted; ++tries) {
        const double open = (1 - linked) / (wanted - slot.suppliers);
        const auto id = best_candidate(firm, number, daily_need * open, world, seed,
                                       occasion + static_cast<std::uint32_t>(tries), showcase);
        if (id == sim::no_agent) break;
        const double cap = world.config.suppliers.link_capacity_share * static_cast<double>(showcase(id).capacity);
        const double part = daily_need > 0 ? std::min(open, cap / daily_need) : open;
        if (part * whole < 1) continue;
        slot.supplier[slot.suppliers] = id;
        slot.share[slot.suppliers++] = static_cast<std::uint16_t>(part * whole);
        linked += part;
    }
    slot.market_share = static_cast<float>(std::max(0.0, 1 - linked));
}

void look_after_suppliers(Desk& desk, int number)
{
    InputSlot& slot = desk.firm.slot[number];
    const int had = slot.suppliers;
    for (int i = slot.suppliers - 1; i >= 0; --i)
        if (!desk.context.alive(slot.supplier[static_cast<std::size_t>(i)])) drop_link(slot, i);
    const auto month = static_cast<std::uint32_t>(desk.world.national.month);
    const double need = desk.sector().alpha[static_cast<std::size_t>(number)] * desk.firm.expected_demand;
    const auto showcase = [&](sim::AgentId id) -> const Showcase& { return desk.context.showcase(id); };
    const auto seed = static_cast<std::uint32_t>(desk.config().run.seed);
    const auto& rule = desk.config();
    const bool reviews =
        rule.switches.supplier_review && slot.suppliers > 0 &&
        desk.context.draw(purpose_of(Purpose::supplier_review), month, static_cast<std::uint16_t>(number)).uniform() <
            rule.suppliers.review_probability / 3;
    if (reviews) { // the least useful link is put up for competition; it may win its place back
        int worst = 0;
        double lowest = 1e300;
        for (int i = 0; i < slot.suppliers; ++i) {
            const double u = utility(showcase(slot.supplier[static_cast<std::size_t>(i)]),
                                     need * slot.share[static_cast<std::size_t>(i)] / whole, desk.world, slot.sector);
            if (u < lowest) lowest = u, worst = i;
        }
        const auto rival = best_candidate(desk.firm, number, need * slot.share[static_cast<std::size_t>(worst)] / whole,
                                          desk.world, seed, 8 * month + 7, showcase);
        if (rival != sim::no_agent &&
            utility(showcase(rival), need * slot.share[static_cast<std::size_t>(worst)] / whole, desk.world,
                    slot.sector) > lowest)
            slot.supplier[static_cast<std::size_t>(worst)] = rival; // with the same part of the need
    }
    // A slot whose need no seller's capacity can carry looks around only twice a year.
    const int wanted = std::max(had, 2);
    const bool looks_around =
        slot.suppliers == 0 && (month + desk.firm.cohort + static_cast<unsigned>(number)) % 6 == 0;
    const bool is_new = slot.suppliers == 0 && desk.context.window() - desk.firm.born < 31;
    if (slot.suppliers < had || looks_around || is_new)
        find_suppliers(desk.firm, number, wanted, need, desk.world, seed, 8 * month, showcase);
}

} // namespace fabrica
