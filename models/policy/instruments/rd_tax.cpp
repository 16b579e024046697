// Tax relief for research: an extra deduction of what is reported as research, and a lower rate for who reports enough of it, which invites
// relabelling near the notch (E17).
#include "models/firms/plan.hpp"
#include "models/policy/instrument.hpp"

#include <algorithm>

namespace fabrica {
namespace {

class RdTax final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(deduction_, "extra_deduction", "share", 0, {0, 2}, "1", "Extra deduction over research reported.");
        t.number(reduction_, "notch_reduction", 0, {0, 0.5}, "1", "Reduction of the rate of profit tax at the notch.");
        t.numbers(notch_, "notch", {0.06, 0.04, 0.03}, {0, 1}, "1",
                  "Research reported over revenue that earns it: below 50 m, to 200 m, above 200 m yuan of revenue.",
                  "Chen, Liu, Suarez Serrato, Xu 2021");
        t.number(margin_, "usual_margin", 0.06, {0, 1}, "1", "Profit over revenue at which firms value the reduction.",
                 "yearly releases of the statistics bureau");
        t.check([this](sim::scenario::Check& check) {
            if (notch_.size() != 3)
                check.error("notch", "notch has {} values: give three, one per size", notch_.size());
        });
    }
    void adjust(Terms& terms, const InForce& p, const Firm&) const override
    {
        const double strength = p.programme.intensity * p.state.cycle * p.expected();
        terms.technology.research_price *= 1 - p.rate(deduction_) * p.expected() * p.world.config.credit.profit_tax;
        if (reduction_ <= 0 || strength <= 0) return;
        for (std::size_t i = 0; i < 3; ++i) terms.technology.notch[i] = notch_[i];
        terms.technology.notch_saving += reduction_ * strength * margin_;
    }
    /// Paid back at the yearly review: tax on the extra deduction, never more than the tax due, and the reduction where the notch is reached.
    [[nodiscard]] double claim(const InForce& p, Desk& desk) const override
    {
        const Firm& f = desk.firm;
        if (!is_review_month(f, desk.world, 12)) return 0;
        const double tax = desk.config().credit.profit_tax,
                     profit = std::max(0.0, static_cast<double>(f.last_year_profit.fen));
        const auto reported = static_cast<double>(f.research_reported);
        const double revenue = expected_yearly_revenue(f), real = revenue * 0.01 * desk.world.real_size(f.sector);
        const double deducted = std::min(tax * profit, tax * p.rate(deduction_) * reported * revenue);
        const double needed = notch_[real < 50e6 ? 0 : real <= 200e6 ? 1 : 2];
        const bool is_reached = reported > 0 && reported >= needed;
        return deducted + (is_reached ? reduction_ * p.programme.intensity * p.state.cycle * profit : 0);
    }

private:
    sim::scenario::Dated deduction_;
    double reduction_ = 0, margin_ = 0;
    std::vector<double> notch_;
};

} // namespace

std::shared_ptr<Instrument> rd_tax() { return make_instrument<RdTax>(); }

} // namespace fabrica
