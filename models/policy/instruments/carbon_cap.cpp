// A cap on the CO2 of a sector: permits are shared out by usual output, and who has none stands still (E29).
#include "models/policy/instrument.hpp"
#include "models/world.hpp"

#include <algorithm>

namespace fabrica {
namespace {

class CarbonCap final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(cap_, "cap_tonnes_per_year", "tonnes", 1e15, {0, 1e15}, "t/year", "CO2 that each sector may emit.")
            .required();
    }
    [[nodiscard]] bool pays() const override { return false; }
    void markets(MarketTerms& terms, const InForce& p) const override
    {
        if (p.programme.intensity <= 0) return;
        for (std::size_t s = 0; s < terms.energy.size(); ++s)
            if (p.covers_sector(s))
                terms.energy[s].cap = std::min(terms.energy[s].cap, cap_.at(p.today) / p.programme.intensity);
    }

private:
    sim::scenario::Dated cap_;
};

} // namespace

std::shared_ptr<Instrument> carbon_cap() { return make_instrument<CarbonCap>(); }

} // namespace fabrica
