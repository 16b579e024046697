// Final demand of the base year, and how it grows.
#include "models/nation/reading.hpp"

#include <algorithm>
#include <set>

namespace fabrica::nation_tables {
namespace {

const char* const investment = "gfcf";
const char* const by_manufacturers = "gfcf_of_which_manufacturers";
const char* const residual_name = "inventories_and_residual";

/// Reads the uses into the nation; manufacturers' investment is taken out, for they decide on it themselves.
class Uses {
public:
    Uses(Nation& nation, const Table& table)
        : n_(nation), t_(table), codes_(nation.sector_codes()), total_(codes_.size(), 0.0)
    {
        known_ = {"households", "government", investment, by_manufacturers, residual_name};
        for (const auto& o : n_.outside) known_.push_back("intermediate_" + o.code);
        for (const auto& name : derived) known_.push_back(name);
    }

    std::vector<double> operator()()
    {
        for (std::size_t r = 0; r < t_.rows(); ++r) read(r);
        check_investment();
        spread_residual();
        return total_;
    }

private:
    inline static const std::set<std::string> derived{"intermediate_manufacturing", "imports_total", "gross_output"};

    void read(std::size_t r)
    {
        const std::string name(t_.text(r, "category"));
        const int s = t_.find(r, "code", codes_);
        const bool is_export = name.starts_with("exports_") && name.size() > 8;
        if (!is_export && std::find(known_.begin(), known_.end(), name) == known_.end()) {
            t_.errors()
                .add(t_.where(r, "category"), "unknown category '{}'", name)
                .help(sim::suggestion(name, known_, "Known, beside exports_PARTNER"));
            return;
        }
        if (s < 0) return;
        const auto at = static_cast<std::size_t>(s);
        const bool may_be_negative = name == residual_name;
        const double home = (may_be_negative ? t_.number(r, "domestic") : t_.amount(r, "domestic")) * 1e12;
        const double abroad =
            (may_be_negative ? t_.number(r, "of_which_imported") : t_.amount(r, "of_which_imported")) * 1e12;
        row_of_[{at, name}] = r;
        if (derived.contains(name)) return;
        if (name == by_manufacturers) {
            category(investment).domestic[at] -= home, category(investment).imported[at] -= abroad;
        } else {
            category(name).domestic[at] += home, category(name).imported[at] += abroad;
            total_[at] += home;
        }
    }

    DemandCategory& category(const std::string& name)
    {
        for (auto& c : n_.demand)
            if (c.name == name) return c;
        const bool is_outside = name.starts_with("intermediate_");
        const std::vector<double> none(codes_.size(), 0.0);
        n_.demand.push_back({name, is_outside ? "outside" : name, none, none, name.starts_with("exports"), is_outside});
        return n_.demand.back();
    }

    void check_investment()
    {
        const auto at =
            std::find_if(n_.demand.begin(), n_.demand.end(), [](const auto& c) { return c.name == investment; });
        if (at == n_.demand.end() || !t_.is_clean()) return;
        for (std::size_t s = 0; s < codes_.size(); ++s) {
            const char* column = at->domestic[s] < -tolerance   ? "domestic"
                                 : at->imported[s] < -tolerance ? "of_which_imported"
                                                                : nullptr;
            if (column != nullptr)
                t_.errors().add(t_.where(row_of_[{s, by_manufacturers}], column),
                                "manufacturers buy more {} than all investors (gfcf)", codes_[s]);
        }
    }

    /// Stock building and the statistical residual are spread over the other uses: a negative use would create goods.
    void spread_residual()
    {
        const auto at =
            std::find_if(n_.demand.begin(), n_.demand.end(), [](const auto& c) { return c.name == residual_name; });
        if (at == n_.demand.end()) return;
        const DemandCategory residual = *at;
        n_.demand.erase(at);
        const bool is_clean = t_.is_clean();
        for (std::size_t s = 0; s < codes_.size(); ++s) {
            double home = 0, abroad = 0;
            for (const auto& c : n_.demand) home += c.domestic[s], abroad += c.imported[s];
            if (home + residual.domestic[s] < -tolerance && is_clean)
                t_.errors().add(t_.where(row_of_[{s, residual_name}], "domestic"),
                                "{} of {} is more negative than all other uses together", residual_name, codes_[s]);
            const double factor = home > 0 ? (home + residual.domestic[s]) / home : 1;
            const double factor_abroad = abroad > 0 ? std::max(0.0, (abroad + residual.imported[s]) / abroad) : 1;
            for (auto& c : n_.demand) c.domestic[s] *= factor, c.imported[s] *= factor_abroad;
        }
    }

    static constexpr double tolerance = 1; // yuan: sums of printed numbers

    Nation& n_;
    const Table& t_;
    std::vector<std::string> codes_, known_;
    std::vector<double> total_;
    std::map<std::pair<std::size_t, std::string>, std::size_t> row_of_;
};

std::vector<std::string> category_names(const Nation& nation)
{
    std::vector<std::string> names;
    for (const auto& c : nation.demand) names.push_back(c.name);
    return names;
}

/// What a path may belong to: gdp behind the scenario, purchases of the sectors outside, a category, exports as if without a tariff.
std::vector<std::string> path_names(const Nation& nation)
{
    std::vector<std::string> names{"gdp", "outside", "households", "government", investment};
    for (const auto& c : nation.demand)
        if (c.is_export) names.push_back(c.name), names.push_back(c.name + "_no_tariff");
    return names;
}

/// Groups that the paths name and groups that sectors have must be the same ones.
void check_groups(const Table& paths, const Table& sectors)
{
    const auto in_paths = paths.column("io_group"), in_sectors = sectors.column("io_group");
    std::set<std::string> used(in_sectors.begin(), in_sectors.end());
    const std::vector<std::string> known(used.begin(), used.end());
    used.insert("all");
    for (std::size_t r = 0; r < paths.rows(); ++r)
        if (used.insert(in_paths[r]).second) // once
            paths.errors()
                .add(paths.where(r, "io_group"), "no sector of sectors.csv has the io_group '{}'", in_paths[r])
                .help(sim::suggestion(in_paths[r], known));
    const std::set<std::string> given(in_paths.begin(), in_paths.end());
    for (std::size_t r = 0; r < sectors.rows(); ++r)
        if (!given.contains(in_sectors[r]))
            sectors.errors()
                .add(sectors.where(r, "io_group"), "final_demand_paths.csv has no rows for the io_group '{}'",
                     in_sectors[r])
                .help(sim::suggestion(in_sectors[r], {given.begin(), given.end()}));
}

} // namespace

std::vector<double> read_demand(Folder& folder, Nation& nation, const Table& outside)
{
    const auto t =
        folder.open("final_demand.csv", {"code", "category", "of_which_imported", "domestic"}, {"code", "category"});
    auto total = Uses(nation, t)();
    if (!t.is_clean()) return total;
    const auto names = category_names(nation);
    for (std::size_t r = 0; r < outside.rows(); ++r) {
        const std::string name(outside.text(r, "demand_category"));
        if (std::find(names.begin(), names.end(), name) == names.end())
            outside.errors()
                .add(outside.where(r, "demand_category"), "final_demand.csv has no rows of the category '{}'", name)
                .help(sim::suggestion(name, names));
    }
    return total;
}

void read_paths(Folder& folder, Nation& nation, const std::string& scenario, const Table& sectors)
{
    static const std::vector<std::string> scenarios{"observed", "central", "low", "high"};
    const auto t = folder.open("final_demand_paths.csv",
                               {"io_group", "category", "scenario", "year_from", "year_to", "real_growth_percent"},
                               {"io_group", "category", "scenario", "year_from"});
    const auto known = path_names(nation);
    for (std::size_t r = 0; r < t.rows(); ++r) {
        const int kind = t.find(r, "scenario", scenarios);
        const bool is_known = t.find(r, "category", known) >= 0;
        const auto from = t.integer(r, "year_from", {1900, 2200}), to = t.integer(r, "year_to", {1900, 2200});
        if (from > to && to > 0)
            t.errors().add(t.where(r, "year_to"), "year_to = {} lies before year_from = {}", to, from);
        const double growth = t.number(r, "real_growth_percent", sim::scenario::Range::above(-100, 1000)) / 100;
        if (kind < 0 || !is_known || (kind > 0 && scenarios[static_cast<std::size_t>(kind)] != scenario)) continue;
        auto& path = nation.paths[{std::string(t.text(r, "category")), std::string(t.text(r, "io_group"))}];
        for (auto year = from; year <= to; ++year) path.yearly[static_cast<int>(year)] = growth;
    }
    if (t.rows() > 0) check_groups(t, sectors);
}

} // namespace fabrica::nation_tables
