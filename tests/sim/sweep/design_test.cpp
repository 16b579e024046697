#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/sweep/design.hpp"

using namespace sim::sweep;

TEST_CASE("a latin hypercube has one point in each stratum of each axis")
{
    constexpr std::size_t n = 37;
    const Points points = latin_hypercube(n, 5, 1);
    REQUIRE(points.size() == n);
    for (std::size_t k = 0; k < 5; ++k) {
        std::set<int> strata;
        for (const auto& point : points) strata.insert(static_cast<int>(std::floor(point[k] * n)));
        CHECK(strata.size() == n);
        CHECK(*strata.begin() == 0);
        CHECK(*strata.rbegin() == static_cast<int>(n) - 1);
    }
    CHECK(latin_hypercube(n, 5, 1) == points);
    CHECK(latin_hypercube(n, 5, 2) != points);
}

TEST_CASE("the axes of a latin hypercube are ordered apart")
{
    const Points points = latin_hypercube(400, 2, 1);
    double product = 0;
    for (const auto& point : points) product += (point[0] - 0.5) * (point[1] - 0.5);
    CHECK(std::abs(product / 400 * 12) < 0.15); // a correlation; its standard deviation is 1 / sqrt(400) = 0.05
}

TEST_CASE("the Sobol sequence begins as published, and a longer design begins with a shorter one")
{
    const Points points = sobol(7, 2);
    const Points known = {{0.5, 0.5},     {0.75, 0.25},   {0.25, 0.75},  {0.375, 0.375},
                          {0.875, 0.875}, {0.625, 0.125}, {0.125, 0.625}};
    CHECK(points == known);
    const Points longer = sobol(20, 2);
    CHECK(std::equal(points.begin(), points.end(), longer.begin()));
    const Points third = sobol(3, 3);
    CHECK(third[1] == std::vector<double>{0.75, 0.25, 0.25});
}

TEST_CASE("2^k - 1 points of Sobol with the origin fill each of 2^k strata of every axis once")
{
    const Points points = sobol(63, 40);
    for (std::size_t k = 0; k < 40; ++k) {
        std::set<int> strata;
        for (const auto& point : points) strata.insert(static_cast<int>(point[k] * 64));
        CHECK(strata.size() == 63);
        CHECK(*strata.begin() == 1); // the origin has stratum 0
    }
}

TEST_CASE("Saltelli's blocks are A, B, and A with one column of B")
{
    constexpr std::size_t n = 8, d = 3;
    const Points points = saltelli(n, d);
    REQUIRE(points.size() == n * (d + 2));
    const Points both = sobol(n, 2 * d);
    for (std::size_t i = 0; i < n; ++i) {
        const auto &a = points[i], &b = points[n + i];
        CHECK(std::equal(a.begin(), a.end(), both[i].begin()));
        CHECK(std::equal(b.begin(), b.end(), both[i].begin() + d));
        for (std::size_t k = 0; k < d; ++k) {
            std::vector<double> mixed = a;
            mixed[k] = b[k];
            CHECK(points[(2 + k) * n + i] == mixed);
        }
    }
}

TEST_CASE("in a trajectory of Morris each axis moves once, by two of three thirds")
{
    constexpr std::size_t trajectories = 50, d = 4;
    const Points points = morris(trajectories, d, 1);
    REQUIRE(points.size() == trajectories * (d + 1));
    std::set<std::size_t> first_moved;
    for (std::size_t t = 0; t < trajectories; ++t) {
        std::set<std::size_t> moved;
        for (std::size_t s = 0; s < d; ++s) {
            const auto &from = points[t * (d + 1) + s], &to = points[t * (d + 1) + s + 1];
            std::size_t changes = 0;
            for (std::size_t k = 0; k < d; ++k) {
                CHECK(std::abs(to[k] * 3 - std::round(to[k] * 3)) < 1e-12);
                CHECK(to[k] >= 0);
                CHECK(to[k] <= 1);
                if (from[k] == to[k]) continue;
                ++changes;
                moved.insert(k);
                if (s == 0) first_moved.insert(k);
                CHECK(std::abs(std::abs(to[k] - from[k]) - 2.0 / 3) < 1e-12);
            }
            CHECK(changes == 1);
        }
        CHECK(moved.size() == d);
    }
    CHECK(first_moved.size() == d); // the order is random
    const Points longer = morris(trajectories + 3, d, 1);
    CHECK(std::equal(points.begin(), points.end(), longer.begin()));
}

TEST_CASE("a full factorial design has every combination once, the last axis fastest")
{
    const auto all = full_factorial({2, 1, 3});
    REQUIRE(all.size() == 6);
    CHECK(all[0] == std::vector<std::size_t>{0, 0, 0});
    CHECK(all[1] == std::vector<std::size_t>{0, 0, 1});
    CHECK(all[3] == std::vector<std::size_t>{1, 0, 0});
    CHECK(full_factorial({2, 0}).empty());
}
