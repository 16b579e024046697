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

TEST_CASE("E28: final demand falls with the relative price")
{
    CHECK(demand_at_price(100, 1, -0.7) == 100);      // exactly
    CHECK(demand_at_price(100, 4, -0.5) == near(50)); // 100 / sqrt(4)
    CHECK(demand_at_price(100, 0.5, -1) == near(200));
    CHECK(demand_at_price(100, 3, 0) == near(100));
}
