// Series of prices, money and accounts.
#include "models/series/catalogue_parts.hpp"

namespace fabrica::catalogue {

void prices(Catalogue& c)
{
    c.of("firms");
    c.real("price_index", "1", "Producer price index",
           "Chained Laspeyres over continuing firms, 1 at the start of the spin-up.", by_sector,
           [](const World& w) { return w.price_index; });
    c.of("markets");
    c.real("market_price", "1", "Market price", "Mean price wholesalers paid over 30 days, yuan per unit.", by_sector,
           over_sectors([](const World& w, int s) { return w.sector[static_cast<std::size_t>(s)].price; }));
    c.of("firms");
    c.real("markup", "1", "Markup over unit cost",
           "Value of output at posted prices over its unit cost, minus 1 (output-weighted).", by_sector,
           over_sectors([](const World& w, int s) {
               return ratio(sum(w, Measure::price_weight, s), sum(w, Measure::cost_of_output, s)) - 1;
           }));
    c.of("labour");
    c.real("wage_index", "1", "Wage index", "Mean over provinces, 1 at the start of the spin-up.", {},
           [](const World& w) {
               double total = 0;
               for (const auto& r : w.region) total += r.wage_index;
               return Reals{total / w.R};
           });
}

void money(Catalogue& c)
{
    c.of("firms");
    c.flow("revenue", "fen", "Revenue", "Sales of the month.", by_owner, totals(Measure::revenue));
    c.flow("profit", "fen", "Profit before tax",
           "Change of equity at historic cost, before dividends, profit tax and injections.", by_owner,
           totals(Measure::profit));
    c.flow("wages", "fen", "Wages", "Wages paid.", by_owner, totals(Measure::wages));
    c.of("credit");
    c.flow("interest", "fen", "Interest", "Interest paid to banks.", by_owner, totals(Measure::interest));
    c.of("firms");
    c.flow("investment", "fen", "Investment", "Spending on machines, maintenance included.", by_owner,
           totals(Measure::investment));
    c.stock("assets", "fen", "Assets", "At historic cost.", by_owner, totals(Measure::assets));
    c.stock("liabilities", "fen", "Liabilities", "Debt, trade credit, overdrafts, accrued cost.", by_owner,
            totals(Measure::liabilities));
    c.stock("cash", "fen", "Cash", "Of firms; overdrafts negative.", by_owner, totals(Measure::cash));
    c.of("credit");
    c.stock("loans", "fen", "Bank loans", "Owed by firms.", by_owner, totals(Measure::debt));
    c.real("debt_ratio", "1", "Liabilities over assets", "All firms.", {"ownership"},
           over_owners([](const World& w, int o) {
               return ratio(sum_owner(w, Measure::liabilities, o), sum_owner(w, Measure::assets, o));
           }));
    c.real("debt_ratio_above_scale", "1", "Liabilities over assets, above scale",
           "Firms with revenue of at least 20 m yuan.", {"ownership"}, over_owners([](const World& w, int o) {
               return ratio(sum_owner(w, Measure::scale_liabilities, o), sum_owner(w, Measure::scale_assets, o));
           }));
    c.of("firms");
    c.flow("capital_reviews", "1", "Yearly reviews",
           "Simulated firms at least a year old that closed their year this month.", {},
           [](const World& w) { return Ints{nearest(sum_all(w, Measure::reviews))}; });
    c.flow("investment_spikes", "1", "Investment spikes",
           "Of these, firms that invested more than a fifth of their machines' book value in the year.", {},
           [](const World& w) { return Ints{nearest(sum_all(w, Measure::spikes))}; });
    c.of("credit");
    c.flow("loans_asked", "fen", "Loans asked", "Requested from banks.", {},
           [](const World& w) { return Ints{w.monthly.loans_asked[0] * w.k}; });
    c.flow("loans_paid", "fen", "Loans granted", "Granted by banks; the rest was refused.", {},
           [](const World& w) { return Ints{w.monthly.loans_paid[0] * w.k}; });
    c.flow("bad_loans", "fen", "Loans written off", "Debt of firms that left, less what the banks got.", {},
           [](const World& w) { return Ints{w.monthly.bad_loans[0] * w.k}; });
    c.real("bank_capital_ratio", "1", "Bank capital over loans", "All banks.", {}, [](const World& w) {
        double loans = 0, capital = 0;
        for (int b = 0; b < w.B; ++b) {
            const auto l = static_cast<double>(w.books.loans[static_cast<std::size_t>(b)]);
            loans += l, capital += l + static_cast<double>(w.books.account[w.accounts.bank(b)]);
        }
        return Reals{ratio(capital, loans)};
    });
    c.of("policy");
    c.flow("bail_outs", "1", "Bail-outs", "Simulated firms bailed out.", {},
           [](const World& w) { return Ints{w.monthly.bail_outs}; });
    c.flow("bail_out_money", "fen", "Bail-out money", "Paid by provinces.", {},
           [](const World& w) { return Ints{w.monthly.bail_out_money * w.k}; });
}

void matrices(Catalogue& c)
{
    c.of("ledger");
    c.stock("balance_sheet", "fen", "Balance sheets: money and claims",
            "What each holder has of each instrument, what it owes as negative; each instrument sums to zero.",
            {"instrument", "holder"}, balance_sheet);
    c.flow("transactions", "fen", "Payments by purpose and holder",
           "Received less paid in the month; each purpose sums to zero, each holder to the change of its money.",
           {"transaction", "holder"}, [](const World& w) {
               Ints row = w.monthly.transactions;
               for (auto& x : row) x *= w.k;
               return row;
           });
    c.stock("tangible_assets", "fen", "Goods, machines, projects and land of firms",
            "At historic cost, less conversion cost put into stock and not yet billed.", by_owner,
            totals(Measure::tangibles));
}

void accounts(Catalogue& c)
{
    c.of("firms");
    c.stock("machines", "fen", "Machines, projects and sites", "At book value.", by_owner, totals(Measure::machines));
    c.flow("machines_worn", "fen", "Depreciation", "Of machines.", by_owner, totals(Measure::machines_worn));
    c.flow("machines_sold", "fen", "Machines sold",
           "What firms with too many got for machines (E9), and closed firms for machines, projects and sites.",
           by_owner, totals(Measure::machines_sold));
    c.flow("machines_lost", "fen", "Book value lost",
           "Of machines scrapped as obsolete (E10), and on those sold, with the capacity that left.", by_owner,
           totals(Measure::machines_lost));
    c.of("ledger");
    c.stock(
        "goods_account", "milliunit", "Goods made and where they went",
        "Since the first day: had and made as positive, used, sold, scrapped, in stock and under way as negative; each "
        "sector sums to zero.",
        {"goods_item", "sector"}, goods_account);
}

void above_scale(Catalogue& c)
{
    c.of("firms");
    c.stock("firms_above_scale", "1", "Above-scale firms", "Real firms with yearly revenue of at least 20 m yuan.",
            by_owner, counts(Measure::scale_firms));
    c.flow("revenue_above_scale", "fen", "Revenue, above scale", "Of firms with yearly revenue of at least 20 m yuan.",
           by_owner, totals(Measure::scale_revenue));
    c.flow("profit_above_scale", "fen", "Profit, above scale", "Of firms with yearly revenue of at least 20 m yuan.",
           by_owner, totals(Measure::scale_profit));
    c.stock("assets_above_scale", "fen", "Assets, above scale", "Of firms with yearly revenue of at least 20 m yuan.",
            by_owner, totals(Measure::scale_assets));
    c.real("sme_sales_share", "1", "Share of small and medium firms in sales", "Of above-scale revenue.", {},
           [](const World& w) {
               return Reals{ratio(sum_all(w, Measure::scale_small_revenue), sum_all(w, Measure::scale_revenue))};
           });
}

} // namespace fabrica::catalogue
