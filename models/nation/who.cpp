// Who there is: sectors, sectors outside manufacturing, provinces, ownerships.
#include "models/nation/reading.hpp"

#include <algorithm>
#include <numeric>

namespace fabrica::nation_tables {
namespace {

/// Output shares by ownership; joint ventures are a part of the firms with foreign capital.
void read_output_shares(const Table& t, std::size_t r, SectorData& s)
{
    const std::size_t before = t.errors().count();
    const double joint = t.share(r, "of_which_joint_venture"), foreign = t.share(r, "share_foreign_hmt");
    s.output_share = {t.share(r, "share_private"), t.share(r, "share_state"), foreign - joint, joint};
    if (t.errors().count() != before) return;
    if (joint > foreign)
        t.errors()
            .add(t.where(r, "of_which_joint_venture"),
                 "of_which_joint_venture = {} exceeds share_foreign_hmt = {}, of which it is a part", joint, foreign)
            .help("share_foreign_hmt includes the joint ventures");
    t.expect_one(std::accumulate(s.output_share.begin(), s.output_share.end(), 0.0), t.where(r, "share_state"),
                 "ownership shares");
}

void read_maturity(const Table& t, std::size_t r, SectorData& s)
{
    const std::size_t before = t.errors().count();
    const char* levels[] = {"maturity_1", "maturity_2", "maturity_3", "maturity_4"};
    for (int m = 0; m < maturity_levels; ++m) s.maturity[static_cast<std::size_t>(m)] = t.share(r, levels[m]);
    if (t.errors().count() != before) return;
    t.expect_one(std::accumulate(s.maturity.begin(), s.maturity.end(), 0.0), t.where(r, "maturity_1"),
                 "shares of maturity levels");
}

} // namespace

Table read_sectors(Folder& folder, Nation& nation)
{
    auto t = folder.open("sectors.csv",
                         {"code",
                          "name",
                          "io_group",
                          "gross_output_2015_tn",
                          "employment_2015_m",
                          "firms_2015",
                          "share_state",
                          "share_private",
                          "share_foreign_hmt",
                          "of_which_joint_venture",
                          "assets_over_revenue",
                          "fixed_assets_over_revenue",
                          "rd_over_revenue_2018",
                          "import_penetration",
                          "critical_import_share",
                          "utilisation_2015",
                          "final_demand_price_elasticity",
                          "maturity_1",
                          "maturity_2",
                          "maturity_3",
                          "maturity_4",
                          "energy_tce_per_10k_yuan"},
                         {"code"});
    for (std::size_t r = 0; r < t.rows(); ++r) {
        SectorData s{};
        s.code = t.text(r, "code"), s.name = t.text(r, "name"), s.group = t.text(r, "io_group");
        s.output = t.positive(r, "gross_output_2015_tn") * 1e12;
        s.employment = t.positive(r, "employment_2015_m") * 1e6;
        s.firms = t.positive(r, "firms_2015");
        read_output_shares(t, r, s);
        s.assets_over_revenue = t.amount(r, "assets_over_revenue");
        s.fixed_over_revenue = t.amount(r, "fixed_assets_over_revenue");
        s.research = t.share(r, "rd_over_revenue_2018");
        s.import_share = t.share(r, "import_penetration");
        s.critical_import_share = t.share(r, "critical_import_share");
        s.utilisation = t.positive(r, "utilisation_2015") / 100;
        s.price_elasticity = t.number(r, "final_demand_price_elasticity");
        read_maturity(t, r, s);
        s.energy = t.amount(r, "energy_tce_per_10k_yuan") * 0.1; // 1000 kg over 10 000 yuan
        nation.sectors.push_back(s);
    }
    if (t.rows() == 0 && t.is_clean()) t.errors().add(t.where(), "no rows: at least one sector is needed");
    return t;
}

Table read_outside(Folder& folder, Nation& nation)
{
    auto t = folder.open("outside_sectors.csv", {"code", "name", "demand_category", "overhead"}, {"code"});
    const auto sectors = nation.sector_codes();
    for (std::size_t r = 0; r < t.rows(); ++r) {
        const std::string code(t.text(r, "code"));
        if (std::find(sectors.begin(), sectors.end(), code) != sectors.end())
            t.errors().add(t.where(r, "code"), "'{}' is also a sector of sectors.csv", code);
        nation.outside.push_back({code, std::string(t.text(r, "name")), std::string(t.text(r, "demand_category")),
                                  t.integer(r, "overhead", {0, 1}) != 0});
    }
    if (t.rows() == 0 && t.is_clean())
        t.errors().add(t.where(), "no rows: at least one sector outside is needed, which builds");
    return t;
}

void read_regions(Folder& folder, Nation& nation)
{
    const auto t = folder.open("regions.csv",
                               {"code", "name", "macro_region", "share_manufacturing_employment",
                                "manufacturing_firms_2018", "soe_share_of_assets", "wage_index"},
                               {"code"});
    double sum = 0;
    for (std::size_t r = 0; r < t.rows(); ++r) {
        nation.regions.push_back({std::string(t.text(r, "code")), std::string(t.text(r, "name")),
                                  std::string(t.text(r, "macro_region")), t.amount(r, "manufacturing_firms_2018"),
                                  t.share(r, "share_manufacturing_employment"), t.share(r, "soe_share_of_assets"),
                                  t.positive(r, "wage_index")});
        sum += nation.regions.back().employment_share;
    }
    if (!t.is_clean()) return;
    if (t.rows() == 0)
        t.errors().add(t.where(), "no rows: at least one province is needed");
    else
        t.expect_one(sum, t.where(0, "share_manufacturing_employment"), "shares of manufacturing employment");
}

void read_ownerships(Folder& folder, Nation& nation)
{
    const std::vector<std::string> names(ownership_names.begin(), ownership_names.end());
    const auto t = folder.open(
        "ownership.csv",
        {"code", "leverage_target", "loan_spread_pp", "wage_multiple", "staff_slack", "land_multiple", "bailout_base"},
        {"code"});
    for (std::size_t r = 0; r < t.rows(); ++r) {
        const int o = t.find(r, "code", names);
        if (o < 0) continue;
        nation.ownerships[static_cast<std::size_t>(o)] = {
            t.share(r, "leverage_target"), t.number(r, "loan_spread_pp") / 100, t.positive(r, "wage_multiple"),
            t.amount(r, "staff_slack"),    t.amount(r, "land_multiple"),        t.share(r, "bailout_base")};
    }
    t.expect_rows("code", names);
}

} // namespace fabrica::nation_tables
