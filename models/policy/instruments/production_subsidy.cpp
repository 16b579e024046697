// A subsidy per yuan of output. What part of it firms pass on is a parameter: cost-plus prices would give away more than the whole.
#include "models/ledger.hpp"
#include "models/policy/instrument.hpp"

namespace fabrica {
namespace {

class ProductionSubsidy final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(rate_, "rate", "share", 0, {0, 1}, "1", "Subsidy over the value of output.").required();
        t.number(pass_through_, "pass_through", 0.5, {0, 1}, "1",
                 "Part of it that goes into prices; the firm keeps the rest.",
                 "prototype: profit per yuan paid -.56, -.07, +.44 at 1, .5, 0");
    }

    void adjust(Terms& terms, const InForce& p, const Firm& firm) const override
    {
        const double subsidy = p.rate(rate_) * p.expected() * static_cast<double>(firm.price);
        terms.unit_subsidy += subsidy, terms.price_subsidy += pass_through_ * subsidy;
    }

    [[nodiscard]] double claim(const InForce& p, Desk& desk) const override
    {
        return p.rate(rate_) *
               static_cast<double>(amount(desk.firm.month_output, static_cast<double>(desk.firm.price)).fen);
    }

private:
    sim::scenario::Dated rate_;
    double pass_through_ = 0;
};

} // namespace

std::shared_ptr<Instrument> production_subsidy() { return make_instrument<ProductionSubsidy>(); }

} // namespace fabrica
