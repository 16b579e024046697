#include "models/nation.hpp"

#include "sim/scenario/csv_table.hpp"

#include <algorithm>
#include <set>

namespace fabrica {
namespace {

using sim::scenario::CsvTable;

/// Position of a name, or -1 with an error that suggests the nearest.
int find(const std::vector<std::string>& names, const CsvTable& table, std::size_t row, const char* column, sim::Errors& errors)
{
    const std::string name(table.text(row, column));
    const auto at = std::find(names.begin(), names.end(), name);
    if (at != names.end()) return static_cast<int>(at - names.begin());
    errors.add(table.where(row, column), "unknown name '{}'", name).help(sim::suggestion(name, names));
    return -1;
}

/// Reads the tables of one folder, one member function a table.
class Reader {
public:
    Reader(std::string folder, std::string scenario, std::vector<std::string>& files, sim::Errors& errors)
        : scenario_(std::move(scenario)), files_(files), errors_(errors)
    {
        nation_.folder = std::move(folder);
    }

    Nation operator()()
    {
        sectors();
        if (nation_.sectors.empty()) return nation_;
        codes_ = nation_.sector_codes();
        outside();
        regions(), ownership(), coefficients(), demand(), paths(), capital(), hazard(), sizes(), observed();
        return nation_;
    }

private:
    CsvTable open(const char* name, std::vector<std::string> columns)
    {
        const std::string path = nation_.folder + "/" + name;
        files_.push_back(path);
        return CsvTable::read(path, {std::move(columns)}, errors_);
    }

    /// A number that must not be negative.
    double amount(const CsvTable& t, std::size_t row, const char* column)
    {
        const double value = t.number(row, column);
        if (value < 0) errors_.add(t.where(row, column), "{} = {} is negative", column, value);
        return value;
    }

    /// A number in [0, 1].
    double share(const CsvTable& t, std::size_t row, const char* column)
    {
        const double value = amount(t, row, column);
        if (value > 1) errors_.add(t.where(row, column), "{} = {} is a share and cannot exceed 1", column, value);
        return value;
    }

    void sectors()
    {
        const auto t = open("sectors.csv",
                            {"code", "name", "io_group", "gross_output_2015_tn", "employment_2015_m", "firms_2015", "share_state",
                             "share_private", "share_foreign_hmt", "of_which_joint_venture", "assets_over_revenue",
                             "fixed_assets_over_revenue", "import_penetration", "critical_import_share", "utilisation_2015",
                             "final_demand_price_elasticity", "maturity_1", "maturity_2", "maturity_3", "maturity_4"});
        for (std::size_t r = 0; r < t.rows(); ++r) {
            SectorData s{};
            s.code = t.text(r, "code"), s.name = t.text(r, "name"), s.group = t.text(r, "io_group");
            s.output = amount(t, r, "gross_output_2015_tn") * 1e12;
            s.employment = amount(t, r, "employment_2015_m") * 1e6;
            s.firms = amount(t, r, "firms_2015");
            const double joint = share(t, r, "of_which_joint_venture");
            s.output_share = {share(t, r, "share_private"), share(t, r, "share_state"), share(t, r, "share_foreign_hmt") - joint, joint};
            double sum = 0;
            for (const double o : s.output_share) sum += o;
            if (std::abs(sum - 1) > 1e-3) errors_.add(t.where(r, "share_state"), "ownership shares sum to {}, not 1", sum);
            s.assets_over_revenue = amount(t, r, "assets_over_revenue");
            s.fixed_over_revenue = amount(t, r, "fixed_assets_over_revenue");
            s.import_share = share(t, r, "import_penetration");
            s.critical_import_share = share(t, r, "critical_import_share");
            s.utilisation = amount(t, r, "utilisation_2015") / 100;
            s.price_elasticity = t.number(r, "final_demand_price_elasticity");
            const char* levels[] = {"maturity_1", "maturity_2", "maturity_3", "maturity_4"};
            for (int m = 0; m < maturity_levels; ++m) s.maturity[static_cast<std::size_t>(m)] = share(t, r, levels[m]);
            nation_.sectors.push_back(s);
        }
    }

    void outside()
    {
        const auto t = open("outside_sectors.csv", {"code", "name", "demand_category", "overhead"});
        for (std::size_t r = 0; r < t.rows(); ++r)
            nation_.outside.push_back({std::string(t.text(r, "code")), std::string(t.text(r, "name")),
                                       std::string(t.text(r, "demand_category")), t.number(r, "overhead") != 0});
    }

    void regions()
    {
        const auto t = open("regions.csv", {"code", "name", "share_manufacturing_employment", "manufacturing_firms_2018",
                                            "soe_share_of_assets", "wage_index"});
        for (std::size_t r = 0; r < t.rows(); ++r)
            nation_.regions.push_back({std::string(t.text(r, "code")), std::string(t.text(r, "name")),
                                       amount(t, r, "manufacturing_firms_2018"), share(t, r, "share_manufacturing_employment"),
                                       share(t, r, "soe_share_of_assets"), amount(t, r, "wage_index")});
    }

    void ownership()
    {
        const std::vector<std::string> names(ownership_names.begin(), ownership_names.end());
        const auto t = open("ownership.csv", {"code", "leverage_target", "loan_spread_pp", "wage_multiple", "staff_slack",
                                              "land_multiple", "bailout_base"});
        for (std::size_t r = 0; r < t.rows(); ++r) {
            const int o = find(names, t, r, "code", errors_);
            if (o < 0) continue;
            nation_.ownerships[static_cast<std::size_t>(o)] = {
                share(t, r, "leverage_target"), t.number(r, "loan_spread_pp") / 100, amount(t, r, "wage_multiple"),
                amount(t, r, "staff_slack"),    amount(t, r, "land_multiple"),       share(t, r, "bailout_base")};
        }
    }

    void coefficients()
    {
        const auto n = codes_.size(), all = n + nation_.outside.size();
        nation_.domestic.assign(all, std::vector<double>(n)), nation_.imported = nation_.domestic;
        nation_.labour.assign(n, 0), nation_.tax = nation_.depreciation = nation_.surplus = nation_.labour;
        std::vector<std::string> suppliers = codes_;
        for (const auto& o : nation_.outside) suppliers.push_back(o.code);
        const std::vector<std::string> value_added{"labour_compensation", "net_production_tax", "depreciation", "operating_surplus"};
        std::vector<double>* parts[] = {&nation_.labour, &nation_.tax, &nation_.depreciation, &nation_.surplus};
        std::vector<double> sums(n, 0.0);
        const auto t = open("input_output.csv", {"row", "column", "kind", "coefficient"});
        for (std::size_t r = 0; r < t.rows(); ++r) {
            const int column = find(codes_, t, r, "column", errors_);
            const bool adds_value = t.text(r, "kind") == "value_added";
            const int row = find(adds_value ? value_added : suppliers, t, r, "row", errors_);
            if (row < 0 || column < 0) continue;
            const auto i = static_cast<std::size_t>(row), j = static_cast<std::size_t>(column);
            const double value = adds_value ? t.number(r, "coefficient") : share(t, r, "coefficient");
            sums[j] += value;
            if (adds_value) (*parts[i])[j] = value;
            else (t.text(r, "kind") == "import" ? nation_.imported : nation_.domestic)[i][j] = value;
        }
        normalise_columns(sums, t);
    }

    /// The table is printed to six digits: columns are renormalised to sum to exactly one.
    void normalise_columns(const std::vector<double>& sums, const CsvTable& t)
    {
        for (std::size_t j = 0; j < sums.size(); ++j) {
            if (std::abs(sums[j] - 1) > 1e-3)
                errors_.add(t.where(), "coefficients of column '{}' sum to {}, not 1", codes_[j], sums[j]);
            for (auto* rows : {&nation_.domestic, &nation_.imported})
                for (auto& row : *rows) row[j] /= sums[j];
            for (auto* part : {&nation_.labour, &nation_.tax, &nation_.depreciation, &nation_.surplus}) (*part)[j] /= sums[j];
        }
    }

    void demand()
    {
        static const std::set<std::string> derived{"gfcf_of_which_manufacturers", "intermediate_manufacturing", "imports_total",
                                                   "gross_output"};
        const auto t = open("final_demand.csv", {"code", "category", "of_which_imported", "domestic"});
        for (std::size_t r = 0; r < t.rows(); ++r) {
            const std::string name(t.text(r, "category"));
            const int s = find(codes_, t, r, "code", errors_);
            if (s < 0) continue;
            const auto at = static_cast<std::size_t>(s);
            const double home = t.number(r, "domestic") * 1e12, abroad = t.number(r, "of_which_imported") * 1e12;
            if (name == "gfcf_of_which_manufacturers") {
                category("gfcf").domestic[at] -= home, category("gfcf").imported[at] -= abroad;
            } else if (!derived.contains(name)) {
                category(name).domestic[at] += home, category(name).imported[at] += abroad;
            }
        }
        spread_residual();
    }

    DemandCategory& category(const std::string& name)
    {
        for (auto& c : nation_.demand)
            if (c.name == name) return c;
        const bool is_outside = name.starts_with("intermediate_");
        const std::vector<double> none(codes_.size(), 0.0);
        nation_.demand.push_back({name, is_outside ? "outside" : name, none, none, name.starts_with("exports"), is_outside});
        return nation_.demand.back();
    }

    /// Stock building and the statistical residual are spread over the other uses: a negative use would create goods.
    void spread_residual()
    {
        const auto at = std::find_if(nation_.demand.begin(), nation_.demand.end(),
                                     [](const auto& c) { return c.name == "inventories_and_residual"; });
        if (at == nation_.demand.end()) return;
        const DemandCategory residual = *at;
        nation_.demand.erase(at);
        for (std::size_t s = 0; s < codes_.size(); ++s) {
            double home = 0, abroad = 0;
            for (const auto& c : nation_.demand) home += c.domestic[s], abroad += c.imported[s];
            const double factor = home > 0 ? (home + residual.domestic[s]) / home : 1;
            const double factor_abroad = abroad > 0 ? std::max(0.0, (abroad + residual.imported[s]) / abroad) : 1;
            for (auto& c : nation_.demand) c.domestic[s] *= factor, c.imported[s] *= factor_abroad;
        }
    }

    void paths()
    {
        const auto t = open("final_demand_paths.csv", {"io_group", "category", "scenario", "year_from", "year_to", "real_growth_percent"});
        for (std::size_t r = 0; r < t.rows(); ++r) {
            const auto scenario = t.text(r, "scenario");
            if (scenario != "observed" && scenario != scenario_) continue;
            auto& path = nation_.paths[{std::string(t.text(r, "category")), std::string(t.text(r, "io_group"))}];
            const int from = static_cast<int>(t.number(r, "year_from")), to = static_cast<int>(t.number(r, "year_to"));
            for (int year = from; year <= to; ++year) path.yearly[year] = t.number(r, "real_growth_percent") / 100;
        }
    }

    void capital()
    {
        nation_.capital_shares.assign(codes_.size(), 0), nation_.capital_imported = nation_.capital_shares;
        double sum = 0;
        const auto t = open("capital_goods.csv", {"supplier", "share", "imported"});
        for (std::size_t r = 0; r < t.rows(); ++r) {
            const double part = share(t, r, "share"), abroad = share(t, r, "imported");
            sum += part;
            const auto at = std::find(codes_.begin(), codes_.end(), t.text(r, "supplier"));
            if (at == codes_.end()) {
                std::vector<std::string> outside;
                for (const auto& o : nation_.outside) outside.push_back(o.code);
                nation_.builder = std::max(0, find(outside, t, r, "supplier", errors_));
                continue;
            }
            const auto s = static_cast<std::size_t>(at - codes_.begin());
            nation_.capital_shares[s] = part - abroad, nation_.capital_imported[s] = abroad;
        }
        if (std::abs(sum - 1) > 1e-3) errors_.add(t.where(), "shares of capital goods sum to {}, not 1", sum);
    }

    void hazard()
    {
        const auto t = open("hazard_by_age.csv", {"age_years", "hazard"});
        for (std::size_t r = 0; r < t.rows(); ++r) nation_.hazard.push_back(share(t, r, "hazard"));
        if (nation_.hazard.empty()) errors_.add(t.where(), "no rows: the hazard of at least one age is needed");
    }

    void sizes()
    {
        const std::vector<std::string> classes(size_class_names.begin(), size_class_names.end());
        const std::vector<std::string> owners{"private", "state", "foreign_hmt"};
        const auto t = open("size_distribution.csv", {"block", "size", "ownership", "firms", "employees_m", "revenue_tn"});
        for (std::size_t r = 0; r < t.rows(); ++r) {
            if (t.text(r, "block") != "cell") continue;
            const int c = find(classes, t, r, "size", errors_), o = find(owners, t, r, "ownership", errors_);
            if (c < 0 || o < 0) continue;
            nation_.sizes[static_cast<std::size_t>(c)][static_cast<std::size_t>(o)] = {
                amount(t, r, "firms"), amount(t, r, "employees_m") * 1e6, amount(t, r, "revenue_tn") * 1e12};
        }
        const auto limits = open("size_classes.csv", {"code", "employees_min", "revenue_min_m_yuan"});
        for (std::size_t r = 0; r < limits.rows(); ++r) {
            const int c = find(classes, limits, r, "code", errors_);
            if (c < 0) continue;
            nation_.employees_min[static_cast<std::size_t>(c)] = amount(limits, r, "employees_min");
            nation_.revenue_min[static_cast<std::size_t>(c)] = amount(limits, r, "revenue_min_m_yuan") * 1e6;
        }
    }

    void observed()
    {
        const auto t = open("utilisation_targets.csv", {"code"});
        for (std::size_t r = 0; r < t.rows(); ++r)
            for (int year = 2015; year <= 2024; ++year) {
                const std::string column = "utilisation_" + std::to_string(year);
                if (t.has(column)) nation_.utilisation[std::string(t.text(r, "code"))][year] = t.number(r, column.c_str()) / 100;
            }
    }

    std::string scenario_;
    std::vector<std::string>& files_;
    sim::Errors& errors_;
    std::vector<std::string> codes_;
    Nation nation_;
};

} // namespace

std::vector<std::string> Nation::sector_codes() const
{
    std::vector<std::string> codes;
    for (const auto& s : sectors) codes.push_back(s.code);
    return codes;
}

Nation read_nation(const std::string& folder, const std::string& scenario, std::vector<std::string>& files, sim::Errors& errors)
{
    return Reader(folder, scenario, files, errors)();
}

} // namespace fabrica
