// The government pays a part of the interest on a firm's loans.
#include "models/ledger.hpp"
#include "models/policy/instrument.hpp"

namespace fabrica {
namespace {

class InterestSubsidy final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(rate_, "rate", "share", 0, {0, 0.2}, "1/year", "Interest paid on the debt of an eligible firm.")
            .required();
    }
    [[nodiscard]] double claim(const InForce& p, Desk& desk) const override
    {
        return p.rate(rate_) / 12 * static_cast<double>(desk.firm.debt.fen);
    }

private:
    sim::scenario::Dated rate_;
};

} // namespace

std::shared_ptr<Instrument> interest_subsidy() { return make_instrument<InterestSubsidy>(); }

} // namespace fabrica
