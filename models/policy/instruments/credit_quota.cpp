// Directed lending: banks lend a class of firms more on the same assets, and at another rate. No public money is paid; banks bear it.
#include "models/policy/instrument.hpp"

namespace fabrica {
namespace {

class CreditQuota final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(more_, "loan_to_value_change", "share", 0, {-1, 1}, "1", "Change of the limit of loans over assets.")
            .required();
        t.series(rate_, "rate_change", "share", 0, {-0.2, 0.2}, "1/year", "Change of the rate of interest.");
    }
    [[nodiscard]] bool pays() const override { return false; }
    void adjust(Terms& terms, const InForce& p, const Firm&) const override
    {
        terms.loan_to_value += p.rate(more_), terms.loan_rate += p.rate(rate_);
    }

private:
    sim::scenario::Dated more_, rate_;
};

} // namespace

std::shared_ptr<Instrument> credit_quota() { return make_instrument<CreditQuota>(); }

} // namespace fabrica
