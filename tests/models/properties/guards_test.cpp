// Guards stop a run that has left the model's range, name what and when, and leave small nations alone.
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

using namespace fabrica;
using bench::Run;

TEST_CASE("a firm that takes over its market stops the run at the month's end")
{
    Run run(bench::load("china", {"run.scale=0.001", "population.spin_up_years=1"}));
    run.days(40);
    REQUIRE_MESSAGE(!run.engine.stopped(), run.engine.stop_reason());
    // One textile firm with three times the sales of all the others: (3/4)^2 and a little.
    double others = 0;
    const Firm* giant = nullptr;
    run.each_firm([&](const Firm& f) {
        if (f.sector != 1) return;
        others += f.slow_demand, giant = giant == nullptr ? &f : giant;
    });
    REQUIRE(giant != nullptr);
    const_cast<Firm*>(giant)->slow_demand = 3 * others;
    run.days(20);
    INFO(run.engine.stop_reason());
    CHECK(run.engine.stopped());
    CHECK(run.world.calendar.is_month_end(run.engine.window() - 1));
    CHECK(run.engine.stop_reason().find("guard: the sales of textiles_apparel are in too few hands") == 0);
    CHECK(run.engine.stop_reason().find("limit 0.30") != std::string::npos);
}

TEST_CASE("a nation of few firms is not stopped for being small")
{
    // Sixteen weavers cannot have an index below 1 / 16; in china at this scale most sectors have 40 to 200 simulated firms.
    Run toyland(bench::load("toyland", {"guards.sector_hhi=0.01"}));
    toyland.years(1);
    CHECK_MESSAGE(!toyland.engine.stopped(), toyland.engine.stop_reason());
    Run china(bench::load("china", {"run.scale=0.001", "population.spin_up_years=1"}));
    china.years(2);
    CHECK_MESSAGE(!china.engine.stopped(), china.engine.stop_reason());
}

TEST_CASE("an order that stays open for longer than the guard's limit stops the run")
{
    // 200 tries every four days: orders wait for 800 days. Nearly no ore is made from the second month on.
    const auto months_of_waiting = [](const char* limit) {
        auto s =
            bench::load("toyland", {"population.spin_up_years=0", "suppliers.backlog_tries=200",
                                    "guards.unmet_demand_share=1", std::string("guards.open_order_months=") + limit});
        s.config.shocks = {{"strike", "supply", "", {s.nation.sectors[0].code}, {2015, 2, 1}, {2017, 1, 1}, -0.99}};
        return s;
    };
    Run run(months_of_waiting("3"));
    run.years(1);
    INFO(run.engine.stop_reason());
    CHECK(run.engine.stopped());
    CHECK(run.engine.window() > 90);
    CHECK(run.engine.stop_reason().find("guard: orders for " + run.world.nation.sectors[0].code +
                                        " have been open for more than 3 months") == 0);
    Run patient(months_of_waiting("100"));
    patient.years(1);
    CHECK_MESSAGE(!patient.engine.stopped(), patient.engine.stop_reason());
}

TEST_CASE("a price that has left all reason stops the run at the month's end")
{
    Run run(bench::load("toyland", {"guards.sector_price=1.05"}));
    run.days(20);
    run.each_firm([](const Firm& f) { // in the middle of the month: half of it at double the price
        if (f.sector == 2) const_cast<Firm&>(f).price *= 2;
    });
    run.days(11);
    INFO(run.engine.stop_reason());
    CHECK(run.engine.stopped());
    CHECK(run.engine.stop_reason().find("guard: the price of " + run.world.nation.sectors[2].code + " is ") == 0);
    Run wide(bench::load("toyland", {"guards.sector_price=1.05"}));
    wide.days(31);
    CHECK_FALSE(wide.engine.stopped());
}
