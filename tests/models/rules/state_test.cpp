// E13, E14: a state firm is a private firm plus wedges.
#include "models/config.hpp"
#include "models/firms/plan.hpp"
#include "models/firms/state_firm.hpp"
#include "sim/base/random.hpp"
#include "tests/models/rules/near.hpp"

#include <bit>
#include <cmath>

using namespace fabrica;

TEST_CASE("E13: a state owner counts a part of wages and of revenue as gain")
{
    // 1000 - 950 = 50; with 0.3 of a wage bill of 200 and 0.02 of the revenue: 50 + 60 + 20 = 130
    CHECK(perceived_profit(1000, 950, 200, {}) == 50);
    CHECK(perceived_profit(1000, 950, 200, {.jobs = 0.3, .output = 0.02}) == near(130));
}

TEST_CASE("E13: with both weights 0 perceived profit is profit, bit for bit")
{
    for (unsigned i = 0; i < 1000; ++i) {
        const sim::Draw draw(1, i, 1, 0);
        const double revenue = 1e9 * draw.uniform(0), cost = 1e9 * draw.uniform(1), wages = 1e9 * draw.uniform(2);
        CHECK(std::bit_cast<std::uint64_t>(perceived_profit(revenue, cost, wages, {})) ==
              std::bit_cast<std::uint64_t>(revenue - cost));
    }
}

TEST_CASE("E13: what a state firm's price has to cover is less than its cost")
{
    // cost 0.9 of which wages 0.1; 0.3 of them count as gain: 0.9 - 0.03 = 0.87, and with 0.02 of the revenue 0.87 / 1.02
    CHECK(perceived_unit_cost(0.9, 0.1, {.jobs = 0.3}) == near(0.87));
    CHECK(perceived_unit_cost(0.9, 0.1, {.jobs = 0.3, .output = 0.02}) == near(0.87 / 1.02));
    // at that price its perceived profit is nothing
    CHECK(std::abs(perceived_profit(0.87 / 1.02, 0.9, 0.1, {.jobs = 0.3, .output = 0.02})) < 1e-15);
}

TEST_CASE("E13: with both weights 0 the cost to cover is the cost, bit for bit")
{
    for (unsigned i = 0; i < 1000; ++i) {
        const sim::Draw draw(1, i, 1, 0);
        const double cost = draw.uniform(0), wage = draw.uniform(1);
        CHECK(std::bit_cast<std::uint64_t>(perceived_unit_cost(cost, wage, {})) == std::bit_cast<std::uint64_t>(cost));
    }
}

TEST_CASE("E13: only state firms have weights")
{
    Config config{};
    config.state_firms.jobs_weight = 0.3, config.state_firms.output_weight = 0.02;
    Firm firm;
    for (const auto owner : {Ownership::private_owned, Ownership::foreign, Ownership::joint_venture}) {
        firm.ownership = owner;
        CHECK(objective_of(firm, config).jobs == 0);
        CHECK(objective_of(firm, config).output == 0);
    }
    firm.ownership = Ownership::state;
    CHECK(objective_of(firm, config).jobs == 0.3);
    CHECK(objective_of(firm, config).output == 0.02);
}

TEST_CASE("E14: a firm of mean size is bailed out at full room with the probability of its ownership")
{
    CHECK(bail_out_probability(0.5, 0.4, 1, 1, 1) == 0.5);
    CHECK(bail_out_probability(0.02, 0.4, 1, 1, 1) == near(0.02));
}

TEST_CASE("E14: size and fiscal room move the odds of a bail-out")
{
    // odds 1 at one half; sixteen times the mean size with b2 = 1/2: 4 to 1
    CHECK(bail_out_probability(0.5, 0.5, 1, 16, 1) == near(0.8));
    // 1/5 is odds of 1/4; with the same size 1 to 1
    CHECK(bail_out_probability(0.2, 0.5, 1, 16, 1) == near(0.5));
    // no room left, b3 = ln 3: a third of the odds, 1 to 3
    CHECK(bail_out_probability(0.5, 0.4, 1.0986122886681098, 1, 0) == near(0.25));
    // half the room: odds of 1 to sqrt 3
    CHECK(bail_out_probability(0.5, 0.4, 1.0986122886681098, 1, 0.5) == near(1 / (1 + std::sqrt(3.0))));
}

TEST_CASE("E14: never and always are not moved by size or room")
{
    for (const double size : {0.01, 1.0, 1e4}) {
        CHECK(bail_out_probability(0, 0.4, 1, size, 1) == 0);
        CHECK(bail_out_probability(1, 0.4, 1, size, 0) == 1);
    }
}

TEST_CASE("E14: a province pays what brings cash to zero and equity to a tenth of assets, whichever takes more")
{
    // Assets 1000: equity has to be 100. Cash is 80 short, equity 90 below zero: 190 bring it to 100, and cash to 110.
    CHECK(bail_out_money(yuan(-80), yuan(1000), yuan(-90)) == yuan(190));
    // Equity of 70 lacks 30, but cash lacks 80.
    CHECK(bail_out_money(yuan(-80), yuan(1000), yuan(70)) == yuan(80));
    // Cash is there and equity above its tenth: nothing, never less.
    CHECK(bail_out_money(yuan(50), yuan(1000), yuan(100)) == Money{});
    CHECK(bail_out_money(yuan(50), yuan(1000), yuan(400)) == Money{});
    CHECK(bail_out_money(yuan(50), yuan(1000), Money{9999}) == Money{1}); // a fen below the tenth
    // A tenth is rounded to the fen, half away from zero: 12.345 of 123.45.
    CHECK(bail_out_money(Money{}, Money{12345}, Money{}) == Money{1235});
}

TEST_CASE("E14: after a bail-out the accounts of a firm show cash of zero or more, and equity of a tenth of the assets "
          "it had")
{
    Firm f;
    f.cash = yuan(-300), f.debt = yuan(900), f.payables = yuan(100);
    f.fixed_assets = yuan(800), f.stock_cost = yuan(200), f.receivables = yuan(50);
    // Assets 800 + 200 + 50 = 1050; owed 300 + 900 + 100 = 1300; equity -250. To a tenth, 105, it takes 355, which covers the overdraft.
    REQUIRE(assets_of(f) == yuan(1050));
    REQUIRE(equity_of(f) == yuan(-250));
    const Money paid = bail_out_money(f.cash, assets_of(f), equity_of(f));
    CHECK(paid == yuan(355));
    f.cash += paid;
    CHECK(f.cash == yuan(55));
    CHECK(equity_of(f) == yuan(105));
}
