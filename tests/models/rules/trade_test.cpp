// E7, E28: home against imported goods; final demand at a relative price.
#include "models/trade/imports.hpp"
#include "tests/models/rules/near.hpp"

using namespace fabrica;

TEST_CASE("E7: home over imported goods moves with the relative price to the power sigma")
{
    // 0.8 / 0.2 = 4; imports cost 1.5 times as much and sigma is 2: 4 * 2.25 = 9, so 9 / 10
    CHECK(home_share(0.8, 1.5, 2) == near(0.9));
    // imports at half the price: 4 / 4 = 1, so 1 / 2
    CHECK(home_share(0.8, 0.5, 2) == near(0.5));
}

TEST_CASE("E7: nothing moves at equal prices, with sigma 0, or where there is no choice")
{
    CHECK(home_share(0.8, 1, 3) == near(0.8));
    CHECK(home_share(0.8, 1.7, 0) == near(0.8));
    CHECK(home_share(0, 1.7, 3) == 0);
    CHECK(home_share(1, 0.2, 3) == 1);
}

TEST_CASE("E7: critical imports stay when the rest gives way to home goods")
{
    // h0 = 0.8 and half of the imports critical: a tenth of all, fixed with sigma_c 0. The rest is 0.8 / 0.1 home to imported;
    // imports cost 1.5 times as much and sigma is 2: 8 * 2.25 = 18, so home is 0.9 * 18 / 19 = 16.2 / 19
    CHECK(home_share(0.8, 1.5, ImportRule{2, 0.5, 0}) == near(16.2 / 19));
    // all imports critical, sigma_c 0: nothing moves, whatever the price
    CHECK(home_share(0.8, 100, ImportRule{2, 1, 0}) == near(0.8));
    // sigma_c 1, price 2: critical to the rest is 0.1 / (0.9 * 2) = 1 / 18, so the rest is 18 / 19; inside it 8 * 4 = 32 to 1
    CHECK(home_share(0.8, 2, ImportRule{2, 0.5, 1}) == near(18.0 / 19 * 32 / 33));
    // at equal prices everything is where it was
    CHECK(home_share(0.8, 1, ImportRule{2, 0.5, 0.1}) == near(0.8));
}

TEST_CASE("E7: without critical imports the rule is the plain one, bit for bit")
{
    for (const double home : {0.0, 0.01, 0.3, 0.8, 0.999, 1.0})
        for (const double price : {0.2, 0.9, 1.0, 1.7})
            CHECK(home_share(home, price, ImportRule{2, 0, 0.1}) == home_share(home, price, 2));
}

TEST_CASE("E28: final demand falls with the relative price")
{
    CHECK(demand_at_price(100, 1, -0.7) == 100);      // exactly
    CHECK(demand_at_price(100, 4, -0.5) == near(50)); // 100 / sqrt(4)
    CHECK(demand_at_price(100, 0.5, -1) == near(200));
    CHECK(demand_at_price(100, 3, 0) == near(100));
}

TEST_CASE("E7: wholesalers import what home makers leave short, up to some days of use")
{
    CHECK(shortage_imports(1000, 500, 3) == 500);  // 3 days of 500 are 1500, and 1000 are there
    CHECK(shortage_imports(-200, 500, 3) == 1700); // 200 are owed besides
    CHECK(shortage_imports(1500, 500, 3) == 0);
    CHECK(shortage_imports(-200, 500, 0) == 0);
}

TEST_CASE("E7: final users import less than they miss when imports are dearer, and never more")
{
    CHECK(bought_abroad_instead(900, 1.5, -1) == 600);
    CHECK(bought_abroad_instead(900, 1, -1) == 900);
    CHECK(bought_abroad_instead(900, 0.5, -1) == 900);
    CHECK(bought_abroad_instead(0, 2, -1) == 0);
}
