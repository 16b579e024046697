// Where imports come from, and the people that a nation will have.
#include "models/nation/reading.hpp"

namespace fabrica::nation_tables {

void read_origins(Folder& folder, Nation& nation)
{
    std::vector<std::string> partners, sectors = nation.sector_codes();
    for (const auto& c : nation.demand)
        if (c.is_export) partners.push_back(c.name);
    sectors.emplace_back("all");
    const auto t = folder.open("import_origins.csv", {"partner", "sector", "share"}, {"partner", "sector"});
    const auto n = nation.sectors.size();
    std::vector<std::vector<double>> own(partners.size(), std::vector<double>(n, -1.0));
    std::vector<double> usual(partners.size(), 0.0);
    for (std::size_t r = 0; r < t.rows(); ++r) {
        const int p = t.find(r, "partner", partners), s = t.find(r, "sector", sectors);
        const double share = t.share(r, "share");
        if (p < 0 || s < 0) continue;
        const auto partner = static_cast<std::size_t>(p), sector = static_cast<std::size_t>(s);
        (sector == n ? usual[partner] : own[partner][sector]) = share;
    }
    nation.import_origin = own;
    if (partners.empty()) return;
    for (std::size_t s = 0; s < n; ++s) {
        double sum = 0;
        for (std::size_t p = 0; p < partners.size(); ++p) {
            double& share = nation.import_origin[p][s];
            sum += share = share < 0 ? usual[p] : share;
        }
        if (t.is_clean()) t.expect_one(sum, t.where(), "parts of the imports of '" + nation.sectors[s].code + "'");
    }
}

void read_world_market(Folder& folder, Nation& nation)
{
    const auto t = folder.open("world_market.csv", {"code", "world_market_share"}, {"code"});
    for (std::size_t r = 0; r < t.rows(); ++r)
        if (const int s = t.find(r, "code", nation.sector_codes()); s >= 0)
            nation.sectors[static_cast<std::size_t>(s)].world_share = t.share(r, "world_market_share");
    t.expect_rows("code", nation.sector_codes());
}

void read_emissions(Folder& folder, Nation& nation)
{
    const auto t = folder.open("emissions.csv", {"code", "co2_kg_per_kgce"}, {"code"});
    for (std::size_t r = 0; r < t.rows(); ++r)
        if (const int s = t.find(r, "code", nation.sector_codes()); s >= 0)
            nation.sectors[static_cast<std::size_t>(s)].co2 = t.amount(r, "co2_kg_per_kgce");
    t.expect_rows("code", nation.sector_codes());
}

void read_people(Folder& folder, Nation& nation)
{
    const auto t = folder.open("labour.csv", {"series", "year", "value"}, {"series", "year"});
    for (std::size_t r = 0; r < t.rows(); ++r)
        nation.people[std::string(t.text(r, "series"))][static_cast<int>(t.integer(r, "year", {1900, 2200}))] =
            t.number(r, "value");
}

} // namespace fabrica::nation_tables
