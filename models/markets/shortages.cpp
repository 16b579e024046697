// E7: what home makers cannot deliver is imported, at the import price.
#include "models/markets/institutions.hpp"
#include "models/trade/imports.hpp"

namespace fabrica {
namespace {

/// Whether the nation imports a product at all.
bool is_imported(const World& w, std::size_t product)
{
    double sum = 0;
    for (const double x : w.nation.imported[product]) sum += x;
    for (const auto& bought : w.demand.imported) sum += bought[product];
    return sum > 0;
}

} // namespace

bool imports_fill_gaps(const World& w, std::size_t product)
{
    const TradeSector& trade = w.trade.sector[product];
    const bool is_controlled = trade.critical.available < 1 || (trade.terms.import_supply < 1 && !trade.terms.is_soft);
    return w.config.trade.shortage_days > 0 && !is_controlled && trade.terms.local_content == 0 &&
           is_imported(w, product);
}

void import_shortages(World& w)
{
    for (int s = 0; s < w.S; ++s) {
        const auto at = static_cast<std::size_t>(s);
        auto& house = w.wholesaler[at];
        const std::int64_t bought =
            shortage_imports(house.stock.milli, producers_use(house), w.config.trade.shortage_days);
        if (bought == 0 || !imports_fill_gaps(w, at)) continue;
        const std::int64_t paid = amount({bought}, w.sector[at].import_price).fen;
        house.stock.milli += bought;
        w.books.imported[at] += bought, w.monthly.left_to_imports[at] += bought;
        house.bought[0] += bought, house.paid[0] += paid; // buyers pay the mean of what both kinds cost
        transfer(w, Transaction::imported_inputs, w.accounts.wholesaler(s), w.accounts.importer(s), paid);
        import_goods(w, s, paid, w.trade.sector[at].duty);
    }
}

} // namespace fabrica
