// A mission project: chosen firms build what serves no market yet. The state pays a part, the firm the rest, and all of it is tied up.
#include "models/firms/plan.hpp"
#include "models/policy/instrument.hpp"

#include <algorithm>

namespace fabrica {
namespace {

class MissionProject final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(size_, "size", "share", 0, {0, 5}, "1/year", "Spending of a firm on the project over its revenue.")
            .required();
        t.number(own_, "own_share", 0.4, {0, 1}, "1", "Part that the firm itself has to pay.", "assumed");
    }
    [[nodiscard]] double claim(const InForce& p, Desk& desk) const override
    {
        return p.rate(size_) * (1 - own_) * static_cast<double>(desk.firm.month_revenue.fen);
    }
    /// The grant is spent at once, with the firm's own part: on machines that yield no capacity.
    void receive(const InForce&, Desk& desk, Money money) const override
    {
        const Money spent = rounded_fen(static_cast<double>(money.fen) / std::max(0.01, 1 - own_));
        buy_capital_goods(desk, spent);
        desk.firm.other_assets += spent;
        desk.firm.equity_at_month += money; // capital, not profit
    }

private:
    sim::scenario::Dated size_;
    double own_ = 0;
};

} // namespace

std::shared_ptr<Instrument> mission_project() { return make_instrument<MissionProject>(); }

} // namespace fabrica
