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

bool is_linked(const InputLinks& links, sim::AgentId id)
{
    const auto end = links.supplier.begin() + links.suppliers;
    return std::find(links.supplier.begin(), end, id) != end;
}

void drop_link(InputLinks& links, int link)
{
    --links.suppliers;
    for (int i = link; i < links.suppliers; ++i) {
        links.supplier[static_cast<std::size_t>(i)] = links.supplier[static_cast<std::size_t>(i) + 1];
        links.share[static_cast<std::size_t>(i)] = links.share[static_cast<std::size_t>(i) + 1];
    }
    links.supplier[links.suppliers] = 0, links.share[links.suppliers] = 0;
}

/// A buyer that looks for sellers of one of its inputs.
class Search {
public:
    /// @param need  of the input, thousandths per day
    Search(Desk& desk, int number, double need)
        : desk_(desk), links_(desk.firm.links[number]), number_(number), need_(need)
    {
    }

    /// Draws sellers until `wanted` are linked; shares follow capacity, a link is capped at a part of the seller's capacity. What the
    /// links cannot carry goes to the wholesaler (market_share).
    void fill_links(int wanted, std::uint32_t occasion)
    {
        double linked = 0;
        for (int i = 0; i < links_.suppliers; ++i) linked += part_of(i);
        for (int tries = 0; links_.suppliers < wanted && tries < wanted; ++tries) {
            const double open = (1 - linked) / (wanted - links_.suppliers);
            const auto id = best_candidate(need_ * open, occasion + static_cast<std::uint32_t>(tries));
            if (id == sim::no_agent) break;
            const double cap =
                desk_.config().suppliers.link_capacity_share * static_cast<double>(desk_.context.showcase(id).capacity);
            const double part = need_ > 0 ? std::min(open, cap / need_) : open;
            if (part * whole < 1) continue;
            links_.supplier[links_.suppliers] = id;
            links_.share[links_.suppliers++] = static_cast<std::uint16_t>(part * whole);
            linked += part;
        }
        links_.market_share = static_cast<float>(std::max(0.0, 1 - linked));
    }

    /// The least useful link is put up for competition; it may win its place back.
    void challenge_worst(std::uint32_t occasion)
    {
        for (int i = 0; i < links_.suppliers; ++i)
            desk_.context.fetch_showcase(links_.supplier[static_cast<std::size_t>(i)]);
        int worst = 0;
        double lowest = 1e300;
        for (int i = 0; i < links_.suppliers; ++i) {
            const double u = utility(links_.supplier[static_cast<std::size_t>(i)], need_ * part_of(i));
            if (u < lowest) lowest = u, worst = i;
        }
        const double need = need_ * part_of(worst);
        const auto rival = best_candidate(need, occasion);
        if (rival != sim::no_agent && utility(rival, need) > lowest)
            links_.supplier[static_cast<std::size_t>(worst)] = rival; // with the same part of the need
    }

private:
    [[nodiscard]] double part_of(int link) const { return links_.share[static_cast<std::size_t>(link)] / whole; }

    [[nodiscard]] double utility(sim::AgentId id, double need) const
    {
        const Showcase& seller = desk_.context.showcase(id);
        const auto& rule = desk_.config().suppliers;
        const double relative = static_cast<double>(seller.price) / desk_.world.sector[links_.sector].price;
        const double crowding = seller.capacity > 0 ? need / static_cast<double>(seller.capacity) : 10;
        return supplier_utility(relative, static_cast<double>(seller.backlog_months), crowding, rule.price_weight,
                                rule.backlog_weight, rule.size_weight) +
               static_cast<double>(seller.quality);
    }

    /// The best of a few candidates by logit: utility plus a Gumbel term keyed by buyer, seller and occasion.
    [[nodiscard]] sim::AgentId best_candidate(double need, std::uint32_t occasion) const
    {
        const auto seed = static_cast<std::uint32_t>(desk_.config().run.seed);
        const sim::Key key = sim::make_key(desk_.firm.key, number_);
        const auto wanted = static_cast<int>(desk_.config().suppliers.candidates);
        std::array<sim::Directory::Entry, 16> drawn{};
        const auto n = static_cast<std::size_t>(desk_.world.directory[links_.sector].draw(
            seed, key, purpose_of(Purpose::suppliers), occasion, wanted, drawn));
        const std::span candidates(drawn.data(), n);
        for (const auto& seller : candidates) desk_.context.fetch_place(seller.id); // far away in memory, each of them
        for (const auto& seller : candidates) desk_.context.fetch_showcase(seller.id);
        const sim::Key chance = sim::Draw(seed, key, purpose_of(Purpose::supplier_choice), occasion).bits();
        sim::AgentId best = sim::no_agent;
        double best_score = -1e300;
        for (const auto& seller : candidates) {
            if (seller.id == desk_.firm.id || is_linked(links_, seller.id)) continue;
            const double u = sim::unit_interval(sim::mix64(chance ^ seller.key));
            const double score = utility(seller.id, need) - sim::math::log(-sim::math::log(u));
            if (score > best_score) best = seller.id, best_score = score;
        }
        return best;
    }

    Desk& desk_;
    InputLinks& links_;
    int number_;
    double need_;
};

/// Drops the dead among those who would get this month's order: the one whose turn it is, or all of them.
/// @return whose turn it is then
int drop_dead(Desk& desk, InputLinks& links, int number, int turn)
{
    const auto is_dead = [&](int i) { return !desk.context.alive(links.supplier[static_cast<std::size_t>(i)]); };
    if (desk.config().switches.rotation) {
        while (links.suppliers > 0 && is_dead(turn)) {
            drop_link(links, turn);
            turn = rotated_link(links, desk.firm.key, number);
        }
        return turn;
    }
    for (int i = links.suppliers - 1; i >= 0; --i)
        if (is_dead(i)) drop_link(links, i);
    return turn;
}

} // namespace

int rotated_link(const InputLinks& links, sim::Key key, int number)
{
    const double start = static_cast<double>(sim::make_key(key, number) >> 11) * 0x1p-53;
    double point = start + links.reviews * 0.6180339887498949;
    point -= std::floor(point);
    double total = 0;
    for (int i = 0; i < links.suppliers; ++i) total += links.share[static_cast<std::size_t>(i)];
    double sum = 0;
    for (int i = 0; i + 1 < links.suppliers; ++i) {
        sum += links.share[static_cast<std::size_t>(i)];
        if (point * total < sum) return i;
    }
    return links.suppliers - 1;
}

bool is_reviewed_this_month(std::uint64_t chance, int slot, double quarterly_probability)
{
    return sim::unit_interval(sim::mix64(chance + static_cast<std::uint64_t>(slot))) < quarterly_probability / 3;
}

int look_after_suppliers(Desk& desk, int number, double need, std::uint64_t chance, int turn)
{
    InputLinks& links = desk.firm.links[number];
    const int had = links.suppliers;
    turn = drop_dead(desk, links, number, turn);
    const auto month = static_cast<std::uint32_t>(desk.world.national.month);
    const auto& rule = desk.config();
    Search search(desk, number, need);
    const bool reviews = rule.switches.supplier_review && links.suppliers > 0 &&
                         is_reviewed_this_month(chance, number, rule.suppliers.review_probability);
    if (reviews) search.challenge_worst(8 * month + 7);
    // A slot whose need no seller's capacity can carry looks around only twice a year.
    const bool looks_around =
        links.suppliers == 0 && (month + desk.firm.cohort + static_cast<unsigned>(number)) % 6 == 0;
    const bool is_new = links.suppliers == 0 && desk.context.window() - desk.firm.born < 31;
    if (links.suppliers >= had && !looks_around && !is_new) return turn;
    search.fill_links(std::max(had, 2), 8 * month);
    return rotated_link(links, desk.firm.key, number);
}

} // namespace fabrica
