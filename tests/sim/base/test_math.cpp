#include "sim/base/hash.hpp"
#include "sim/base/math.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace math = sim::math;

TEST_CASE("elementary functions have these bits on every machine")
{
    CHECK(math::exp(1.0) == 0x1.5bf0a8b145769p+1);   // e
    CHECK(math::log(10.0) == 0x1.26bb1bbb55516p+1);  // 2.302585092994046
    CHECK(math::log2(10.0) == 0x1.a934f0979a371p+1); // 3.321928094887362
    CHECK(math::tanh(0.5) == 0x1.d9353d7568af3p-2);
    CHECK(math::expm1(1e-5) == 0x1.4f8bc681cdfb6p-17);
    CHECK(math::log1p(1e-5) == 0x1.4f8aea9ae7317p-17);
}

TEST_CASE("100 000 values of exp, log and tanh keep their bits")
{
    sim::Hasher exp_bits, log_bits, tanh_bits;
    for (int i = 1; i <= 100000; ++i) {
        const double x = i * 0x1p-10;
        exp_bits.add(math::exp(x - 50));
        log_bits.add(math::log(x));
        tanh_bits.add(math::tanh(x - 50));
    }
    CHECK(exp_bits.value() == 0x4894d6f6e89c1543u);
    CHECK(log_bits.value() == 0x0e00ecdf3515a5d0u);
    CHECK(tanh_bits.value() == 0x4378068652a3aaecu);
}

TEST_CASE("exp and log agree with the C library within 1.5 ulp, pow within 1e-14")
{
    double worst = 0, worst_pow = 0;
    for (int i = 1; i <= 20000; ++i) {
        const double x = i * 0.0017;
        const auto ulps = [](double a, double b) {
            return std::fabs(a - b) / (std::nextafter(std::fabs(b), 1e300) - std::fabs(b));
        };
        worst = std::max({worst, ulps(math::exp(x - 17), std::exp(x - 17)), ulps(math::log(x), std::log(x))});
        worst_pow = std::max(worst_pow, std::fabs(math::pow(x, 1.7) / std::pow(x, 1.7) - 1));
    }
    CHECK(worst <= 1.5);
    CHECK(worst_pow < 1e-14);
    CHECK(math::pow(0.0, 2.0) == 0.0);
}
