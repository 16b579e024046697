// Steady growth without noise, then with noise, entry and exit: what is stable has to stay where it is. All years lie in the spin-up, where
// demand grows at one rate for all.
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace fabrica;
using bench::Run;

namespace {

struct GrowthYear {
    double use = 0, firms = 0, exits = 0; // mean use of capacity; firms at the end; exits of the year
};

double all(const Run& run, Measure m)
{
    double sum = 0;
    for (int s = 0; s < run.world.S; ++s) sum += run.total(m, s);
    return sum;
}

std::vector<GrowthYear> years_of_growth(std::vector<std::string> more)
{
    std::vector<std::string> overrides{"run.scale=0.002", "run.calendar=\"360_day\"", "population.spin_up_years=10",
                                       "switches.shocks=false", "switches.technology=false"};
    overrides.insert(overrides.end(), more.begin(), more.end());
    Run run(bench::load("china", overrides));
    std::vector<GrowthYear> years;
    for (int y = 0; y < 10; ++y) {
        GrowthYear year;
        for (int m = 0; m < 12; ++m) {
            run.days(30);
            REQUIRE_MESSAGE(!run.engine.stopped(), run.engine.stop_reason());
            year.use += all(run, Measure::output) / all(run, Measure::capacity) / 30 / 12;
            year.exits += bench::sum(run.months.back().exits);
        }
        year.firms = all(run, Measure::firms);
        years.push_back(year);
    }
    return years;
}

} // namespace

TEST_SUITE("slow")
{
    TEST_CASE("growth of 6 % without noise: from the fourth year on use of capacity stays within one point")
    {
        // Without noise nobody is left with too much: firms aim at normal use.
        const auto years = years_of_growth({"switches.entry=false", "switches.exit=false", "switches.appeal=false",
                                            "switches.rotation=false", "switches.markup=false",
                                            "switches.supplier_review=false", "investment.utilisation_correction=1"});
        std::string path;
        double low = 1, high = 0;
        for (std::size_t y = 0; y < years.size(); ++y) {
            path += std::to_string(years[y].use).substr(0, 5) + " ";
            if (y >= 3) low = std::min(low, years[y].use), high = std::max(high, years[y].use);
        }
        MESSAGE("use by year: ", path);
        CHECK(high - low < 0.02);
        CHECK(low > 0.73);
        CHECK(high < 0.78);
        CHECK(years.back().firms == years.front().firms);
    }

    TEST_CASE("growth with noise, entry and exit: use, the number of firms and deaths keep to their bands")
    {
        const auto years = years_of_growth({"run.scale=0.01"});
        std::string path;
        double growth = 0, deaths = 0; // means of the last seven years
        for (std::size_t y = 3; y < years.size(); ++y) {
            growth += (years[y].firms / years[y - 1].firms - 1) / 7, deaths += years[y].exits / years[y - 1].firms / 7;
            path += std::to_string(years[y].use).substr(0, 5) + " ";
            CHECK(years[y].use > 0.70);
            CHECK(years[y].use < 0.80);
        }
        CHECK(growth > 0.04);
        CHECK(growth < 0.09);
        CHECK(deaths > 0.055);
        CHECK(deaths < 0.095);
        MESSAGE("use by year: ", path, "; firms a year: ", growth, ", deaths: ", deaths);
    }
}

TEST_CASE("a sector that has died out is founded anew, and the newcomers sell")
{
    // All weavers close on one day of the second month; households go on asking for cloth.
    Run run(
        bench::load("toyland", {"run.end=2021-01-01", "population.spin_up_years=0", "guards.unmet_demand_share=1"}));
    const auto firms_of = [&](int sector) {
        int count = 0;
        run.each_firm([&](const Firm& f) { count += f.sector == sector; });
        return count;
    };
    const int weavers = 2;
    run.days(40);
    const int before = firms_of(weavers);
    REQUIRE(before > 5);
    run.each_firm([&](const Firm& f) {
        if (f.sector == weavers) const_cast<Firm&>(f).exit_clock = 1e9F;
    });
    run.days(70);
    REQUIRE_MESSAGE(!run.engine.stopped(), run.engine.stop_reason());
    const int left = firms_of(weavers);
    CHECK(left < before / 2);
    std::int64_t sold = 0;
    run.world.on_month = [&](const Barrier&) { sold = run.world.monthly.final_demand[weavers]; };
    run.years(5);
    REQUIRE_MESSAGE(!run.engine.stopped(), run.engine.stop_reason());
    CHECK(firms_of(weavers) > left);
    CHECK(sold > 0);
}
