// Public basic research: it builds a stock of knowledge that wears slowly and makes firms' own research yield more per yuan (spillover).
#include "models/policy/institutions.hpp"

namespace fabrica {
namespace {

class PublicResearch final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(amount_, "amount_cny_per_year", "amount_cny", 0, {0, 1e14}, "CNY/year", "Money for research.")
            .required();
        t.number(spillover_, "most_spillover", 0.2, {0, 0.9}, "1",
                 "What firms' research yields beyond, with a stock without end.", "assumed");
        t.number(half_, "half_stock_cny", 5e11, {1, 1e16}, "CNY", "Stock at which half of it is reached.", "assumed");
        t.number(wear_, "wear", 0.1, {0, 1}, "1/year", "Wear of the stock.", "assumed");
    }
    void adjust(Terms& terms, const InForce& p, const Firm&) const override
    {
        const double stock = p.state.numbers.empty() ? 0 : p.state.numbers[0];
        terms.technology.research_yield *= 1 + spillover_ * stock / (stock + half_);
    }
    void month(PolicyDesk& desk) const override
    {
        const World& w = desk.world;
        auto& stock = desk.state().numbers;
        stock.resize(1);
        const double due =
            desk.in_force().rate(amount_) * desk.programme().implementation * 100 / 12 / static_cast<double>(w.k);
        const std::int64_t paid = desk.pay(Recipient::institutions, w.accounts.households(), rounded_fen(due).fen);
        stock[0] += static_cast<double>(paid) * static_cast<double>(w.k) / 100 - wear_ / 12 * stock[0];
    }

private:
    sim::scenario::Dated amount_;
    double spillover_ = 0, half_ = 1, wear_ = 0;
};

} // namespace

std::shared_ptr<Instrument> public_research() { return make_instrument<PublicResearch>(); }

} // namespace fabrica
