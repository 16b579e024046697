// Power rationing: a part of the capacity of sectors in provinces gets no power (E29).
#include "models/policy/instrument.hpp"
#include "models/world.hpp"

#include <algorithm>

namespace fabrica {
namespace {

class EnergyRationing final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(dark_, "without_power_share", "share", 0, {0, 1}, "1", "Part of capacity that gets no power.")
            .required();
    }
    [[nodiscard]] bool pays() const override { return false; }
    void markets(MarketTerms& terms, const InForce& p) const override
    {
        for (std::size_t s = 0; s < terms.energy.size(); ++s)
            for (std::size_t r = 0; r < terms.energy[s].usable.size(); ++r)
                if (p.covers_sector(s) && p.covers_region(r)) terms.energy[s].usable[r] *= 1 - p.rate(dark_);
    }

private:
    sim::scenario::Dated dark_;
};

} // namespace

std::shared_ptr<Instrument> energy_rationing() { return make_instrument<EnergyRationing>(); }

} // namespace fabrica
