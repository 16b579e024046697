// Market for technology: joint ventures have to teach. More contact for domestic firms, and more or less rent that keeps partners from own
// research (E17, E21).
#include "models/policy/instrument.hpp"

namespace fabrica {
namespace {

class TechnologyForMarket final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(contact_, "contact_change", "share", 0, {-1, 10}, "1",
                 "Relative change of contact with joint ventures.");
        t.series(rent_, "rent_change", "share", 0, {-1, 10}, "1",
                 "Relative change of the rent of a venture, which lowers its own research.");
    }
    [[nodiscard]] bool pays() const override { return false; }
    void adjust(Terms& terms, const InForce& p, const Firm&) const override
    {
        terms.technology.venture_contact *= 1 + p.rate(contact_), terms.technology.venture_rent *= 1 + p.rate(rent_);
    }

private:
    sim::scenario::Dated contact_, rent_;
};

} // namespace

std::shared_ptr<Instrument> technology_for_market() { return make_instrument<TechnologyForMarket>(); }

} // namespace fabrica
