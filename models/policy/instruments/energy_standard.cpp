// An energy standard (green manufacturing): energy per unit of output below its path (E29).
#include "models/policy/instrument.hpp"
#include "models/world.hpp"

#include <algorithm>

namespace fabrica {
namespace {

class EnergyStandard final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(saving_, "saving_share", "share", 0, {0, 0.9}, "1", "Energy saved per unit of output.").required();
    }
    [[nodiscard]] bool pays() const override { return false; }
    void markets(MarketTerms& terms, const InForce& p) const override
    {
        for (std::size_t s = 0; s < terms.energy.size(); ++s)
            if (p.covers_sector(s)) terms.energy[s].saving = 1 - (1 - terms.energy[s].saving) * (1 - p.rate(saving_));
    }

private:
    sim::scenario::Dated saving_;
};

} // namespace

std::shared_ptr<Instrument> energy_standard() { return make_instrument<EnergyStandard>(); }

} // namespace fabrica
