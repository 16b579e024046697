// E1-E4: expectation, plan, feasible output, orders.
#include "models/firms/production.hpp"
#include "tests/models/rules/near.hpp"

#include <array>
#include <cmath>
#include <cstddef>

using namespace fabrica;

TEST_CASE("E1: expected demand moves a quarter of the way to last month's demand")
{
    CHECK(expectation(100, 120, 0.25) == 105); // 100 + 0.25 * 20
    CHECK(expectation(100, 60, 0.25) == 90);   // 100 - 0.25 * 40
    CHECK(expectation(100, 100, 0.25) == 100); // at rest: exactly
    CHECK(expectation(100, 37, 1) == 37);      // weight 1: the last month is all
}

TEST_CASE("E1: a monthly weight is converted to the days between two reviews")
{
    CHECK(weight_over(0.25, 30) == 0.25);         // exactly
    CHECK(weight_over(0.19, 15) == near(0.1));    // 1 - 0.81^(1/2) = 1 - 0.9
    CHECK(weight_over(0.19, 60) == near(0.3439)); // 1 - 0.81^2 = 1 - 0.6561
    CHECK(weight_over(1, 7) == 1);
    // Two half months do what one month does: 1 - (1 - 0.1)^2 = 0.19.
    const double half = weight_over(0.19, 15);
    CHECK(expectation(expectation(100, 200, half), 200, half) == near(expectation(100, 200, 0.19)));
}

TEST_CASE("E2: planned output closes the gap of stock and backlog over the adjustment time")
{
    // 10 a day, no backlog, 15 days of stock wanted = 150, stock 150: make what is sold
    CHECK(planned_output(10, 0, 150, 15, 90) == 10);
    // stock 60: 10 + (150 - 60) / 90 = 11; with 90 of backlog one more
    CHECK(planned_output(10, 0, 60, 15, 90) == 11);
    CHECK(planned_output(10, 90, 60, 15, 90) == 12);
    // stock 1140: 10 + (150 - 1140) / 90 = -1: nothing is made
    CHECK(planned_output(10, 0, 1140, 15, 90) == 0);
    CHECK(planned_output(0, 0, 0, 15, 90) == 0);
}

TEST_CASE("E3: the scarcest of plan, capacity, labour and inputs decides (Leontief unit)")
{
    // planned 1, 2, 0; labour 1, 2, 3 x productivity 1, 2, 3; capital 1, 2, 3 x 1, 0, 3; materials 1, 2, 3 x 1, 2, 3
    //   firm 1: min(1, 1, 1, 1) = 1;  firm 2: min(2, 0, 4, 4) = 0;  firm 3: min(0, 9, 9, 9) = 0
    const std::array<double, 3> planned{1, 2, 0}, stock{1, 2, 3}, productivity{1, 2, 3}, of_capital{1, 0, 3},
        expected{1, 0, 0};
    for (std::size_t i = 0; i < 3; ++i) {
        const double made = feasible_output(planned[i], stock[i] * of_capital[i], stock[i] * productivity[i]);
        CHECK(std::min(made, input_limit(stock[i], 1 / productivity[i])) == expected[i]);
    }
    CHECK(feasible_output(5, 4, 3) == 3);
    CHECK(feasible_output(5, 4, 6) == 4);
    CHECK(input_limit(30, 0.25) == 120); // 0.25 a unit: 30 are enough for 120
}

TEST_CASE("E4: an order covers a month's use and a part of the gap of stock and pipeline")
{
    // use 2 a day, 25 days to be covered = 50; stock 30 and pipeline 20 cover it: order 30 days = 60
    CHECK(order_quantity(2, 30, 25, 30, 20, 4) == 60);
    // stock 10 only: 60 + (50 - 10 - 20) / 4 = 65
    CHECK(order_quantity(2, 30, 25, 10, 20, 4) == 65);
    // what is on order counts: pipeline 60 instead of 20 takes 40 / 4 = 10 off
    CHECK(order_quantity(2, 30, 25, 10, 60, 4) == 55);
}

TEST_CASE("E4: an order is never negative")
{
    CHECK(order_quantity(2, 30, 25, 1000, 0, 4) == 0); // 60 + (50 - 1000) / 4 = -177.5
    CHECK(order_quantity(0, 30, 25, 10, 5, 4) == 0);
    CHECK_FALSE(std::signbit(order_quantity(0, 30, 25, 10, 5, 4)));
}

TEST_CASE("E4: a closed loop of orders comes to rest on target without cycling")
{
    // use 2 a day, orders arrive after a month, target 25 days: at each review (stock + pipeline - 50) shrinks to 3/4.
    double stock = 200, gap_before = 1e9;
    for (int month = 0; month < 60; ++month) {
        const double order = order_quantity(2, 30, 25, stock, 0, 4);
        stock += order - 60;
        const double gap = std::abs(stock - 50);
        CHECK(gap <= gap_before);
        gap_before = gap;
    }
    CHECK(stock == doctest::Approx(50).epsilon(1e-4));
}
