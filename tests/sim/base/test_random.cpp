#include "sim/base/check.hpp"
#include "sim/base/random.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include <cmath>
#include <set>

using sim::Draw;

TEST_CASE("Philox4x32-10 gives the published known answers")
{
    // From the file kat_vectors of Random123, rows "philox4x32 10": counter, key, result.
    const auto answer = [](philox4x32_ctr_t counter, philox4x32_key_t key) { return philox4x32_R(10, counter, key); };
    const auto same = [](const philox4x32_ctr_t& a, const philox4x32_ctr_t& b) {
        return std::equal(a.begin(), a.end(), b.begin());
    };
    CHECK(same(answer({{0, 0, 0, 0}}, {{0, 0}}), {{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}}));
    CHECK(same(answer({{~0u, ~0u, ~0u, ~0u}}, {{~0u, ~0u}}), {{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}}));
    CHECK(same(answer({{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}}, {{0xa4093822, 0x299f31d0}}),
               {{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}));
}

TEST_CASE("a draw puts seed, stream, key, occasion, purpose and k where the known answers have them")
{
    CHECK(Draw(0, 0, 0, 0).bits() == 0xe169c58d6627e8d5u);
    CHECK(Draw(~0u, ~sim::Key{0}, 0xFFFF, 0xFFFF, ~0u).bits(~0u) == 0x41c83b0e408f276du);
    // counter words 0x243f6a88, 0x85a308d3 = key; 0x13198a2e = occasion 0x1319, purpose 0x8a2e; 0x03707344 = k
    CHECK(Draw(0xa4093822, 0x85a308d3243f6a88u, 0x8a2e, 0x1319, 0x299f31d0).bits(0x03707344) == 0x94fdccebd16cfe09u);
    CHECK_THROWS_AS(Draw(0, 0, 0, 65536), sim::ContractViolation);
}

TEST_CASE("uniforms lie inside (0, 1) and have mean 1/2 and variance 1/12")
{
    const int n = 200000;
    double sum = 0, squares = 0, low = 1, high = 0;
    for (int i = 0; i < n; ++i) {
        const double u = Draw(1, sim::make_key(i), 2, 3).uniform();
        sum += u;
        squares += u * u;
        low = std::min(low, u);
        high = std::max(high, u);
    }
    CHECK(low > 0);
    CHECK(high < 1);
    CHECK(std::fabs(sum / n - 0.5) < 4 * std::sqrt(1.0 / 12 / n));
    CHECK(std::fabs(squares / n - 1.0 / 3) < 4 * std::sqrt(4.0 / 45 / n)); // Var u^2 = 1/5 - 1/9
}

TEST_CASE("any other argument gives another number")
{
    const std::set<std::uint64_t> all = {Draw(1, 2, 3, 4, 5).bits(6), Draw(9, 2, 3, 4, 5).bits(6),
                                         Draw(1, 9, 3, 4, 5).bits(6), Draw(1, 2, 9, 4, 5).bits(6),
                                         Draw(1, 2, 3, 9, 5).bits(6), Draw(1, 2, 3, 4, 9).bits(6),
                                         Draw(1, 2, 3, 4, 5).bits(9)};
    CHECK(all.size() == 7);
}

TEST_CASE("the normal quantile inverts the normal distribution function")
{
    const auto distribution = [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); };
    for (double p : {1e-300, 1e-100, 1e-20, 1e-9, 0.001, 0.02, 0.0749, 0.0751, 0.3, 0.4999}) {
        CAPTURE(p);
        CHECK(distribution(sim::normal_quantile(p)) == doctest::Approx(p).epsilon(1e-12));
    }
    CHECK(sim::normal_quantile(0.5) == 0.0);
    CHECK(sim::normal_quantile(0.975) == doctest::Approx(1.959963984540054).epsilon(1e-15));
    CHECK(sim::normal_quantile(0.25) == -sim::normal_quantile(0.75));
}

TEST_CASE("the normal quantile rises, and its ranges join within rounding")
{
    double last = -100;
    for (int i = 1; i < 100000; ++i) {
        const double x = sim::normal_quantile(i * 1e-5);
        CHECK_MESSAGE(x > last, i);
        last = x;
    }
    CHECK(std::fabs(sim::normal_quantile(std::nextafter(0.075, 0)) - sim::normal_quantile(0.075)) < 1e-15);
}

TEST_CASE("exponentials have mean 1 and variance 1")
{
    const int n = 200000;
    double sum = 0, squares = 0;
    for (int i = 0; i < n; ++i) {
        const double x = Draw(1, sim::make_key(i), 2, 3).exponential();
        sum += x;
        squares += x * x;
    }
    CHECK(std::fabs(sum / n - 1) < 4 / std::sqrt(n));
    CHECK(std::fabs(squares / n - 2) < 4 * std::sqrt(20.0 / n)); // Var x^2 = 24 - 4
}

TEST_CASE("a Poisson count is the exact quantile: for mean 2, P(0) = 0.1353, P(<= 1) = 0.4060, P(<= 2) = 0.6767")
{
    CHECK(sim::poisson_quantile(2, 0.1353) == 0);
    CHECK(sim::poisson_quantile(2, 0.1354) == 1);
    CHECK(sim::poisson_quantile(2, 0.4060) == 1);
    CHECK(sim::poisson_quantile(2, 0.4061) == 2);
    CHECK(sim::poisson_quantile(2, 0.6767) == 3);
    CHECK(sim::poisson_quantile(0, 0.999999) == 0);
    CHECK(sim::poisson_quantile(300, 1 - 0x1p-53) < 500);
}

TEST_CASE("a higher mean never gives a lower count, and the two methods meet at a mean of 500")
{
    for (const double u : {0.001, 0.2, 0.5, 0.8, 0.999}) {
        std::int64_t last = 0;
        for (double mean = 0; mean < 1000; mean += 0.7) {
            const std::int64_t n = sim::poisson_quantile(mean, u);
            CHECK(n >= last);
            last = n;
        }
        CHECK(std::abs(sim::poisson_quantile(500.0, u) - sim::poisson_quantile(500.0001, u)) <= 1);
    }
}
