// What a yuan of output and a yuan of investment are made of, and whether that agrees with output and final demand.
#include "models/technology.hpp"
#include "models/nation/reading.hpp"

#include <algorithm>

namespace fabrica::nation_tables {
namespace {

/// Reads the coefficients into the nation and keeps their sums by column.
class Coefficients {
public:
    Coefficients(Nation& nation, const Table& table)
        : n_(nation), t_(table), codes_(nation.sector_codes()), suppliers_(codes_)
    {
        const auto n = codes_.size();
        n_.domestic.assign(n + n_.outside.size(), std::vector<double>(n)), n_.imported = n_.domestic;
        n_.labour.assign(n, 0), n_.tax = n_.depreciation = n_.surplus = n_.labour;
        for (const auto& o : n_.outside) suppliers_.push_back(o.code);
        sums_.assign(n, 0.0), first_row_.assign(n, none);
    }

    void operator()()
    {
        for (std::size_t r = 0; r < t_.rows(); ++r) read(r);
        normalise_columns();
    }

private:
    static constexpr std::size_t none = ~std::size_t{0};

    void read(std::size_t r)
    {
        static const std::vector<std::string> kinds{"domestic", "import", "value_added"};
        static const std::vector<std::string> value_added{"labour_compensation", "net_production_tax", "depreciation",
                                                          "operating_surplus"};
        const int kind = t_.find(r, "kind", kinds), column = t_.find(r, "column", codes_);
        if (kind < 0) return;
        const bool adds_value = kind == 2;
        const int row = t_.find(r, "row", adds_value ? value_added : suppliers_);
        if (row < 0 || column < 0) return;
        const auto i = static_cast<std::size_t>(row), j = static_cast<std::size_t>(column);
        if (first_row_[j] == none) first_row_[j] = r;
        double value = 0;
        if (adds_value) {
            std::vector<double>* parts[] = {&n_.labour, &n_.tax, &n_.depreciation, &n_.surplus};
            const bool may_be_negative = parts[i] == &n_.tax || parts[i] == &n_.surplus; // subsidies, losses
            value = (*parts[i])[j] = may_be_negative ? t_.number(r, "coefficient") : t_.amount(r, "coefficient");
        } else {
            value = (kind == 1 ? n_.imported : n_.domestic)[i][j] = t_.share(r, "coefficient");
        }
        sums_[j] += value;
    }

    /// The table is printed to six digits: columns are renormalised to sum to exactly one.
    void normalise_columns()
    {
        if (!t_.is_clean()) return;
        for (std::size_t j = 0; j < sums_.size(); ++j) {
            const auto where = first_row_[j] == none ? t_.where() : t_.where(first_row_[j], "column");
            t_.expect_one(sums_[j], where, "coefficients of column '" + codes_[j] + "'");
            for (auto* rows : {&n_.domestic, &n_.imported})
                for (auto& row : *rows) row[j] /= sums_[j];
            for (auto* part : {&n_.labour, &n_.tax, &n_.depreciation, &n_.surplus}) (*part)[j] /= sums_[j];
        }
    }

    Nation& n_;
    const Table& t_;
    std::vector<std::string> codes_, suppliers_;
    std::vector<double> sums_;
    std::vector<std::size_t> first_row_;
};

} // namespace

Table read_coefficients(Folder& folder, Nation& nation)
{
    auto t = folder.open("input_output.csv", {"row", "column", "kind", "coefficient"}, {"row", "column", "kind"});
    Coefficients(nation, t)();
    return t;
}

void read_capital_goods(Folder& folder, Nation& nation)
{
    const auto t = folder.open("capital_goods.csv", {"supplier", "share", "imported"}, {"supplier"});
    auto suppliers = nation.sector_codes();
    const auto sectors = suppliers.size();
    for (const auto& o : nation.outside) suppliers.push_back(o.code);
    nation.capital_shares.assign(sectors, 0), nation.capital_imported = nation.capital_shares;
    double sum = 0;
    int builders = 0;
    for (std::size_t r = 0; r < t.rows(); ++r) {
        const double part = t.share(r, "share"), abroad = t.share(r, "imported");
        sum += part;
        if (abroad > part && part <= 1 && abroad <= 1)
            t.errors().add(t.where(r, "imported"), "imported = {} exceeds share = {}, of which it is a part", abroad,
                           part);
        const int at = t.find(r, "supplier", suppliers);
        if (at < 0) continue;
        const auto s = static_cast<std::size_t>(at);
        if (s < sectors) {
            nation.capital_shares[s] = part - abroad, nation.capital_imported[s] = abroad;
        } else {
            nation.builder = static_cast<int>(s - sectors);
            if (++builders == 2)
                t.errors().add(t.where(r, "supplier"), "a second sector outside that builds: there can be one");
        }
    }
    if (!t.is_clean()) return;
    t.expect_one(sum, t.rows() == 0 ? t.where() : t.where(0, "share"), "shares of capital goods");
}

void check_balance(const Nation& nation, const std::vector<double>& uses, const Table& sectors,
                   const Table& coefficients)
{
    const std::size_t before = sectors.errors().count();
    const std::vector<double> no_capital(uses.size(), 0.0);
    const auto output =
        leontief_output(nation.domestic, no_capital, no_capital, uses, sectors.errors(), coefficients.where());
    if (sectors.errors().count() != before) return;
    for (std::size_t s = 0; s < uses.size(); ++s) {
        const double given = nation.sectors[s].output;
        if (std::abs(output[s] / given - 1) <= 0.01) continue;
        sectors.errors()
            .add(sectors.where(s, "gross_output_2015_tn"),
                 "gross_output_2015_tn = {:.6g}, but final_demand.csv and input_output.csv need {:.6g}", given / 1e12,
                 output[s] / 1e12)
            .help("the output of all sectors is (I - A)^-1 times their final demand, A the home coefficients; 1 % is "
                  "let pass");
    }
}

} // namespace fabrica::nation_tables
