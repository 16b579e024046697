// E9: a firm with lasting excess capacity sells machines at a loss; firms that build take them first, to the fen.
#include "models/firms/investment.hpp"
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace fabrica;
using bench::Run;

namespace {

/// Toyland without births and deaths, and where no vintage is obsolete: nobody waits more than a month for his money.
bench::Scenario few_events()
{
    return bench::load("toyland", {"population.spin_up_years=0", "switches.entry=false", "switches.exit=false",
                                   "investment.threshold_max=0.05", "investment.payback_private_years=0.08",
                                   "investment.payback_state_years=0.08"});
}

/// A year of toyland, one of whose firms has four times the machines it needs from the first day on.
struct ResaleYear {
    Run run;
    double capacity_before = 0, capacity_after = 0, sold = 0, lost = 0;

    [[nodiscard]] double capacity() const
    {
        double found = 0;
        run.each_firm([&](const Firm& f) { found += f.id == 7 ? total_capacity(f.capacity) : 0; });
        return found;
    }

    explicit ResaleYear(const bench::Scenario& s) : run(s)
    {
        run.each_firm([&](const Firm& f) {
            if (f.id != 7) return;
            auto& owner = const_cast<Firm&>(f);
            owner.born = -4000;
            for (float& k : owner.capacity) k *= 4;
            owner.fixed_assets.fen *= 4;
        });
        run.world.on_month = [&](const Barrier&) {
            for (int sector = 0; sector < run.world.S; ++sector)
                sold += run.total(Measure::machines_sold, sector), lost += run.total(Measure::machines_lost, sector);
        };
        capacity_before = capacity();
        run.years(1);
        capacity_after = capacity();
    }
};

} // namespace

TEST_CASE("a firm with four times the machines it needs sells most of them, one with a high threshold does not")
{
    ResaleYear year(few_events());
    REQUIRE_MESSAGE(!year.run.engine.stopped(), year.run.engine.stop_reason());
    // Part of what it has attracts more customers meanwhile, so it ends above a quarter.
    CHECK(year.capacity_after < 0.7 * year.capacity_before);
    // What is sold brings 0.6 of its book value; the rest is lost: 3 to 2, to a fen for each sale.
    CHECK(year.sold > 0);
    CHECK(std::abs(year.sold * 0.4 - year.lost * 0.6) <= 5);

    auto patient = few_events();
    patient.config.investment.resale_threshold = 1;
    ResaleYear none(patient);
    CHECK(none.sold == 0);
    CHECK(none.capacity_after > 0.85 * none.capacity_before); // wears at 8 % a year, unmaintained
}

TEST_CASE("what firms sell comes back to firms that build, at book value")
{
    Run run(bench::load("china", {"run.scale=0.001", "population.spin_up_years=1", "switches.exit=false",
                                  "switches.technology=false"}));
    std::int64_t to_firms = 0, from_firms = 0, asked = 0;
    run.world.on_month = [&](const Barrier&) {
        const auto& paid = run.world.monthly.transactions;
        CHECK(paid[cell(Transaction::used_machines, Holder::firms)] +
                  paid[cell(Transaction::used_machines, Holder::households)] ==
              0);
        std::int64_t sold = 0;
        for (int s = 0; s < run.world.S; ++s) {
            const auto got = static_cast<std::int64_t>(run.total(Measure::machines_sold, s));
            sold += got, asked += got + static_cast<std::int64_t>(run.total(Measure::machines_lost, s));
        }
        to_firms += sold, from_firms += sold - paid[cell(Transaction::used_machines, Holder::firms)];
    };
    run.years(3);
    REQUIRE_MESSAGE(!run.engine.stopped(), run.engine.stop_reason());
    CHECK(to_firms > 0);
    CHECK(from_firms == asked - run.world.used_machines); // the rest is still with the dealers
}
