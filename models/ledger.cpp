#include "models/ledger.hpp"

#include <fmt/format.h>

namespace fabrica {
namespace {

/// Moves a window's flows into the books.
void post(World& w, std::span<const std::int64_t> flows)
{
    Books& b = w.books;
    const FlowPlan& plan = w.flows;
    for (std::size_t a = 0; a < w.accounts.count(); ++a) b.account[a] += flows[plan.account(a)];
    for (int i = 0; i < FlowPlan::balance_items; ++i)
        b.firms[static_cast<std::size_t>(i)] += flows[plan.firm_balance(i)];
    for (int i = 0; i < w.B; ++i) b.loans[static_cast<std::size_t>(i)] += flows[plan.loans(i)];
    b.clearing_payable += flows[plan.clearing_payable()], b.clearing_receivable += flows[plan.clearing_receivable()];
    b.payments_under_way += flows[plan.payments_sent()] - flows[plan.payments_received()];
    b.invoices_under_way += flows[plan.invoices_sent()] - flows[plan.invoices_received()];
    b.estate_receivable += flows[plan.estate_receivable()];
    for (int s = 0; s < w.S; ++s) {
        const auto at = static_cast<std::size_t>(s);
        b.made[at] += flows[plan.by_sector(FlowPlan::made, s)];
        b.used[at] += flows[plan.by_sector(FlowPlan::used, s)];
        b.scrapped[at] += flows[plan.by_sector(FlowPlan::scrapped, s)];
        b.final_use[at] += flows[plan.by_sector(FlowPlan::to_individuals, s)];
        b.goods_under_way[at] +=
            flows[plan.by_sector(FlowPlan::shipped, s)] - flows[plan.by_sector(FlowPlan::received, s)];
    }
}

/// What firms paid to others by kind; invoices are paid into the money under way, and into estates and out of them.
void post_transactions(World& w, std::span<const std::int64_t> flows)
{
    const auto book = [&](Transaction what, Holder holder, std::int64_t fen) {
        w.monthly.transactions[cell(what, holder)] += fen;
        w.monthly.transactions[cell(what, Holder::firms)] -= fen;
    };
    for (std::size_t t = 0; t < transaction_names.size(); ++t)
        for (std::size_t h = 0; h < holder_names.size(); ++h) {
            const auto what = static_cast<Transaction>(t);
            const auto holder = static_cast<Holder>(h);
            book(what, holder, flows[w.flows.transaction(cell(what, holder))]);
        }
    book(Transaction::invoices, Holder::under_way, flows[w.flows.payments_sent()] - flows[w.flows.payments_received()]);
}

std::int64_t sum(const std::vector<std::int64_t>& all)
{
    std::int64_t total = 0;
    for (const auto x : all) total += x;
    return total;
}

std::string broken(const char* identity, sim::Window window, const World& w, std::int64_t left, std::int64_t right,
                   const std::string& where = "")
{
    return fmt::format("the books do not close: {} ({} against {}, difference {}){} on {}, window {}; run again with "
                       "--panel all up to that day to see its events",
                       identity, left, right, left - right, where, sim::to_string(w.calendar.date(window)), window);
}

/// Goods of all firms, wholesalers and lorries against what was made and used since the first day.
std::string check_goods(const World& w, sim::Window window)
{
    const Books& b = w.books;
    std::int64_t have = b.firms[6], expected = 0;
    for (int s = 0; s < w.S; ++s) {
        const auto at = static_cast<std::size_t>(s);
        have += w.wholesaler[at].stock.milli + b.goods_under_way[at];
        expected += b.first_stock[at] + b.made[at] + b.imported[at] - b.used[at] - b.final_use[at] - b.capital_use[at] -
                    b.scrapped[at];
    }
    if (have != expected)
        return broken("goods in stock and under way = first stock + made + imported - used - sold - scrapped", window,
                      w, have, expected);
    return "";
}

/// At a month's end every firm has reported its stocks: the sums are compared item by item and sector by sector.
std::string check_month(const World& w, sim::Window window)
{
    static const char* names[] = {"cash", "debt", "receivables", "payables", "market receivables", "market payables",
                                  "goods"};
    for (int i = 0; i < FlowPlan::balance_items; ++i) {
        const std::int64_t counted = w.month[w.statistics.balance(i)],
                           booked = w.books.firms[static_cast<std::size_t>(i)];
        if (counted != booked)
            return broken(fmt::format("sum of firms' {} = booked sum", names[i]).c_str(), window, w, counted, booked);
    }
    for (int s = 0; s < w.S; ++s) {
        const auto at = static_cast<std::size_t>(s);
        const Books& b = w.books;
        std::int64_t have = w.month[w.statistics.input_stock(s)] + w.wholesaler[at].stock.milli + b.goods_under_way[at];
        for (int o = 0; o < ownership_count; ++o)
            have += w.month[w.statistics.cell(Measure::stock, s, static_cast<Ownership>(o))];
        const std::int64_t expected = b.first_stock[at] + b.made[at] + b.imported[at] - b.used[at] - b.final_use[at] -
                                      b.capital_use[at] - b.scrapped[at];
        if (have != expected)
            return broken("goods = first stock + made + imported - used - sold - scrapped", window, w, have, expected,
                          " in sector " + w.nation.sectors[at].code);
    }
    return "";
}

} // namespace

void post_flows(World& world, std::span<const std::int64_t> flows)
{
    static_assert(transaction_cells <= FlowPlan::most_transactions);
    post(world, flows);
    post_transactions(world, flows);
}

std::string close_books(const World& w, sim::Window window)
{
    const Books& b = w.books;
    const std::int64_t cash = b.firms[0] + sum(b.account) + b.payments_under_way;
    if (cash != 0) return broken("all cash, payments under way included, = 0", window, w, cash, 0);
    if (b.firms[1] != sum(b.loans)) return broken("firms' debt = banks' loans", window, w, b.firms[1], sum(b.loans));
    const std::int64_t owed = b.firms[3] + b.invoices_under_way + b.payments_under_way;
    if (b.firms[2] + b.estate_receivable != owed)
        return broken("receivables = payables + invoices and payments under way", window, w,
                      b.firms[2] + b.estate_receivable, owed);
    if (b.firms[4] != b.clearing_payable)
        return broken("firms' market receivables = clearing's payable", window, w, b.firms[4], b.clearing_payable);
    if (b.firms[5] != b.clearing_receivable)
        return broken("firms' market payables = clearing's receivable", window, w, b.firms[5], b.clearing_receivable);
    std::int64_t balances = 0;
    for (const Platform& p : w.platforms.all) balances += p.balance;
    if (balances != b.account[w.accounts.platforms()])
        return broken("platforms' balances = their account", window, w, balances, b.account[w.accounts.platforms()]);
    if (auto why = check_goods(w, window); !why.empty()) return why;
    return w.calendar.is_month_end(window) ? check_month(w, window) : "";
}

} // namespace fabrica
