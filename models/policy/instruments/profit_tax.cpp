// A rate of profit tax that differs from the nation's: relief is paid back at the yearly review, a surcharge is levied there.
#include "models/firms/plan.hpp"
#include "models/policy/instrument.hpp"

#include <algorithm>

namespace fabrica {
namespace {

class ProfitTax final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(change_, "rate_change", "share", 0, {-0.25, 0.5}, "1",
                 "Change of the rate of profit tax; negative: relief.")
            .required();
    }
    void adjust(Terms& terms, const InForce& p, const Firm&) const override { terms.profit_tax += p.rate(change_); }
    [[nodiscard]] double claim(const InForce& p, Desk& desk) const override { return due(p, desk, -1); }
    [[nodiscard]] double levy(const InForce& p, const Desk& desk) const override { return due(p, desk, 1); }

private:
    /// Tax on the last year's profit at the change of rate, of one sign; the review of the month has stated that profit.
    [[nodiscard]] double due(const InForce& p, const Desk& desk, double sign) const
    {
        if (!is_review_month(desk.firm, desk.world, 12)) return 0;
        const double profit = std::max(0.0, static_cast<double>(desk.firm.last_year_profit.fen));
        return std::max(0.0, sign * p.rate(change_) * profit);
    }

    sim::scenario::Dated change_;
};

} // namespace

std::shared_ptr<Instrument> profit_tax() { return make_instrument<ProfitTax>(); }

} // namespace fabrica
