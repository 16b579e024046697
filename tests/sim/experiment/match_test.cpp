#include "sim/experiment/match.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

using sim::experiment::Match;
using sim::experiment::match;

TEST_CASE("a proportional response is matched by the first secant")
{
    const Match m = match([](double x) { return 0.25 * x; }, 0.01, 100);
    CHECK(m.is_found);
    CHECK(m.factor == doctest::Approx(4));
    CHECK(m.evaluations == 2);
}

TEST_CASE("a dial that already agrees is left alone")
{
    const Match m = match([](double) { return 1.009; }, 0.01, 100);
    CHECK(m.is_found);
    CHECK(m.factor == 1);
    CHECK(m.evaluations == 1);
}

TEST_CASE("bent, kinked and stepped responses are matched from above and from below")
{
    const auto bent = [](double x) { return 3 * x * x; };                     // 1 at 0.577
    const auto saturating = [](double x) { return 1.2 * x / (1 + 0.9 * x); }; // 1 at 3.333
    const auto late = [](double x) { return x < 5 ? 0.0 : (x - 5) / 10; };    // nothing below 5, 1 at 15
    const auto stepped = [](double x) { return std::floor(200 * x) / 100; };  // 1 at 0.5
    CHECK(match(bent, 0.01, 100).factor == doctest::Approx(0.57735).epsilon(0.006));
    CHECK(match(saturating, 0.001, 100).factor == doctest::Approx(10.0 / 3).epsilon(0.005));
    CHECK(match(late, 0.01, 100).factor == doctest::Approx(15).epsilon(0.01));
    CHECK(match(stepped, 0.01, 100).factor == doctest::Approx(0.5).epsilon(0.011));
    for (const auto& m : {match(bent, 0.01, 100), match(saturating, 0.001, 100), match(late, 0.01, 100)}) {
        CHECK(m.is_found);
        CHECK(m.evaluations <= 12);
    }
}

TEST_CASE("what cannot be reached is said")
{
    const Match limited = match([](double x) { return 0.1 * x; }, 0.01, 5);
    CHECK_FALSE(limited.is_found);
    CHECK(limited.factor == 5);
    CHECK(limited.ratio == doctest::Approx(0.5));
    CHECK_FALSE(match([](double) { return 0.0; }, 0.01, 100).is_found);
    CHECK_FALSE(match([](double) { return std::numeric_limits<double>::quiet_NaN(); }, 0.01, 100).is_found);
    const Match jump = match([](double x) { return x < 0.7 ? 0.5 : 2.0; }, 0.01, 100);
    CHECK_FALSE(jump.is_found);
    CHECK(jump.evaluations == 20);
}
