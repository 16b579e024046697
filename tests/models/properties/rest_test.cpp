// An economy without growth, noise, entry, exit and shocks stays where it is, and money is only a unit.
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <fmt/format.h>

using namespace fabrica;
using bench::Month;
using bench::Run;

namespace {

/// Five years after twenty of spin-up: monthly sector totals stay within `tolerance`, relative to the first month.
void check_rest(const char* name, double scale, double tolerance)
{
    Run run(bench::load(name, bench::at_rest({"population.spin_up_years=20", fmt::format("run.scale={}", scale)})));
    run.years(25);
    REQUIRE_MESSAGE(!run.engine.stopped(), run.engine.stop_reason());
    const auto months = run.recorded();
    REQUIRE(months.size() == 60);
    const double output = largest_deviation(months, &Month::output), sales = largest_deviation(months, &Month::sales);
    const double jobs = largest_deviation(months, &Month::jobs), price = largest_deviation(months, &Month::price);
    MESSAGE(std::string(name), " at ", scale, ": output ", output, ", sales ", sales, ", jobs ", jobs, ", price ",
            price);
    CHECK(output < tolerance);
    CHECK(sales < tolerance);
    CHECK(jobs < tolerance);
    CHECK(price < tolerance);
}

} // namespace

TEST_CASE("toyland at rest: monthly sector totals stay within 2e-7 for five years") { check_rest("toyland", 1, 2e-7); }

TEST_SUITE("slow")
{
    // Goods are whole thousandths and prices floats: rounding decides when a single firm of a small sector (38 makers of new-energy
    // vehicles) runs out of something for a day. Its part in the total shrinks with the size of the economy simulated.
    TEST_CASE("china at rest with one firm in a thousand: monthly sector totals stay within 1e-7 for five years")
    {
        check_rest("china", 0.001, 1e-7);
    }
}

TEST_SUITE("nightly")
{
    TEST_CASE("china at rest with one firm in a hundred: monthly sector totals stay within 1e-7 for five years")
    {
        check_rest("china", 0.01, 1e-7);
    }
}

TEST_CASE("the first year after the built day stays within 1 % of its plan")
{
    Run run(bench::load("china", bench::at_rest({"population.spin_up_years=0", "run.scale=0.001"})));
    double planned = 0;
    run.each_firm([&](const Firm& f) { planned += 30 * f.daily_rate; });
    run.years(1);
    double worst = 0;
    for (std::size_t m = 0; m < run.months.size(); ++m)
        worst = std::max(worst, std::abs(bench::sum(run.months[m].output) / planned - 1));
    MESSAGE("largest distance of a month's output from the plan: ", worst);
    CHECK(worst < 0.01);
    CHECK(largest_deviation(run.months, &Month::price) < 0.01);
}

namespace {

/// Two years of china at rest, at the price level of the scenario and at one per cent more.
struct TwoLevels {
    std::vector<Month> before, after;

    /// Largest relative distance of any sector's month from `factor` times what it was.
    [[nodiscard]] double worst(std::vector<double> Month::*series, double factor) const
    {
        double most = 0;
        for (std::size_t m = 0; m < before.size(); ++m)
            for (std::size_t s = 0; s < (before[m].*series).size(); ++s)
                most = std::max(most, std::abs((after[m].*series)[s] / (before[m].*series)[s] / factor - 1));
        return most;
    }

    /// Largest distance of any sector's month.
    [[nodiscard]] double worst_count(std::vector<double> Month::*series) const
    {
        double most = 0;
        for (std::size_t m = 0; m < before.size(); ++m)
            for (std::size_t s = 0; s < (before[m].*series).size(); ++s)
                most = std::max(most, std::abs((after[m].*series)[s] - (before[m].*series)[s]));
        return most;
    }

    /// Largest relative distance of the nation's month from `factor` times what it was.
    [[nodiscard]] double nation(std::vector<double> Month::*series, double factor) const
    {
        double most = 0;
        for (std::size_t m = 0; m < before.size(); ++m)
            most = std::max(most, std::abs(bench::sum(after[m].*series) / bench::sum(before[m].*series) / factor - 1));
        return most;
    }
};

std::vector<Month> months_at(const char* level)
{
    Run run(bench::load("china", bench::at_rest({"run.scale=0.002", "population.spin_up_years=1",
                                                 std::string("prices.level=") + level})));
    run.years(3);
    REQUIRE_MESSAGE(!run.engine.stopped(), run.engine.stop_reason());
    return run.recorded();
}

const TwoLevels& two_levels()
{
    static const TwoLevels both{months_at("1.0"), months_at("1.01")};
    REQUIRE(both.before.size() == 24);
    REQUIRE(both.after.size() == 24);
    return both;
}

} // namespace

TEST_CASE("one per cent more money: the same goods, one per cent more in every nominal amount")
{
    const TwoLevels& both = two_levels();
    const auto worst = [&](std::vector<double> Month::*series, double factor) { return both.worst(series, factor); };
    MESSAGE("output ", worst(&Month::output, 1), ", jobs ", worst(&Month::jobs, 1), ", price ",
            worst(&Month::price, 1.01), ", revenue ", worst(&Month::revenue, 1.01), ", wages ",
            worst(&Month::wages, 1.01), ", debt ", worst(&Month::debt, 1.01), ", assets ", worst(&Month::assets, 1.01),
            ", investment ", worst(&Month::investment, 1.01), ", imports ", worst(&Month::imports, 1.01));
    CHECK(worst(&Month::output, 1) < 1e-6);
    CHECK(worst(&Month::sales, 1) < 1e-6);
    CHECK(worst(&Month::price, 1.01) < 1e-6);
    CHECK(worst(&Month::revenue, 1.01) < 1e-6);
    CHECK(worst(&Month::investment, 1.01) < 1e-6);
    CHECK(both.nation(&Month::jobs, 1) < 1e-6);
    CHECK(both.nation(&Month::wages, 1.01) < 1e-6);
    // Whole fen of each day's imports, in the smallest sectors at this scale.
    CHECK(worst(&Month::imports, 1.01) < 2e-6);
}

// A known failure, 4 thousandths: with the aims of yearly and lumpy investment a rounding of money moves one more of them.
TEST_CASE("one per cent more money: jobs of each sector to three thousandths" * doctest::should_fail())
{
    // Workers are counted in thousandths: where a sector has 450 of them, three thousandths are 7e-6.
    CHECK(two_levels().worst_count(&Month::jobs) <= 3);
}

// What is asked for rises from nothing as cash falls below half its target, so that a fen never decides over a whole loan.
TEST_CASE("one per cent more money: one per cent more debt and assets")
{
    CHECK(two_levels().worst(&Month::debt, 1.01) < 2e-3);
    CHECK(two_levels().worst(&Month::assets, 1.01) < 1e-3);
}
