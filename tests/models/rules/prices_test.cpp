// E5, E6: prices, markups, attraction, utility of a supplier.
#include "models/firms/pricing.hpp"
#include "tests/models/rules/near.hpp"

using namespace fabrica;

TEST_CASE("E5: a firm alone in its sector takes more, and the less so the more others there are")
{
    // Elasticity within 4, of the sector 1.2. At a tenth: 0.9 * 4 + 0.12 = 3.72, so 1 / 2.72; at a half: 2.6, so 1 / 1.6; alone: 1 / 0.2.
    const auto more = [](double share) { return dominance_markup(share, 0.1, 4, 1.2); };
    CHECK(more(0.05) == 0);
    CHECK(more(0.1) == 0);
    CHECK(more(0.5) == near(1 / 1.6 - 1 / 2.72));
    CHECK(more(1) == near(5 - 1 / 2.72));
    CHECK(more(1.5) == near(more(1)));              // of last month's assets
    CHECK(dominance_markup(0.5, 0.1, 1, 1.2) == 0); // nobody goes elsewhere for a price: the rule says nothing
    CHECK(dominance_markup(0.9, 1, 4, 1.2) == 0);   // switched off
}

TEST_CASE("E5: the target price is a geometric mean of marked-up cost and the sector's price")
{
    CHECK(target_price(1.0, 0.2, 1.0, 0) == near(1.2)); // cost plus alone
    CHECK(target_price(1.0, 0.2, 1.5, 1) == near(1.5)); // the sector's price alone
    // w = 1/2: sqrt(1.25 * 0.8 * 4) = sqrt(1 * 4) = 2
    CHECK(target_price(0.8, 0.25, 4.0, 0.5) == near(2));
    // Twice the money, twice the price.
    CHECK(target_price(1.6, 0.25, 8.0, 0.5) == near(4));
}

TEST_CASE("E5: a price moves part of the way to its target, in logs")
{
    CHECK(adjusted_price(1, 4, 0.5) == near(2)); // sqrt(4)
    CHECK(adjusted_price(4, 1, 0.5) == near(2));
    CHECK(adjusted_price(2, 3, 1) == near(3));
    CHECK(adjusted_price(2, 2, 0.3) == 2); // at rest: exactly
}

TEST_CASE("E5: a markup grows with the market share and returns to the firm's normal one")
{
    // 0.20 (1 + 0.04 * 0.10) + 0.03 (0.17 - 0.20) = 0.2008 - 0.0009 = 0.1999
    CHECK(adjusted_markup(0.20, 0.17, 0.04, 0.10, 0.1, 1, 0.03) == near(0.1999));
    CHECK(adjusted_markup(0.17, 0.17, 0.04, 0, 0.1, 1, 0.03) == 0.17);
    CHECK(adjusted_markup(0.17, 0.17, 0.04, -0.5, 0.1, 1, 0) == near(0.1666)); // 0.17 * 0.98
}

TEST_CASE("E5: one that sells below cost raises its price too when its share grows")
{
    // -0.10 + 0.10 * 0.04 * 0.5 = -0.098; losing half of its share at once: -0.10 - 0.10 * 0.04 * ln 2 = -0.10277
    CHECK(adjusted_markup(-0.10, -0.10, 0.04, 0.5, 0.1, 1, 0.03) == near(-0.098));
    CHECK(adjusted_markup(-0.10, -0.10, 0.04, -0.6931471805599453, 0.1, 1, 0.03) == near(-0.10277258872223978));
}

TEST_CASE("E5: a firm that cannot serve all its customers raises its markup")
{
    // a fifth is not served, at 0.1: 0.20 (1 + 0.1 * 0.2) = 0.204
    CHECK(adjusted_markup(0.20, 0.20, 0.04, 0, 0.1, 0.8, 0.03) == near(0.204));
    CHECK(adjusted_markup(0.20, 0.20, 0.04, 0, 0, 0.8, 0.03) == 0.20);
}

TEST_CASE("E6: attraction is anchored on capacity")
{
    CHECK(attraction(50, 1, 4, 0, 1, 1) == 50); // no appeal, usual price, all demand filled
    CHECK(attraction(100, 1, 4, 0, 1, 1) == 2 * attraction(50, 1, 4, 0, 1, 1));
    // price 2 with elasticity 4: 50 / 16
    CHECK(attraction(50, 2, 4, 0, 1, 1) == near(3.125));
    // half of the demand filled: ln(2 - 0.5), so 50 / 1.5; with weight 2, 50 / 2.25
    CHECK(attraction(50, 1, 4, 0, 1, 0.5) == near(50 / 1.5));
    CHECK(attraction(50, 1, 4, 0, 2, 0.5) == near(50 / 2.25));
    // appeal ln 3
    CHECK(attraction(50, 1, 4, 1.0986122886681098, 1, 1) == near(150));
}

TEST_CASE("E6: the utility of a supplier falls with price, backlog and crowding")
{
    CHECK(supplier_utility(1, 0, 0, 4, 1, 1.5) == 0);
    CHECK(supplier_utility(2, 0, 0, 4, 1, 1.5) == near(-4 * 0.6931471805599453)); // -4 ln 2
    CHECK(supplier_utility(1, 1, 0, 4, 1, 1.5) == near(-0.6931471805599453));     // -ln(1 + 1)
    CHECK(supplier_utility(1, 0, 0.5, 4, 1, 1.5) == near(-0.75));                 // -1.5 * 0.5
    CHECK(supplier_utility(1, 0, 0.2, 4, 1, 1.5) == 0);                           // up to a fifth nobody is crowded
    CHECK(supplier_utility(2, 1, 0.5, 4, 1, 1.5) == near(-5 * 0.6931471805599453 - 0.75));
}

TEST_CASE("E6: luck with customers moves appeal, and a tenth of what is not normal is gone after a year")
{
    // 0.5 above a normal of 0.25: 0.75 - 0.1 x 0.5 = 0.70; below it by as much: -0.25 + 0.05 = -0.20
    CHECK(static_cast<double>(appeal_after_year(0.75F, 0.25F, 0)) == doctest::Approx(0.70).epsilon(1e-6));
    CHECK(static_cast<double>(appeal_after_year(-0.25F, 0.25F, 0)) == doctest::Approx(-0.20).epsilon(1e-6));
    CHECK(appeal_after_year(0.25F, 0.25F, 0) == 0.25F);                          // at rest: exactly
    CHECK(static_cast<double>(appeal_after_year(0.25F, 0.25F, 0.125)) == 0.375); // the shock alone
    // Ten years without luck leave 0.9^10 = 0.34868 of it.
    float appeal = 1;
    for (int year = 0; year < 10; ++year) appeal = appeal_after_year(appeal, 0, 0);
    CHECK(static_cast<double>(appeal) == doctest::Approx(0.34868).epsilon(1e-4));
}
