// What the catalogue of series is written with: sums over the month's totals, and a row for each sort of series.
#pragma once

#include "models/markets/institutions.hpp"
#include "models/series/catalogue.hpp"
#include "models/transactions.hpp"

#include <string>
#include <utility>

namespace fabrica::catalogue {

using sim::record::Kind;
using sim::record::Series;
using Ints = std::vector<std::int64_t>;
using Reals = std::vector<double>;
using Names = std::vector<std::string>;

inline const Names by_owner{"sector", "ownership"};
inline const Names by_sector{"sector"};

inline std::int64_t cell(const World& w, Measure m, int s, int o)
{
    return w.month[w.statistics.cell(m, s, static_cast<Ownership>(o))];
}

inline double sum(const World& w, Measure m, int s)
{
    double total = 0;
    for (int o = 0; o < ownership_count; ++o) total += static_cast<double>(cell(w, m, s, o));
    return total;
}

inline double sum_owner(const World& w, Measure m, int o)
{
    double total = 0;
    for (int s = 0; s < w.S; ++s) total += static_cast<double>(cell(w, m, s, o));
    return total;
}

inline double sum_all(const World& w, Measure m)
{
    double total = 0;
    for (int s = 0; s < w.S; ++s) total += sum(w, m, s);
    return total;
}

inline double ratio(double a, double b) { return b > 0 ? a / b : std::nan(""); }

/// National totals of a measure by sector and ownership: model totals x k.
inline std::function<Ints(const World&)> totals(Measure m, double factor = 1)
{
    return [m, factor](const World& w) {
        Ints row;
        for (int s = 0; s < w.S; ++s)
            for (int o = 0; o < ownership_count; ++o) {
                const std::int64_t x = cell(w, m, s, o) * w.k;
                row.push_back(factor == 1 ? x : nearest(static_cast<double>(x) * factor));
            }
        return row;
    };
}

/// Counts of real firms: simulated firms x the number that each stands for.
inline std::function<Ints(const World&)> counts(Measure m)
{
    return [m](const World& w) {
        Ints row;
        for (int s = 0; s < w.S; ++s)
            for (int o = 0; o < ownership_count; ++o)
                row.push_back(
                    nearest(static_cast<double>(cell(w, m, s, o)) * w.real_firms[static_cast<std::size_t>(s)]));
        return row;
    };
}

/// Plain sums over simulated firms by sector and ownership.
inline std::function<Ints(const World&)> plain(Measure m)
{
    return [m](const World& w) {
        Ints row;
        for (int s = 0; s < w.S; ++s)
            for (int o = 0; o < ownership_count; ++o) row.push_back(cell(w, m, s, o));
        return row;
    };
}

/// Counts of real firms by sector.
inline std::function<Ints(const World&)> by_sector_counts(Measure m)
{
    return [m](const World& w) {
        Ints row;
        for (int s = 0; s < w.S; ++s) row.push_back(nearest(sum(w, m, s) * w.real_firms[static_cast<std::size_t>(s)]));
        return row;
    };
}

inline std::function<Reals(const World&)> over_sectors(std::function<double(const World&, int)> f)
{
    return [f](const World& w) {
        Reals row;
        for (int s = 0; s < w.S; ++s) row.push_back(f(w, s));
        return row;
    };
}

inline std::function<Reals(const World&)> over_owners(std::function<double(const World&, int)> f)
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
inline Ints goods_account(const World& w)
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
inline std::function<Ints(const World&)> monthly(std::vector<std::int64_t> Monthly::*field)
{
    return [field](const World& w) {
        Ints row = w.monthly.*field;
        for (auto& x : row) x *= w.k;
        return row;
    };
}

inline std::function<Ints(const World&)> real_counts(std::vector<std::int64_t> Monthly::*field, int width)
{
    return [field, width](const World& w) {
        Ints row = w.monthly.*field;
        for (std::size_t i = 0; i < row.size(); ++i)
            row[i] = nearest(static_cast<double>(row[i]) * w.real_firms[i / static_cast<std::size_t>(width)]);
        return row;
    };
}

class Catalogue {
public:
    /// The rows that follow are of this part of the model.
    void of(const char* module) { module_ = module; }

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
        row.module = module_;
        row.series.name = name, row.series.unit = unit, row.series.long_name = title, row.series.definition = meaning;
        row.series.axes = std::move(axes), row.series.kind = kind, row.series.cell_method = method;
        rows.push_back(std::move(row));
        return rows.back();
    }

    const char* module_ = "";
};

// The parts, in the order of the file.
void firms(Catalogue& c);
void output(Catalogue& c);
void prices(Catalogue& c);
void money(Catalogue& c);
void matrices(Catalogue& c);
void accounts(Catalogue& c);
void above_scale(Catalogue& c);
void people_and_trade(Catalogue& c);
void trade(Catalogue& c);
void energy(Catalogue& c);
void people(Catalogue& c);
void technology(Catalogue& c);
void platforms(Catalogue& c);
void programmes(Catalogue& c);

} // namespace fabrica::catalogue
