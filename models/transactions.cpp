#include "models/transactions.hpp"

#include "models/world.hpp"

namespace fabrica {

Holder holder_of(const AccountPlan& a, std::size_t account)
{
    if (account == a.households()) return Holder::households;
    if (account == a.estates()) return Holder::estates;
    if (account == a.clearing()) return Holder::clearing;
    if (account == a.treasury()) return Holder::treasury;
    if (account < a.outside(0)) return Holder::provinces;
    if (account < a.wholesaler(0)) return Holder::outside;
    if (account < a.importer(0)) return Holder::wholesalers;
    if (account < a.bank(0)) return Holder::importers;
    return account < a.partner(0) ? Holder::banks : Holder::partners;
}

void transfer(World& w, Transaction what, std::size_t from, std::size_t to, std::int64_t fen)
{
    w.books.account[from] -= fen, w.books.account[to] += fen;
    w.monthly.transactions[cell(what, holder_of(w.accounts, from))] -= fen;
    w.monthly.transactions[cell(what, holder_of(w.accounts, to))] += fen;
}

std::vector<std::int64_t> balance_sheet(const World& w)
{
    enum { money, loans, invoices, clearing_credit };
    const Books& b = w.books;
    std::vector<std::int64_t> table(instrument_names.size() * holder_names.size());
    const auto at = [&](int instrument, Holder h) -> std::int64_t& {
        return table[static_cast<std::size_t>(instrument) * holder_names.size() + static_cast<std::size_t>(h)];
    };
    for (std::size_t a = 0; a < b.account.size(); ++a) at(money, holder_of(w.accounts, a)) += b.account[a];
    at(money, Holder::firms) = b.firms[0], at(money, Holder::under_way) = b.payments_under_way;
    at(loans, Holder::firms) = -b.firms[1];
    for (const auto x : b.loans) at(loans, Holder::banks) += x;
    at(invoices, Holder::firms) = b.firms[2] - b.firms[3];
    at(invoices, Holder::estates) = b.estate_receivable;
    at(invoices, Holder::under_way) = -b.invoices_under_way - b.payments_under_way;
    at(clearing_credit, Holder::firms) = b.firms[4] - b.firms[5];
    at(clearing_credit, Holder::clearing) = b.clearing_receivable - b.clearing_payable;
    for (auto& x : table) x *= w.k;
    return table;
}

} // namespace fabrica
