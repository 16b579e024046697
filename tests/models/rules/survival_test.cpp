// E15, E16: hazard, option value, entry.
#include "models/firms/exit.hpp"
#include "tests/models/rules/near.hpp"

#include <cmath>

using namespace fabrica;

TEST_CASE("E15: the hazard is that of the year of life, and the last one holds beyond")
{
    const std::vector<double> by_age{0.02, 0.10, 0.05};
    const auto hazard = [&](double age) { return closure_hazard(by_age, age, 10, 0.06, 1, -0.12, 2.5); };
    CHECK(hazard(0) == near(0.02)); // first year of life
    CHECK(hazard(0.99) == near(0.02));
    CHECK(hazard(1) == near(0.10));
    CHECK(hazard(2.5) == near(0.05));
    CHECK(hazard(40) == near(0.05));
}

TEST_CASE("E15: the hazard falls with size and with profit")
{
    const std::vector<double> by_age{0.08};
    CHECK(closure_hazard(by_age, 3, 10, 0.06, 0.5, -0.12, 2.5) == near(0.04));                // scale one half
    CHECK(closure_hazard(by_age, 3, 1000, 0.06, 1, -0.5, 2.5) == near(0.008));                // 100^-0.5 = 1/10
    CHECK(closure_hazard(by_age, 3, 10, 0.46, 1, -0.12, 2.5) == near(0.08 * std::exp(-1.0))); // 2.5 * 0.4
    CHECK(closure_hazard(by_age, 3, 10, -0.34, 1, -0.12, 2.5) ==
          near(0.08 * std::exp(0.9))); // returns count from -0.3: 2.5 * 0.36
    CHECK(closure_hazard(by_age, 3, 10, 9.0, 1, -0.12, 2.5) == near(0.08 * std::exp(-1.1))); // up to 0.5: 2.5 * 0.44
}

TEST_CASE("E15: closing pays when the scrap is worth more than what the firm will earn")
{
    // 10 a year over 0.08 + 0.02 are worth 100
    CHECK_FALSE(exit_pays(99, 10, 0.08, 0.02));
    CHECK_FALSE(exit_pays(100, 10, 0.08, 0.02));
    CHECK(exit_pays(101, 10, 0.08, 0.02));
    CHECK(exit_pays(0, -1, 0.08, 0.02)); // losses for ever
}

TEST_CASE("E15: a firm of several plants closes one, or the part that a year allows")
{
    CHECK(share_to_close(0.09, 0.05, 0.2) == 1);         // one plant: all of it
    CHECK(share_to_close(0.1, 0.05, 0) == 0.5);          // one of two
    CHECK(share_to_close(0.1, 0.05, 0.2) == 0.5);        // at least one
    CHECK(share_to_close(0.2, 0.05, 0.2) == near(0.25)); // one of four
    CHECK(share_to_close(0.5, 0.05, 0.2) == near(0.2));  // two of ten
    CHECK(share_to_close(0.5, 0.05, 0) == near(0.1));    // one of ten
}

TEST_CASE("E16: entrants of a cell and month")
{
    // 0.12 / 12 * 1000 firms * 0.3 = 3 a month at normal demand, return and growth
    const auto entrants = [](double demand, double kappa, double excess_return, double excess_growth, double subsidy) {
        return expected_entrants(0.12, 1000, 0.3, demand, kappa, 5, excess_return, 8, excess_growth, subsidy);
    };
    CHECK(entrants(1, 1, 0, 0, 0) == near(3));
    // demand per firm doubled, kappa 1: twice as many; kappa 0: no difference
    CHECK(entrants(2, 1, 0, 0, 0) == near(6));
    CHECK(entrants(2, 0, 0, 0, 0) == near(3));
    // return 10 points above normal, eta 5, subsidy a fifth of the cost: e^(0.5 + 0.2)
    CHECK(entrants(1, 1, 0.1, 0, 0.2) == near(3 * std::exp(0.7)));
    // growth 2 points below what was expected, xi 8: e^-0.16
    CHECK(entrants(1, 1, 0, -0.02, 0) == near(3 * std::exp(-0.16)));
}

TEST_CASE("E16: the pull on entrants is kept between e^-1.5 and e^1.5")
{
    CHECK(expected_entrants(0.12, 1000, 0.3, 100, 1, 5, 1, 8, 0.1, 3) == near(3 * std::exp(1.5)));
    CHECK(expected_entrants(0.12, 1000, 0.3, 0.001, 1, 5, -1, 8, -0.1, 0) == near(3 * std::exp(-1.5)));
}

TEST_CASE("E15: one of both is enough for distress: no money, or debts above all that there is")
{
    CHECK(is_in_distress(Money{-1}, yuan(500))); // rich, but cannot pay
    CHECK(is_in_distress(yuan(500), Money{-1})); // can pay, but owes more than it has
    CHECK(is_in_distress(Money{-1}, Money{-1}));
    CHECK_FALSE(is_in_distress(Money{}, Money{}));
    CHECK_FALSE(is_in_distress(yuan(1), yuan(1)));
}
