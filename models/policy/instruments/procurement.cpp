// Public procurement: government buys home goods of a sector on top of its usual path, at the market price.
#include "models/policy/institutions.hpp"

#include <algorithm>

namespace fabrica {
namespace {

class Procurement final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(amount_, "amount_cny_per_year", "amount_cny", 0, {0, 1e15}, "CNY/year",
                 "Money for purchases, in equal parts of the days, over the sectors by what they make.")
            .required();
    }
    void markets(MarketTerms& terms, const InForce& p) const override
    {
        const World& w = p.world;
        const double all = weight(p);
        // A twentieth of the room is kept for prices that rise within the month.
        const double daily =
            std::min(p.rate(amount_) * p.programme.implementation * 100 / static_cast<double>(w.k) / w.days_per_year(),
                     0.95 * static_cast<double>(p.room()) / 31);
        for (int s = 0; s < w.S && all > 0; ++s)
            terms.procurement[static_cast<std::size_t>(s)] +=
                daily * weight(p, s) / all * 10 / w.sector[static_cast<std::size_t>(s)].price;
    }
    /// The market has paid; the programme accounts for its part of what was procured.
    void month(PolicyDesk& desk) const override
    {
        World& w = desk.world;
        const InForce p = desk.in_force();
        MarketTerms mine = w.policy.neutral;
        markets(mine, p);
        for (int s = 0; s < w.S; ++s) {
            const auto at = static_cast<std::size_t>(s);
            const double all = w.policy.markets.procurement[at];
            if (all <= 0 || mine.procurement[at] <= 0) continue;
            const double part = std::min(1.0, mine.procurement[at] / all);
            const auto fen = rounded_fen(static_cast<double>(w.monthly.procured[at]) * part).fen;
            desk.note_paid(Recipient::institutions, fen, s);
        }
    }

private:
    static double weight(const InForce& p, int s)
    {
        const bool is_in = (p.scope.sectors >> static_cast<unsigned>(s) & 1U) != 0;
        return is_in ? p.world.wholesaler[static_cast<std::size_t>(s)].slow_demand : 0;
    }
    static double weight(const InForce& p)
    {
        double sum = 0;
        for (int s = 0; s < p.world.S; ++s) sum += weight(p, s);
        return sum;
    }

    sim::scenario::Dated amount_;
};

} // namespace

std::shared_ptr<Instrument> procurement() { return make_instrument<Procurement>(); }

} // namespace fabrica
