// What is known of firms: how they end, how large they are, how much of their capacity they use.
#include "models/nation/reading.hpp"

namespace fabrica::nation_tables {

void read_hazard(Folder& folder, Nation& nation)
{
    const auto t = folder.open("hazard_by_age.csv", {"age_years", "hazard", "endogenous"});
    for (std::size_t r = 0; r < t.rows(); ++r) {
        const std::size_t before = t.errors().count();
        const auto age = t.integer(r, "age_years");
        if (t.errors().count() == before && age != static_cast<std::int64_t>(r) + 1)
            t.errors()
                .add(t.where(r, "age_years"), "age_years = {} where {} is due", age, r + 1)
                .help("rows are the ages 1, 2, 3 and so on in order; the last holds beyond");
        nation.hazard.push_back(t.share(r, "hazard"));
        nation.exogenous_hazard.push_back(std::max(0.0, nation.hazard.back() - t.share(r, "endogenous")));
    }
    if (nation.hazard.empty() && t.is_clean())
        t.errors().add(t.where(), "no rows: the hazard of at least one age is needed");
}

void read_sizes(Folder& folder, Nation& nation)
{
    static const std::vector<std::string> owners{"private", "state", "foreign_hmt"};
    static const std::vector<std::string> blocks{"cell",
                                                 "margin_size",
                                                 "margin_ownership",
                                                 "total", // all but `cell` are for comparison
                                                 "registration_industry_2018",
                                                 "above_scale_industry_2015",
                                                 "above_scale_total"};
    const std::vector<std::string> classes(size_class_names.begin(), size_class_names.end());
    const auto t =
        folder.open("size_distribution.csv", {"block", "size", "ownership", "firms", "employees_m", "revenue_tn"},
                    {"block", "size", "ownership"});
    int cells = 0;
    for (std::size_t r = 0; r < t.rows(); ++r) {
        if (t.find(r, "block", blocks) != 0) continue;
        const int c = t.find(r, "size", classes), o = t.find(r, "ownership", owners);
        if (c < 0 || o < 0) continue;
        nation.sizes[static_cast<std::size_t>(c)][static_cast<std::size_t>(o)] = {
            t.amount(r, "firms"), t.amount(r, "employees_m") * 1e6, t.amount(r, "revenue_tn") * 1e12};
        ++cells;
    }
    if (cells == 0 && t.is_clean())
        t.errors().add(t.where(), "no rows of the block 'cell': firms by size class and ownership are needed");
    const auto limits =
        folder.open("size_classes.csv", {"code", "employees_min", "revenue_min_m_yuan", "log_sd"}, {"code"});
    for (std::size_t r = 0; r < limits.rows(); ++r) {
        const int c = limits.find(r, "code", classes);
        if (c < 0) continue;
        nation.employees_min[static_cast<std::size_t>(c)] = limits.amount(r, "employees_min");
        nation.revenue_min[static_cast<std::size_t>(c)] = limits.amount(r, "revenue_min_m_yuan") * 1e6;
        nation.log_sd[static_cast<std::size_t>(c)] = limits.amount(r, "log_sd");
    }
    limits.expect_rows("code", classes);
}

void read_utilisation(Folder& folder, Nation& nation)
{
    const auto t = folder.open("utilisation_targets.csv", {"code"}, {"code"});
    const auto codes = nation.sector_codes();
    for (std::size_t r = 0; r < t.rows(); ++r) {
        if (t.find(r, "code", codes) < 0) continue;
        for (int year = 2015; year <= 2024; ++year) {
            const std::string column = "utilisation_" + std::to_string(year);
            if (t.has(column))
                nation.utilisation[std::string(t.text(r, "code"))][year] = t.amount(r, column.c_str()) / 100;
        }
    }
}

} // namespace fabrica::nation_tables
