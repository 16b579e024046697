// Money per natural unit (a vehicle) for final buyers of home goods: they see a lower price (E28) and the treasury pays the difference.
#include "models/policy/institutions.hpp"

#include <algorithm>

namespace fabrica {
namespace {

class PurchaseSubsidy final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(amount_, "amount_cny", "amount_cny", 0, {0, 1e7}, "CNY", "Subsidy per natural unit.").required();
        t.number(unit_price_, "unit_price_cny", 1, {1, 1e9}, "CNY", "Price of a natural unit in the base year.")
            .required();
        t.names(categories_, "categories", {"households"}, "Categories of final demand that get it.");
    }
    void check(const KnownNames& known, const NameCheck& names) const override
    {
        names("categories", categories_, known.categories, "category of demand");
    }

    void markets(MarketTerms& terms, const InForce& p) const override
    {
        each_market(p, [&](std::size_t cell, int sector) {
            terms.consumer_price[cell] *= 1 - share(p, sector) * p.expected();
        });
    }

    void month(PolicyDesk& desk) const override
    {
        World& w = desk.world;
        std::int64_t asked = 0, paid = 0;
        each_market(desk.in_force(), [&](std::size_t cell, int sector) {
            const Money sales = amount({w.monthly.served[cell]}, w.sector[static_cast<std::size_t>(sector)].price);
            const std::int64_t due = rounded_fen(static_cast<double>(sales.fen) * share(desk.in_force(), sector) *
                                                 desk.programme().implementation)
                                         .fen;
            const std::size_t category = cell / w.sector.size();
            asked += due, paid += desk.pay(Recipient::households, w.demand.payer[category], due, sector);
        });
        desk.state().fill = asked > 0 ? static_cast<double>(paid) / static_cast<double>(asked) : 1;
    }

private:
    /// Subsidy over today's price.
    [[nodiscard]] double share(const InForce& p, int sector) const
    {
        const double price =
            unit_price_ * p.world.sector[static_cast<std::size_t>(sector)].price / p.world.config.prices.level;
        return std::min(0.9, p.rate(amount_) / price);
    }

    template <class F>
    void each_market(const InForce& p, F&& f) const
    {
        const World& w = p.world;
        for (std::size_t c = 0; c < w.nation.demand.size(); ++c) {
            if (std::find(categories_.begin(), categories_.end(), w.nation.demand[c].name) == categories_.end())
                continue;
            for (int s = 0; s < w.S; ++s)
                if ((p.scope.sectors >> static_cast<unsigned>(s) & 1U) != 0)
                    f(c * w.sector.size() + static_cast<std::size_t>(s), s);
        }
    }

    sim::scenario::Dated amount_;
    double unit_price_ = 1;
    std::vector<std::string> categories_;
};

} // namespace

std::shared_ptr<Instrument> purchase_subsidy() { return make_instrument<PurchaseSubsidy>(); }

} // namespace fabrica
