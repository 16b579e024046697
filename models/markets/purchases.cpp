// Purchases that firms report as one sum are paid out to the sellers here, and the goods leave the wholesalers' stocks.
#include "models/markets/institutions.hpp"

#include <algorithm>

namespace fabrica {
namespace {

/// Divides an amount by weights, one recipient after another, exactly: the last with any weight takes what is left.
class Splitter {
public:
    Splitter(std::int64_t total, double weights) : left_(total), weights_(weights) {}
    std::int64_t operator()(double weight)
    {
        if (weight <= 0) return 0;
        const double part = weight >= weights_ * (1 - 1e-12) ? 1 : weight / weights_;
        const std::int64_t x = part >= 1 ? left_ : nearest(static_cast<double>(left_) * part);
        left_ -= x, weights_ -= weight;
        return x;
    }
    [[nodiscard]] std::int64_t left() const { return left_; }

private:
    std::int64_t left_;
    double weights_;
};

/// Takes goods from a wholesaler for use; its day's draw is what tomorrow's market replaces.
void draw_goods(World& w, int sector, std::int64_t milli)
{
    auto& house = w.wholesaler[static_cast<std::size_t>(sector)];
    house.stock.milli -= milli;
    house.drawn[0] += milli;
}

/// One buying sector's bundle of a day: money to wholesalers, importers and outside sectors; goods used.
void split_bundle(World& w, int buyer, std::int64_t output, std::int64_t money)
{
    const auto& bundle = w.bundle[static_cast<std::size_t>(buyer)];
    Splitter pay(money, bundle.total);
    const auto& a = w.accounts;
    for (int p = 0; p < w.S; ++p) {
        const auto at = static_cast<std::size_t>(p);
        if (bundle.home[at] > 0) {
            const auto used = nearest(static_cast<double>(output) * bundle.home[at]);
            draw_goods(w, p, used);
            w.books.used[at] += used;
            transfer(w, Transaction::wholesale_inputs, a.clearing(), a.wholesaler(p),
                     pay(bundle.home[at] * w.bundle_prices[at]));
        }
        if (bundle.imported[at] > 0) {
            const std::int64_t paid = pay(bundle.imported[at] * w.bundle_import_prices[at]);
            transfer(w, Transaction::imported_inputs, a.clearing(), a.importer(p), paid);
            import_goods(w, p, paid, w.trade.sector[at].bundle_duty);
        }
    }
    for (int k = 0; k < w.O; ++k)
        if (bundle.outside[static_cast<std::size_t>(k)] > 0)
            transfer(w, Transaction::outside_inputs, a.clearing(), a.outside(k),
                     pay(bundle.outside[static_cast<std::size_t>(k)] * w.outside_prices[static_cast<std::size_t>(k)]));
    // Nothing, but for a bundle without any part.
    transfer(w, Transaction::outside_inputs, a.clearing(), a.outside(w.servicer), pay.left());
}

} // namespace

/// Sellers of machines get their money; the payer's own books are the caller's.
void buy_capital_goods(World& w, Holder payer, std::int64_t money)
{
    const auto receive = [&](std::size_t account, std::int64_t fen) {
        w.books.account[account] += fen;
        w.monthly.transactions[cell(Transaction::machines, holder_of(w.accounts, account))] += fen;
    };
    w.monthly.transactions[cell(Transaction::machines, payer)] -= money;
    const auto& n = w.nation;
    Splitter pay(money, 1);
    for (int s = 0; s < w.S; ++s) {
        const auto at = static_cast<std::size_t>(s);
        if (n.capital_shares[at] > 0) {
            const std::int64_t paid = pay(n.capital_shares[at]);
            const auto goods = nearest(static_cast<double>(paid) * 10 / w.sector[at].price);
            draw_goods(w, s, goods);
            w.books.capital_use[at] += goods;
            receive(w.accounts.wholesaler(s), paid);
        }
        const std::int64_t abroad = pay(n.capital_imported[at]);
        receive(w.accounts.importer(s), abroad);
        import_goods(w, s, abroad, w.trade.sector[at].duty);
    }
    receive(w.accounts.outside(w.builder), pay.left());
}

/// Firms that build take used machines first (E9). Dealers belong to households and ask what the sellers had them in their books for.
/// @return what is left for new machines
static std::int64_t buy_used_machines(World& w, std::int64_t money)
{
    const std::int64_t used = std::clamp<std::int64_t>(money, 0, w.used_machines);
    w.used_machines -= used;
    w.books.account[w.accounts.households()] += used;
    w.monthly.transactions[cell(Transaction::used_machines, Holder::households)] += used;
    w.monthly.transactions[cell(Transaction::used_machines, Holder::firms)] -= used;
    return money - used;
}

void split_purchases(World& w, std::span<const std::int64_t> flows)
{
    const auto& a = w.accounts;
    for (int s = 0; s < w.S; ++s) {
        const auto at = static_cast<std::size_t>(s);
        auto& house = w.wholesaler[at];
        const auto in = flows[w.flows.by_sector(FlowPlan::to_wholesaler, s)],
                   out = flows[w.flows.by_sector(FlowPlan::from_wholesaler, s)];
        const auto paid = flows[w.flows.by_sector(FlowPlan::wholesaler_money, s)];
        house.stock.milli += in + flows[w.flows.by_sector(FlowPlan::returned, s)];
        house.bought[0] = in, house.paid[0] = paid;
        transfer(w, Transaction::sales_to_wholesalers, a.wholesaler(s), a.clearing(),
                 paid); // the clearing house owes it to the firms
        draw_goods(w, s, out);
        transfer(w, Transaction::wholesale_inputs, a.clearing(), a.wholesaler(s),
                 flows[w.flows.by_sector(FlowPlan::from_wholesaler_money, s)]);
    }
    for (int s = 0; s < w.S; ++s)
        split_bundle(w, s, flows[w.flows.by_sector(FlowPlan::bundle_output, s)],
                     flows[w.flows.by_sector(FlowPlan::bundle_money, s)]);
    transfer(w, Transaction::outside_inputs, a.clearing(), a.outside(w.servicer), flows[w.flows.overhead_money()]);
    buy_capital_goods(w, Holder::firms, buy_used_machines(w, flows[w.flows.investment_money()]));
    w.used_machines += flows[w.flows.machines_resold()];
}

} // namespace fabrica
