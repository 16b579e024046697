// Toyland at rest, worked by hand: what each sector makes in a year, and who is paid what for it. Amounts in m yuan a year of 365 days.
#include "tests/models/support.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace fabrica;
using bench::Run;

namespace {

constexpr double days = 360.0 / 365; // a year of the test's calendar, of one of the table

// The first day. Depreciation is 0.08 of fixed assets, which are 0.25 of output: 0.02 of output is invested, three quarters of it in tools.
// Final demand for tools is 560 less the 39 that the table lists as investment of manufacturers: 521. So
//     cloth c = 0.25 c + 300                               = 400
//     ore   x = 0.1 x + 0.3 t + 660                        = 733.3333 + t / 3
//     tools t = 0.2 x + 0.1 c + 521 + 0.015 (x + t + c)    : 0.985 t = 0.215 x + 567, 0.9133333 t = 724.6667
constexpr double first_tools = 724.6666667 / 0.9133333333, first_ore = (660 + 0.3 * first_tools) / 0.9,
                 first_cloth = 400; // 793.43, 997.81

// At rest. A year of 360 days still has twelve months of depreciation, so per day of demand investment is 365 / 360 of that:
//     investment = 0.02 (x0 + t0 + c0) * 365 / 360         = 44.43
//     tools t = 0.2 x + 40 + 521 + 0.75 investment         : (1 - 0.2 / 3) t = 146.6667 + 561 + 33.33
constexpr double investment = 0.02 * (first_ore + first_tools + first_cloth) / days;
constexpr double tools = (0.2 * 660 / 0.9 + 561 + 0.75 * investment) / (1 - 0.2 / 3), ore = (660 + 0.3 * tools) / 0.9,
                 cloth = 400; // 793.92, 997.97

constexpr std::array<double, 3> first_output{first_ore, first_tools, first_cloth}, output{ore, tools, cloth};

/// Toyland at rest, with firms that differ in nothing but size and place.
bench::Scenario toyland(const char* spin_up)
{
    return bench::load("toyland", bench::at_rest({spin_up, "population.efficiency_sd=0", "state_firms.efficiency_gap=0",
                                                  "state_firms.jobs_weight=0", "state_firms.output_weight=0"}));
}

/// The year after twenty of spin-up, and what every account gained in it.
struct Year {
    Run run{toyland("population.spin_up_years=20")};
    std::vector<std::int64_t> before;

    Year()
    {
        run.years(20);
        before = run.world.books.account;
        run.years(1);
    }
    /// @return m yuan of a 365-day year
    [[nodiscard]] double gained(std::size_t account) const
    {
        return static_cast<double>(run.world.books.account[account] - before[account]) * 1e-8 / days;
    }
    [[nodiscard]] double flow(std::vector<double> bench::Month::*series, std::size_t sector, double unit) const
    {
        double sum = 0;
        for (const auto& m : run.recorded()) sum += (m.*series)[sector];
        return sum * unit / days;
    }
};

const Year& year()
{
    static const Year one;
    return one;
}

constexpr double milli_to_m = 1e-9, fen_to_m = 1e-8;

doctest::Approx about(double value) { return doctest::Approx(value).epsilon(1e-5); }

} // namespace

TEST_CASE("the arithmetic above is that of the table")
{
    CHECK(first_tools == doctest::Approx(793.4307).epsilon(1e-6));
    CHECK(first_ore == doctest::Approx(997.8102).epsilon(1e-6));
    CHECK(tools == doctest::Approx(793.9198).epsilon(1e-6));
    CHECK(ore == doctest::Approx(997.9733).epsilon(1e-6));
}

TEST_CASE("the built day plans the first day's output")
{
    const Run run(toyland("population.spin_up_years=0"));
    std::array<double, 3> planned{};
    run.each_firm([&](const Firm& f) { planned[f.sector] += f.daily_rate * 365 * milli_to_m; });
    for (std::size_t s = 0; s < 3; ++s) CHECK(planned[s] == doctest::Approx(first_output[s]).epsilon(1e-7));
}

TEST_CASE("a year at rest makes, and sells, what its uses take")
{
    for (std::size_t s = 0; s < 3; ++s) {
        INFO(year().run.world.nation.sectors[s].code);
        CHECK(year().flow(&bench::Month::output, s, milli_to_m) == about(output[s]));
        CHECK(year().flow(&bench::Month::sales, s, milli_to_m) == about(output[s]));
        CHECK(year().flow(&bench::Month::revenue, s, fen_to_m) == about(output[s])); // prices are 1
        CHECK(year().run.world.sector[s].price == about(1));
    }
}

TEST_CASE("wages are the labour coefficient times output")
{
    const std::array<double, 3> labour{0.30, 0.25, 0.20};
    double all = 0;
    year().run.each_firm([&](const Firm& f) {
        all += static_cast<double>(f.wage) * static_cast<double>(f.workers) * 1e-3 * 12 * fen_to_m / days;
    });
    CHECK(all == doctest::Approx(0.30 * ore + 0.25 * tools + 0.20 * cloth).epsilon(1e-4));
    std::array<double, 3> by_sector{};
    year().run.each_firm([&](const Firm& f) {
        by_sector[f.sector] +=
            static_cast<double>(f.wage) * static_cast<double>(f.workers) * 1e-3 * 12 * fen_to_m / days;
    });
    for (std::size_t s = 0; s < 3; ++s) CHECK(by_sector[s] == doctest::Approx(labour[s] * output[s]).epsilon(1e-4));
}

TEST_CASE("manufacturers invest what their machines lose")
{
    double spent = 0;
    for (std::size_t s = 0; s < 3; ++s) spent += year().flow(&bench::Month::investment, s, fen_to_m);
    CHECK(spent == about(investment));
}

TEST_CASE("imports are what inputs and final users take from abroad")
{
    CHECK(year().flow(&bench::Month::imports, 0, fen_to_m) == about(0.10 * tools));
    CHECK(year().flow(&bench::Month::imports, 1, fen_to_m) == about(0.05 * ore + 30));
    CHECK(year().flow(&bench::Month::imports, 2, fen_to_m) == about(0.05 * cloth + 20));
}

TEST_CASE("LAND sells 0.05, 0.05 and 0.20 of output and buys 150")
{
    const auto& w = year().run.world;
    CHECK(year().gained(w.accounts.outside(0)) ==
          doctest::Approx(0.05 * ore + 0.05 * tools + 0.20 * cloth - 150).epsilon(1e-4));
}

TEST_CASE("TOWN sells services and a quarter of all machines and buys 380")
{
    const auto& w = year().run.world;
    // services: a part of the table's 0.10 of normal revenue (what capacity of the first day brings), every month alike
    const double services = w.config.production.overhead_scale * 0.10 * (first_ore + first_tools + first_cloth);
    CHECK(year().gained(w.accounts.outside(1)) == doctest::Approx(services + 0.25 * investment - 380).epsilon(1e-4));
}

TEST_CASE("provinces get production tax; the island pays for 360 of exports")
{
    const auto& w = year().run.world;
    CHECK(year().gained(w.accounts.province(0)) + year().gained(w.accounts.province(1)) ==
          doctest::Approx(0.05 * ore + 0.05 * tools + 0.03 * cloth).epsilon(1e-4));
    CHECK(year().gained(w.accounts.partner(0)) == about(-360));
}

TEST_CASE("all the money of toyland is somebody's debt")
{
    const auto& b = year().run.world.books;
    std::int64_t sum = b.firms[0] + b.payments_under_way;
    for (const auto x : b.account) sum += x;
    CHECK(sum == 0);
}
