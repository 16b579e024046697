// E7 on whole economies: the part of imports that sectors.csv calls critical holds out against a price at which the rest gives way.
#include "models/trade/imports.hpp"
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

using namespace fabrica;
using bench::Run;

namespace fabrica {
void publish_prices(World& world, sim::Window tomorrow); // markets/boards.cpp
}

TEST_CASE("coefficients and bundles replace imports only as far as they are not critical")
{
    // All imports of toyland at twice the price of home goods, seen at once; three quarters of its ore are critical, no tools.
    auto scenario = bench::load("toyland", {"trade.import_elasticity=2", "trade.critical_elasticity=0"});
    scenario.nation.sectors[0].critical_import_share = 0.75, scenario.nation.sectors[1].critical_import_share = 0;
    Run run(scenario);
    World& w = run.world;
    for (auto& board : w.sector) board.home_ratio = board.import_price = 2;
    publish_prices(w, 0);
    int ore = 0, tools = 0;
    for (std::size_t s = 0; s < w.technology.size(); ++s)
        for (std::size_t j = 0; j < w.technology[s].slots.size(); ++j) {
            const auto& slot = w.technology[s].slots[j];
            const double h = slot.home_share, m = 1 - h, alpha = w.sector[s].alpha[j];
            if (h <= 0 || h >= 1) continue;
            if (slot.product == 0) { // critical 0.75 m stays; the rest: h to 0.25 m, times 2^2
                ++ore;
                CHECK(alpha ==
                      doctest::Approx(slot.total * (1 - 0.75 * m) * 4 * h / (4 * h + 0.25 * m)).epsilon(1e-12));
            } else if (slot.product == 1) { // h to m, times 2^2
                ++tools;
                CHECK(alpha == doctest::Approx(slot.total * 4 * h / (4 * h + m)).epsilon(1e-12));
            }
        }
    CHECK(ore > 0);
    CHECK(tools > 0);
}

TEST_CASE("dearer imports cut fewer of them when they are critical")
{
    const auto imports = [](double critical) {
        auto scenario = bench::load("toyland", {"population.spin_up_years=0", "run.end=2017-01-01"});
        for (auto& s : scenario.nation.sectors) s.critical_import_share = critical;
        Shock dear;
        dear.id = "dear", dear.kind = "import_price", dear.size = 0.5;
        dear.from = {2015, 2, 1}, dear.to = {2017, 1, 1};
        scenario.config.shocks = {dear};
        Run run(scenario);
        run.years(2);
        return bench::sum(run.months.back().imports);
    };
    const double none = imports(0), half = imports(0.5), all = imports(1);
    CHECK(none < half);
    CHECK(half < all);
}
