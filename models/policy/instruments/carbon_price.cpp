// A price of carbon: a levy on the CO2 of what firms make (E29), in price and cost, paid to the treasury.
#include "models/policy/instrument.hpp"
#include "models/world.hpp"

#include <algorithm>

namespace fabrica {
namespace {

class CarbonPrice final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(price_, "price_cny_per_tonne", "amount_cny", 0, {0, 1e5}, "CNY/t", "Levy per tonne of CO2.")
            .required();
    }
    [[nodiscard]] bool pays() const override { return false; }
    void markets(MarketTerms& terms, const InForce& p) const override
    {
        for (std::size_t s = 0; s < terms.energy.size(); ++s)
            if (p.covers_sector(s)) terms.energy[s].carbon_price += p.rate(price_);
    }

private:
    sim::scenario::Dated price_;
};

} // namespace

std::shared_ptr<Instrument> carbon_price() { return make_instrument<CarbonPrice>(); }

} // namespace fabrica
