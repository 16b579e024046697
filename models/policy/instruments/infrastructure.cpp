// New infrastructure: the money builds a stock that wears; the more there is of it, the cheaper the services that firms buy.
#include "models/policy/institutions.hpp"

#include <algorithm>

namespace fabrica {
namespace {

class Infrastructure final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(amount_, "amount_cny_per_year", "amount_cny", 0, {0, 1e15}, "CNY/year", "Money for building.")
            .required();
        t.number(saving_, "most_saving", 0.05, {0, 0.5}, "1", "Saving on services bought with a stock without end.",
                 "assumed");
        t.number(half_, "half_stock_cny", 1e12, {1, 1e16}, "CNY", "Stock at which half of the saving is reached.",
                 "assumed");
        t.number(wear_, "wear", 0.05, {0, 1}, "1/year", "Wear of the stock.", "assumed");
    }
    void month(PolicyDesk& desk) const override
    {
        World& w = desk.world;
        auto& stock = desk.state().numbers;
        stock.resize(1);
        const double due =
            desk.in_force().rate(amount_) * desk.programme().implementation * 100 / static_cast<double>(w.k) / 12;
        const std::int64_t paid =
            desk.pay(Recipient::institutions, w.accounts.outside(w.builder), rounded_fen(due).fen);
        stock[0] += static_cast<double>(paid) * static_cast<double>(w.k) / 100 - wear_ / 12 * stock[0];
    }
    void adjust(Terms& terms, const InForce& p, const Firm&) const override
    {
        const double stock = p.state.numbers.empty() ? 0 : p.state.numbers[0];
        terms.overhead *= 1 - saving_ * stock / (stock + half_);
    }

private:
    sim::scenario::Dated amount_;
    double saving_ = 0, half_ = 1, wear_ = 0;
};

} // namespace

std::shared_ptr<Instrument> infrastructure() { return make_instrument<Infrastructure>(); }

} // namespace fabrica
