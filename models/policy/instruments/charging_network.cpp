// A charging network for a new good: the money builds points beside those that grow up with sales, and buyers come sooner (E19).
#include "models/policy/institutions.hpp"

namespace fabrica {
namespace {

class ChargingNetwork final : public Instrument {
public:
    void bind(sim::scenario::KeyTable& t) override
    {
        t.series(amount_, "amount_cny_per_year", "amount_cny", 0, {0, 1e13}, "CNY/year", "Money for building.")
            .required();
        t.number(effect_, "most_effect", 0.5, {0, 10}, "1", "Relative growth of the network with money without end.",
                 "assumed");
        t.number(half_, "half_stock_cny", 5e10, {1, 1e15}, "CNY", "Stock at which half of it is reached.", "assumed");
    }
    void markets(MarketTerms& terms, const InForce& p) const override
    {
        const double stock = p.state.numbers.empty() ? 0 : p.state.numbers[0];
        terms.charging *= 1 + effect_ * stock / (stock + half_);
    }
    void month(PolicyDesk& desk) const override
    {
        const World& w = desk.world;
        auto& stock = desk.state().numbers;
        stock.resize(1);
        const double due =
            desk.in_force().rate(amount_) * desk.programme().implementation * 100 / 12 / static_cast<double>(w.k);
        const std::int64_t paid =
            desk.pay(Recipient::institutions, w.accounts.outside(w.builder), rounded_fen(due).fen);
        stock[0] += static_cast<double>(paid) * static_cast<double>(w.k) / 100;
    }

private:
    sim::scenario::Dated amount_;
    double effect_ = 0, half_ = 1;
};

} // namespace

std::shared_ptr<Instrument> charging_network() { return make_instrument<ChargingNetwork>(); }

} // namespace fabrica
