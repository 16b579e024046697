#include "models/nation.hpp"

#include "models/nation/reading.hpp"

namespace fabrica {

std::vector<std::string> Nation::sector_codes() const
{
    std::vector<std::string> codes;
    for (const auto& s : sectors) codes.push_back(s.code);
    return codes;
}

std::vector<std::string> Nation::region_codes() const
{
    std::vector<std::string> codes;
    for (const auto& r : regions) codes.push_back(r.code);
    return codes;
}

Nation read_nation(const std::string& path, const std::string& scenario, std::vector<std::string>& files,
                   sim::Errors& errors)
{
    using namespace nation_tables;
    const std::size_t before = errors.count();
    Nation nation;
    nation.folder = path;
    Folder folder{path, files, errors};
    const Table sectors = read_sectors(folder, nation);
    if (nation.sectors.empty()) return nation;
    const Table outside = read_outside(folder, nation);
    read_regions(folder, nation);
    read_ownerships(folder, nation);
    const Table coefficients = read_coefficients(folder, nation);
    const auto uses = read_demand(folder, nation, outside);
    read_origins(folder, nation);
    read_world_market(folder, nation);
    read_emissions(folder, nation);
    read_people(folder, nation);
    read_paths(folder, nation, scenario, sectors);
    read_capital_goods(folder, nation);
    read_hazard(folder, nation);
    read_sizes(folder, nation);
    read_utilisation(folder, nation);
    if (errors.count() == before) check_balance(nation, uses, sectors, coefficients);
    return nation;
}

} // namespace fabrica
