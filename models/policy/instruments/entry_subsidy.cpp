// Money for each new firm. Founders weigh it against what founding costs (E16).
#include "models/policy/instrument.hpp"
#include "models/state/firm.hpp"
#include "models/world.hpp"

namespace fabrica {
namespace {

class EntrySubsidy final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(rate_, "rate", "share", 0, {0, 1}, "1",
                 "Subsidy over what the machines and the first cash of a firm cost.")
            .required();
    }

    void markets(MarketTerms& terms, const InForce& p) const override
    {
        const double expected = p.rate(rate_) * p.expected();
        for (std::size_t i = 0; i < terms.entry_subsidy.size(); ++i)
            if ((p.scope.sectors >> (i / ownership_count) & 1U) != 0 &&
                (p.scope.ownerships >> (i % ownership_count) & 1U) != 0)
                terms.entry_subsidy[i] += expected;
    }

    [[nodiscard]] double founding(const InForce& p, const Firm& firm) const override
    {
        return p.rate(rate_) * static_cast<double>((firm.fixed_assets + firm.cash).fen);
    }

private:
    sim::scenario::Dated rate_;
};

} // namespace

std::shared_ptr<Instrument> entry_subsidy() { return make_instrument<EntrySubsidy>(); }

} // namespace fabrica
