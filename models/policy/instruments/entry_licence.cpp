// Licences: who may found a firm. A state monopoly refuses all but state founders; an opening is the end of the programme.
#include "models/policy/instrument.hpp"

namespace fabrica {
namespace {

class EntryLicence final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(refused_, "refused_share", "share", 0, {0, 1}, "1",
                 "Part of would-be founders of the ownerships named who get no licence.")
            .required();
    }
    [[nodiscard]] bool pays() const override { return false; }
    void markets(MarketTerms& terms, const InForce& p) const override
    {
        for (std::size_t i = 0; i < terms.entry_rate.size(); ++i)
            if ((p.scope.sectors >> (i / ownership_count) & 1U) != 0 &&
                (p.scope.ownerships >> (i % ownership_count) & 1U) != 0)
                terms.entry_rate[i] *= 1 - p.rate(refused_);
    }

private:
    sim::scenario::Dated refused_;
};

} // namespace

std::shared_ptr<Instrument> entry_licence() { return make_instrument<EntryLicence>(); }

} // namespace fabrica
