// E22: staff and wages.
#include "models/labour/jobs.hpp"
#include "tests/models/rules/near.hpp"

using namespace fabrica;

TEST_CASE("E22: desired staff makes the planned output and has some slack")
{
    // 900 a day at 3 a worker = 300 workers, a tenth more = 330, in thousandths
    CHECK(desired_staff(900, 3, 0.1) == near(330000));
    CHECK(desired_staff(0, 3, 0.1) == 0);
}

TEST_CASE("E22: hiring and firing close a part of the gap, and the pool may ration hires")
{
    CHECK(adjusted_staff(300000, 330000, 0.3, 0.2, 1) == 309000);   // + 0.3 * 30 000
    CHECK(adjusted_staff(300000, 330000, 0.3, 0.2, 0.5) == 304500); // half of them found
    CHECK(adjusted_staff(300000, 270000, 0.3, 0.2, 0.5) == 294000); // - 0.2 * 30 000: the pool does not matter
    CHECK(adjusted_staff(300000, 270000, 0.3, 0, 1) == 300000);     // nobody is laid off
    CHECK(adjusted_staff(300000, 300000, 0.3, 0.2, 1) == 300000);
    CHECK(adjusted_staff(10, -1000, 1, 1, 1) == 0); // never negative
}

TEST_CASE("E22: wages grow faster when fewer are unemployed than usual")
{
    CHECK(wage_growth(0.065, 0.3, 0.05, 0.05) == near(0.065));
    CHECK(wage_growth(0.065, 0.3, 0.05, 0.02) == near(0.074)); // + 0.3 * 3 points
    CHECK(wage_growth(0.065, 0.3, 0.05, 0.10) == near(0.05));  // - 0.3 * 5 points
}
