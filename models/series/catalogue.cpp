#include "models/series/catalogue.hpp"

#include "models/markets/institutions.hpp"
#include "models/transactions.hpp"

#include <cmath>

namespace fabrica {
namespace {

using sim::record::Kind;
using sim::record::Series;
using Ints = std::vector<std::int64_t>;
using Reals = std::vector<double>;
using Names = std::vector<std::string>;

const Names by_owner{"sector", "ownership"};
const Names by_sector{"sector"};

std::int64_t cell(const World& w, Measure m, int s, int o)
{
    return w.month[w.statistics.cell(m, s, static_cast<Ownership>(o))];
}

double sum(const World& w, Measure m, int s)
{
    double total = 0;
    for (int o = 0; o < ownership_count; ++o) total += static_cast<double>(cell(w, m, s, o));
    return total;
}

double sum_owner(const World& w, Measure m, int o)
{
    double total = 0;
    for (int s = 0; s < w.S; ++s) total += static_cast<double>(cell(w, m, s, o));
    return total;
}

double sum_all(const World& w, Measure m)
{
    double total = 0;
    for (int s = 0; s < w.S; ++s) total += sum(w, m, s);
    return total;
}

double ratio(double a, double b) { return b > 0 ? a / b : std::nan(""); }

/// National totals of a measure by sector and ownership: model totals x k.
std::function<Ints(const World&)> totals(Measure m, double factor = 1)
{
    return [m, factor](const World& w) {
        Ints row;
        for (int s = 0; s < w.S; ++s)
            for (int o = 0; o < ownership_count; ++o) {
                const std::int64_t x = cell(w, m, s, o) * w.k;
                row.push_back(factor == 1 ? x : std::llround(static_cast<double>(x) * factor));
            }
        return row;
    };
}

/// Counts of real firms: simulated firms x the number that each stands for.
std::function<Ints(const World&)> counts(Measure m)
{
    return [m](const World& w) {
        Ints row;
        for (int s = 0; s < w.S; ++s)
            for (int o = 0; o < ownership_count; ++o)
                row.push_back(
                    std::llround(static_cast<double>(cell(w, m, s, o)) * w.real_firms[static_cast<std::size_t>(s)]));
        return row;
    };
}

std::function<Reals(const World&)> over_sectors(std::function<double(const World&, int)> f)
{
    return [f](const World& w) {
        Reals row;
        for (int s = 0; s < w.S; ++s) row.push_back(f(w, s));
        return row;
    };
}

std::function<Reals(const World&)> over_owners(std::function<double(const World&, int)> f)
{
    return [f](const World& w) {
        Reals row;
        for (int o = 0; o < ownership_count; ++o) row.push_back(f(w, o));
        return row;
    };
}

constexpr std::array<std::string_view, 10> goods_item_names{
    "first_stock", "made",           "used",        "final_use",       "machines",
    "scrapped",    "finished_stock", "input_stock", "wholesale_stock", "under_way"};

/// Where a sector's goods came from and went since the first day, in the order of the names.
Ints goods_account(const World& w)
{
    const Books& b = w.books;
    std::vector<Ints> items(goods_item_names.size());
    for (int s = 0; s < w.S; ++s) {
        const auto at = static_cast<std::size_t>(s);
        std::int64_t finished = 0;
        for (int o = 0; o < ownership_count; ++o) finished += cell(w, Measure::stock, s, o);
        const std::int64_t row[] = {b.first_stock[at],
                                    b.made[at],
                                    -b.used[at],
                                    -b.final_use[at],
                                    -b.capital_use[at],
                                    -b.scrapped[at],
                                    -finished,
                                    -w.month[w.statistics.input_stock(s)],
                                    -w.wholesaler[at].stock.milli,
                                    -b.goods_under_way[at]};
        for (std::size_t i = 0; i < items.size(); ++i) items[i].push_back(row[i] * w.k);
    }
    Ints all;
    for (const auto& item : items) all.insert(all.end(), item.begin(), item.end());
    return all;
}

/// A vector of the month by sector, x k.
std::function<Ints(const World&)> monthly(std::vector<std::int64_t> Monthly::*field)
{
    return [field](const World& w) {
        Ints row = w.monthly.*field;
        for (auto& x : row) x *= w.k;
        return row;
    };
}

std::function<Ints(const World&)> real_counts(std::vector<std::int64_t> Monthly::*field, int width)
{
    return [field, width](const World& w) {
        Ints row = w.monthly.*field;
        for (std::size_t i = 0; i < row.size(); ++i)
            row[i] = std::llround(static_cast<double>(row[i]) * w.real_firms[i / static_cast<std::size_t>(width)]);
        return row;
    };
}

class Catalogue {
public:
    void flow(const char* name, const char* unit, const char* title, const char* meaning, Names axes,
              std::function<Ints(const World&)> f)
    {
        add(name, unit, title, meaning, std::move(axes), Kind::i64, "sum").exact = std::move(f);
    }
    void stock(const char* name, const char* unit, const char* title, const char* meaning, Names axes,
               std::function<Ints(const World&)> f)
    {
        add(name, unit, title, meaning, std::move(axes), Kind::i64, "point").exact = std::move(f);
    }
    void real(const char* name, const char* unit, const char* title, const char* meaning, Names axes,
              std::function<Reals(const World&)> f)
    {
        SeriesRow& row = add(name, unit, title, meaning, std::move(axes), Kind::f64, "mean");
        row.ratio = std::move(f), row.series.total = "mean";
    }
    std::vector<SeriesRow> rows;

private:
    SeriesRow& add(const char* name, const char* unit, const char* title, const char* meaning, Names axes, Kind kind,
                   const char* method)
    {
        SeriesRow row;
        row.series.name = name, row.series.unit = unit, row.series.long_name = title, row.series.definition = meaning;
        row.series.axes = std::move(axes), row.series.kind = kind, row.series.cell_method = method;
        rows.push_back(std::move(row));
        return rows.back();
    }
};

void firms(Catalogue& c)
{
    c.stock("firms", "1", "Firms", "Real firms alive; each simulated firm counts for real_firms of its sector.",
            by_owner, counts(Measure::firms));
    c.real("real_firms", "1", "Real firms per simulated firm",
           "How many real firms one simulated firm of the sector stands for.", by_sector,
           [](const World& w) { return w.real_firms; });
    c.stock("agents", "1", "Simulated firms", "Firms simulated.", {},
            [](const World& w) { return Ints{std::llround(sum_all(w, Measure::firms))}; });
    c.stock(
        "firms_by_size", "1", "Firms by size class", "Official size classes for industry; real firms.", {"size_class"},
        [](const World& w) {
            Ints row;
            for (int z = 0; z < size_class_count; ++z) {
                double n = 0;
                for (int s = 0; s < w.S; ++s)
                    n += static_cast<double>(
                             w.month[w.statistics.by_size(StatisticsPlan::size_firms, static_cast<SizeClass>(z), s)]) *
                         w.real_firms[static_cast<std::size_t>(s)];
                row.push_back(std::llround(n));
            }
            return row;
        });
    c.flow("entries", "1", "Entrants", "Real firms that entered (E16).", by_owner,
           real_counts(&Monthly::entries, ownership_count));
    c.flow("exits", "1", "Exits by cause",
           "Real firms that left (E15); closure is exogenous, insolvency and option value answer to policy.",
           {"sector", "exit_cause"}, real_counts(&Monthly::exits, exit_cause_count));
    c.stock("firms_by_age", "1", "Simulated firms by age",
            "Simulated firms by completed years of age; the last holds all older.", {"age"}, [](const World& w) {
                Ints row;
                for (int a = 0; a < hazard_ages; ++a) row.push_back(w.month[w.statistics.by_age(a)]);
                return row;
            });
    c.flow("exits_by_age", "1", "Simulated exits by age", "Simulated firms that left, by completed years of age.",
           {"age"}, [](const World& w) { return w.monthly.exits_by_age; });
    c.stock("zombies", "1", "Zombie firms", "Real firms that did not earn their interest for three years in a row.",
            by_owner, counts(Measure::zombies));
}

void output(Catalogue& c)
{
    c.flow("output", "milliunit", "Real output", "Goods made, in thousandths of what one yuan bought in 2015.",
           by_owner, totals(Measure::output));
    c.stock("capacity", "milliunit day-1", "Capacity", "Output a day that machines allow.", by_owner,
            totals(Measure::capacity));
    c.real("capacity_utilisation", "1", "Capacity utilisation", "Output over capacity of the month, all firms.",
           by_sector, over_sectors([](const World& w, int s) {
               return ratio(sum(w, Measure::output, s) / w.days_of_month, sum(w, Measure::capacity, s));
           }));
    c.real("capacity_utilisation_above_scale", "1", "Capacity utilisation, above scale",
           "The same for firms with revenue of at least 20 m yuan (NBS survey population).", by_sector,
           over_sectors([](const World& w, int s) {
               return ratio(sum(w, Measure::scale_output, s) / w.days_of_month, sum(w, Measure::scale_capacity, s));
           }));
    c.stock("finished_stock", "milliunit", "Finished goods in stock", "Of firms.", by_owner, totals(Measure::stock));
    c.real("stock_days", "day", "Days of finished stock",
           "Finished stock of above-scale firms at cost over daily revenue.", by_sector,
           over_sectors([](const World& w, int s) {
               return ratio(sum(w, Measure::scale_stock_cost, s) * w.days_of_month, sum(w, Measure::scale_revenue, s));
           }));
    c.stock("wholesale_stock", "milliunit", "Wholesalers' stock", "Goods held by the sector's wholesaler.", by_sector,
            [](const World& w) {
                Ints row;
                for (const auto& house : w.wholesaler) row.push_back(house.stock.milli * w.k);
                return row;
            });
    c.stock("backlog", "milliunit", "Order backlog", "Accepted from linked buyers and not shipped.", by_owner,
            totals(Measure::backlog));
    c.stock(
        "capacity_by_level", "milliunit day-1", "Capacity by maturity level", "Industry 1.0 to 4.0.", {"maturity"},
        [](const World& w) {
            Ints row;
            for (const Measure m : {Measure::capacity_1, Measure::capacity_2, Measure::capacity_3, Measure::capacity_4})
                row.push_back(std::llround(sum_all(w, m)) * w.k);
            return row;
        });
    c.flow("output_by_region", "milliunit", "Real output by province", "Goods made, by province.", {"region"},
           [](const World& w) {
               Ints row;
               for (int r = 0; r < w.R; ++r)
                   row.push_back(w.month[w.statistics.by_region(StatisticsPlan::region_output, r)] * w.k);
               return row;
           });
}

void prices(Catalogue& c)
{
    c.real("price_index", "1", "Producer price index",
           "Chained Laspeyres over continuing firms, 1 at the start of the spin-up.", by_sector,
           [](const World& w) { return w.price_index; });
    c.real("market_price", "1", "Market price", "Mean price wholesalers paid over 30 days, yuan per unit.", by_sector,
           over_sectors([](const World& w, int s) { return w.sector[static_cast<std::size_t>(s)].price; }));
    c.real("markup", "1", "Markup over unit cost",
           "Value of output at posted prices over its unit cost, minus 1 (output-weighted).", by_sector,
           over_sectors([](const World& w, int s) {
               return ratio(sum(w, Measure::price_weight, s), sum(w, Measure::cost_of_output, s)) - 1;
           }));
    c.real("wage_index", "1", "Wage index", "Mean over provinces, 1 at the start of the spin-up.", {},
           [](const World& w) {
               double total = 0;
               for (const auto& r : w.region) total += r.wage_index;
               return Reals{total / w.R};
           });
}

void money(Catalogue& c)
{
    c.flow("revenue", "fen", "Revenue", "Sales of the month.", by_owner, totals(Measure::revenue));
    c.flow("profit", "fen", "Profit before tax",
           "Change of equity at historic cost, before dividends, profit tax and injections.", by_owner,
           totals(Measure::profit));
    c.flow("wages", "fen", "Wages", "Wages paid.", by_owner, totals(Measure::wages));
    c.flow("interest", "fen", "Interest", "Interest paid to banks.", by_owner, totals(Measure::interest));
    c.flow("investment", "fen", "Investment", "Spending on machines, maintenance included.", by_owner,
           totals(Measure::investment));
    c.stock("assets", "fen", "Assets", "At historic cost.", by_owner, totals(Measure::assets));
    c.stock("liabilities", "fen", "Liabilities", "Debt, trade credit, overdrafts, accrued cost.", by_owner,
            totals(Measure::liabilities));
    c.stock("cash", "fen", "Cash", "Of firms; overdrafts negative.", by_owner, totals(Measure::cash));
    c.stock("loans", "fen", "Bank loans", "Owed by firms.", by_owner, totals(Measure::debt));
    c.real("debt_ratio", "1", "Liabilities over assets", "All firms.", {"ownership"},
           over_owners([](const World& w, int o) {
               return ratio(sum_owner(w, Measure::liabilities, o), sum_owner(w, Measure::assets, o));
           }));
    c.real("debt_ratio_above_scale", "1", "Liabilities over assets, above scale",
           "Firms with revenue of at least 20 m yuan.", {"ownership"}, over_owners([](const World& w, int o) {
               return ratio(sum_owner(w, Measure::scale_liabilities, o), sum_owner(w, Measure::scale_assets, o));
           }));
    c.flow("capital_reviews", "1", "Yearly reviews",
           "Simulated firms at least a year old that closed their year this month.", {},
           [](const World& w) { return Ints{std::llround(sum_all(w, Measure::reviews))}; });
    c.flow("investment_spikes", "1", "Investment spikes",
           "Of these, firms that invested more than a fifth of their machines' book value in the year.", {},
           [](const World& w) { return Ints{std::llround(sum_all(w, Measure::spikes))}; });
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
    c.flow("bail_outs", "1", "Bail-outs", "Simulated firms bailed out.", {},
           [](const World& w) { return Ints{w.monthly.bail_outs}; });
    c.flow("bail_out_money", "fen", "Bail-out money", "Paid by provinces.", {},
           [](const World& w) { return Ints{w.monthly.bail_out_money * w.k}; });
}

void matrices(Catalogue& c)
{
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
    c.stock("machines", "fen", "Machines, projects and sites", "At book value.", by_owner, totals(Measure::machines));
    c.flow("machines_worn", "fen", "Depreciation", "Of machines.", by_owner, totals(Measure::machines_worn));
    c.flow("machines_sold", "fen", "Machines sold",
           "What firms with too many got for machines (E9), and closed firms for machines, projects and sites.",
           by_owner, totals(Measure::machines_sold));
    c.flow("machines_lost", "fen", "Book value lost",
           "Of machines scrapped as obsolete (E10), and on those sold, with the capacity that left.", by_owner,
           totals(Measure::machines_lost));
    c.stock(
        "goods_account", "milliunit", "Goods made and where they went",
        "Since the first day: had and made as positive, used, sold, scrapped, in stock and under way as negative; each "
        "sector sums to zero.",
        {"goods_item", "sector"}, goods_account);
}

void above_scale(Catalogue& c)
{
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

void people_and_trade(Catalogue& c)
{
    c.stock("employment", "1", "Employment", "Persons.", by_owner, totals(Measure::jobs, 1e-3));
    c.stock("employment_by_region", "1", "Employment by province", "Persons.", {"region"}, [](const World& w) {
        Ints row;
        for (int r = 0; r < w.R; ++r)
            row.push_back(w.month[w.statistics.by_region(StatisticsPlan::region_jobs, r)] * w.k / 1000);
        return row;
    });
    c.real("unemployment", "1", "Unemployment in the manufacturing labour force", "All provinces.", {},
           [](const World& w) {
               double jobs = 0, force = 0;
               for (std::size_t r = 0; r < w.pool.size(); ++r)
                   jobs += static_cast<double>(w.employed[r]), force += w.pool[r];
               return Reals{1 - ratio(jobs, force)};
           });
    c.flow("final_demand", "milliunit", "Final demand served", "Home goods sold to final users and outside sectors.",
           by_sector, monthly(&Monthly::final_demand));
    c.flow("unmet_demand", "milliunit", "Final demand not served", "Wholesalers were short.", by_sector,
           monthly(&Monthly::unmet));
    c.flow("exports", "fen", "Exports", "At market prices.", by_sector, monthly(&Monthly::exports));
    c.flow("imports", "fen", "Imports", "Of inputs, machines and final goods.", by_sector, monthly(&Monthly::imports));
    c.real("self_sufficiency", "1", "Made at home",
           "Home sales over home sales plus imports, exports left out (made in the country).", by_sector,
           over_sectors([](const World& w, int s) {
               const auto at = static_cast<std::size_t>(s);
               const double home = sum(w, Measure::revenue, s) - static_cast<double>(w.monthly.exports[at]);
               return ratio(home, home + static_cast<double>(w.monthly.imports[at]));
           }));
}

} // namespace

std::vector<SeriesRow> series_catalogue()
{
    Catalogue c;
    firms(c), output(c), prices(c), money(c), matrices(c), accounts(c), above_scale(c), people_and_trade(c);
    return c.rows;
}

std::vector<sim::record::Axis> series_axes(const Nation& nation)
{
    sim::record::Axis sectors{"sector", {}, "Manufacturing sector", {}}, regions{"region", {}, "Province", {}};
    for (const auto& s : nation.sectors) sectors.labels.push_back(s.code), sectors.titles.push_back(s.name);
    for (const auto& r : nation.regions) regions.labels.push_back(r.code), regions.titles.push_back(r.name);
    const auto names = [](const auto& list) { return std::vector<std::string>(list.begin(), list.end()); };
    Names ages;
    for (int a = 0; a < hazard_ages; ++a) ages.push_back(std::to_string(a));
    return {sectors,
            regions,
            {"ownership", names(ownership_names), "Ownership", {}},
            {"size_class", names(size_class_names), "Official size class", {}},
            {"exit_cause", names(exit_cause_names), "Cause of exit", {}},
            {"maturity", {"1", "2", "3", "4"}, "Maturity level (Industry 1.0 to 4.0)", {}},
            {"age", ages, "Completed years of age", {}},
            {"holder", names(holder_names), "Who holds money or a claim", {}},
            {"instrument", names(instrument_names), "Kind of claim", {}},
            {"transaction", names(transaction_names), "What money is paid for", {}},
            {"goods_item", names(goods_item_names), "Source or use of goods", {}}};
}

} // namespace fabrica
