// A guarantee: banks lend more to those covered, and the government bears a part of what they lose.
#include "models/policy/instrument.hpp"

namespace fabrica {
namespace {

class CreditGuarantee final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(covered_, "covered_share", "share", 0, {0, 1}, "1", "Part of a bank's loss that is paid.").required();
        t.number(collateral_, "worth_as_collateral", 0.25, {0, 1}, "1",
                 "What full cover adds to the limit of loans over assets.", "assumed");
    }
    void adjust(Terms& terms, const InForce& p, const Firm&) const override
    {
        terms.loan_to_value += collateral_ * p.rate(covered_);
    }
    [[nodiscard]] double cover(const InForce& p, const Firm&, Money loss) const override
    {
        return p.rate(covered_) * p.programme.implementation * static_cast<double>(loss.fen);
    }

private:
    sim::scenario::Dated covered_;
    double collateral_ = 0;
};

} // namespace

std::shared_ptr<Instrument> credit_guarantee() { return make_instrument<CreditGuarantee>(); }

} // namespace fabrica
