// E11, E12: how much is lent, and at what rate.
#include "models/credit/lending.hpp"
#include "tests/models/rules/near.hpp"

#include <cmath>

using namespace fabrica;

TEST_CASE("E11: a loan is the need, up to what the collateral allows")
{
    CHECK(loan_limit(100, 0.6, 1000, 400) == 100); // room 600 - 400 = 200
    CHECK(loan_limit(300, 0.6, 1000, 400) == 200);
    CHECK(loan_limit(300, 0.6, 1000, 700) == 0); // already owes more: never negative
    CHECK(loan_limit(-50, 0.6, 1000, 400) == 0);
}

TEST_CASE("E9, E11: new machines are collateral for the loan that pays them")
{
    // Room 0.75 x 1000 - 700 = 50. A loan of 200 makes 900 owed on 1200, which is 0.75 again; with 30 of own money 230 can be laid out.
    CHECK(largest_outlay(30, 0.75, 1000, 700) == near(230));
    CHECK(largest_outlay(30, 0.75, 1000, 800) == near(30)); // no room: own money only
    CHECK(largest_outlay(0, 0.75, 1000, 750) == 0);
    CHECK(largest_outlay(0, 0, 1000, 0) == 0); // nobody lends
    CHECK(std::isinf(largest_outlay(0, 1, 1000, 700)));
}

TEST_CASE("E12: the rate adds spreads of owner and size and a part for leverage")
{
    // 3.5 % + 2 % + 1.5 % + 1 % * 0.5 = 7.5 %
    CHECK(loan_rate(0.035, 0.02, 0.015, 0.01, 0.5) == near(0.075));
    CHECK(loan_rate(0.035, -0.01, 0, 0.01, 0.5) == near(0.03)); // a state firm
    CHECK(loan_rate(0.035, 0, 0, 0.01, 7) == near(0.045));      // leverage counts up to 1
    CHECK(loan_rate(0.035, 0, 0, 0.01, -2) == near(0.035));
    CHECK(loan_rate(0.005, -0.02, 0, 0.01, 0.5) == 0); // never below zero
}

TEST_CASE("E11: cash is asked for below half of its target, and from nothing on")
{
    // 1000 yuan are aimed at. At half, 500, nothing is asked for, nor above; 400 are 100 below the half: 1000 - 2 x 400 = 200.
    CHECK(cash_gap(yuan(1000), yuan(1200)) == 0);
    CHECK(cash_gap(yuan(1000), yuan(500)) == 0);
    CHECK(cash_gap(yuan(1000), Money{49999}) == 2); // a fen below the half
    CHECK(cash_gap(yuan(1000), yuan(400)) == 200 * 100);
    CHECK(cash_gap(yuan(1000), yuan(0)) == 1000 * 100);   // all of the target
    CHECK(cash_gap(yuan(1000), yuan(-50)) == 1100 * 100); // an overdraft counts twice as well
}
