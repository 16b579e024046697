// A change of the rate of value-added tax on sales; relief is refunded monthly. Firms pass on a part of either.
#include "models/ledger.hpp"
#include "models/policy/instrument.hpp"

#include <algorithm>

namespace fabrica {
namespace {

class ValueAddedTax final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(change_, "rate_change", "share", 0, {-0.2, 0.2}, "1",
                 "Change of the rate, on value added; negative: relief.")
            .required();
        t.number(pass_through_, "pass_through", 0.5, {0, 1}, "1", "Part of it that goes into prices.", "assumed");
        t.number(value_added_, "value_added_share", 0.22, {0, 1}, "1", "Value added over revenue.",
                 "computed: manufacturing in the input-output table of 2015");
    }
    void adjust(Terms& terms, const InForce& p, const Firm& firm) const override
    {
        const double relief = -p.rate(change_) * value_added_ * static_cast<double>(firm.price);
        terms.unit_subsidy += relief, terms.price_subsidy += pass_through_ * relief;
    }
    [[nodiscard]] double claim(const InForce& p, Desk& desk) const override { return due(p, desk, -1); }
    [[nodiscard]] double levy(const InForce& p, const Desk& desk) const override { return due(p, desk, 1); }

private:
    [[nodiscard]] double due(const InForce& p, const Desk& desk, double sign) const
    {
        return std::max(0.0, sign * p.rate(change_) * value_added_ * static_cast<double>(desk.firm.month_revenue.fen));
    }

    sim::scenario::Dated change_;
    double pass_through_ = 0, value_added_ = 0;
};

} // namespace

std::shared_ptr<Instrument> value_added_tax() { return make_instrument<ValueAddedTax>(); }

} // namespace fabrica
