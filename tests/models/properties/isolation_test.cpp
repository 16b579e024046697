// A firm in a sector, a province and with a bank of its own is a nation of its own: all others go on as if it were not there.
#include "models/state/firm_fields.hpp"
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>

using namespace fabrica;
using bench::Run;

namespace {

constexpr int glass = 3, island = 2; // the added sector and province

/// Toyland with a fourth sector that buys from outside sectors alone, is owned by the state alone, and lies in a province where nothing
/// else is. All machines are built by an outside sector, so that no firm of it meets another in the market for tools.
/// @param firms  of the sector, 0 or 1
/// @param tools  yuan of tools that it buys per yuan of output
bench::Scenario toyland_with_glass(double firms, double tools = 0)
{
    auto scenario = bench::load("toyland", {"credit.bank_count=200", "credit.bank_capital_target=1"});
    Nation& n = scenario.nation;
    for (SectorData& sector : n.sectors) // state firms are those of the new sector
        sector.output_share[0] += sector.output_share[1], sector.output_share[1] = 0;
    SectorData added = n.sectors.back();
    added.code = added.name = "glass", added.firms = firms, added.output = 40e6, added.employment = 80;
    added.output_share = {0, 1, 0, 0};
    n.sectors.push_back(added);
    n.utilisation["glass"] = n.utilisation["cloth"];
    RegionData place = n.regions.back();
    place.code = place.name = "island", place.firms = 0.4;
    place.state_share = 1e6; // state firms go there, others never
    n.regions.push_back(place);
    for (auto* table : {&n.domestic, &n.imported}) {
        table->insert(table->begin() + 3, std::vector<double>(3, 0.0));
        for (auto& row : *table) row.push_back(0.0);
    }
    n.domestic[4].back() = 0.2, n.domestic[5].back() = 0.3 - tools; // LAND and TOWN
    n.domestic[1].back() = tools;
    n.labour.push_back(0.3), n.tax.push_back(0.05), n.depreciation.push_back(0.02), n.surplus.push_back(0.13);
    for (DemandCategory& category : n.demand) {
        category.domestic.push_back(category.name == "households" && firms > 0 ? 40e6 : 0);
        category.imported.push_back(0);
    }
    n.capital_shares.assign(4, 0), n.capital_imported.assign(4, 0);
    for (auto& partner : n.import_origin) partner.push_back(partner.back());
    return scenario;
}

using Fields = std::map<std::string, double>;

/// Every field of every firm by key; identities of others are given by their keys too.
std::map<sim::Key, Fields> all_firms(const Run& run)
{
    std::map<sim::Key, Fields> all;
    run.each_firm([&](const Firm& firm) {
        Firm copy = firm;
        Fields& fields = all[firm.key];
        visit_fields(copy, [&](const char* name, auto& value) {
            const std::string field(name);
            if (field == "id") return;
            if (field.find("supplier") != std::string::npos && field.back() != 's') {
                const Firm* other = run.engine.find(static_cast<sim::AgentId>(value));
                fields[field] = other == nullptr ? -1.0 : static_cast<double>(other->key >> 12);
            } else
                fields[field] = static_cast<double>(value);
        });
    });
    return all;
}

/// Fields in which firms of the old sectors differ, and firms that only one of the runs has.
std::vector<std::string> differences(const Run& without, const Run& with)
{
    std::vector<std::string> found;
    const auto before = all_firms(without), after = all_firms(with);
    for (const auto& [key, fields] : before)
        if (after.count(key) == 0) found.push_back("is missing");
    for (const auto& [key, fields] : after) {
        if (fields.at("sector") == glass) continue;
        const auto twin = before.find(key);
        if (twin == before.end()) found.push_back("is new");
        if (twin == before.end()) continue;
        for (const auto& [name, value] : fields)
            if (!(value == twin->second.at(name))) found.push_back(name);
    }
    return found;
}

} // namespace

TEST_CASE("an added firm in a sector, a province and with a bank of its own changes no bit of the others")
{
    Run without(toyland_with_glass(0)), with(toyland_with_glass(1));
    std::set<int> banks;
    int added = 0;
    with.each_firm([&](const Firm& f) {
        if (f.sector != glass) banks.insert(f.bank);
        CHECK((f.region == island) == (f.sector == glass));
        added += f.sector == glass;
    });
    REQUIRE(added == 1);
    with.each_firm([&](const Firm& f) { CHECK((f.sector != glass || banks.count(f.bank) == 0)); });
    for (int year = 0; year < 4; ++year) {
        without.years(1), with.years(1);
        INFO("year ", year, without.engine.stop_reason(), with.engine.stop_reason());
        REQUIRE_FALSE(without.engine.stopped());
        REQUIRE_FALSE(with.engine.stopped());
        CHECK(differences(without, with).empty());
        for (int s = 0; s < glass; ++s) CHECK(with.total(Measure::output, s) == without.total(Measure::output, s));
    }
    CHECK(with.total(Measure::output, glass) > 0);
    CHECK(without.total(Measure::output, glass) == 0);
}

TEST_CASE("an added firm that buys from the others changes them")
{
    Run without(toyland_with_glass(0, 0.1)), with(toyland_with_glass(1, 0.1));
    without.years(1), with.years(1);
    CHECK(differences(without, with).size() > 10);
}
