// A part of what a firm has spent on machines in a month comes back. The firm counts on it when it weighs a project (E9).
#include "models/ledger.hpp"
#include "models/policy/instrument.hpp"

namespace fabrica {
namespace {

class InvestmentSubsidy final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(rate_, "rate", "share", 0, {0, 0.95}, "1", "Part of the price of machines that is paid back.")
            .required();
    }

    void adjust(Terms& terms, const InForce& p, const Firm&) const override
    {
        const double left = 1 - terms.capital_subsidy;
        terms.capital_subsidy = 1 - left * (1 - p.rate(rate_) * p.expected());
    }

    [[nodiscard]] double claim(const InForce& p, Desk& desk) const override
    {
        return p.rate(rate_) * static_cast<double>(desk.firm.month_investment.fen);
    }

    /// A grant for machines is capital, not profit.
    void receive(const InForce&, Desk& desk, Money money) const override { desk.firm.equity_at_month += money; }

private:
    sim::scenario::Dated rate_;
};

} // namespace

std::shared_ptr<Instrument> investment_subsidy() { return make_instrument<InvestmentSubsidy>(); }

} // namespace fabrica
