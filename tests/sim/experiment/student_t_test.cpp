#include "sim/experiment/student_t.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "sim/base/check.hpp"
#include "sim/base/random.hpp"

using sim::experiment::student_t_quantile;
using sim::experiment::student_t_within;

namespace {

struct Row {
    int degrees_of_freedom;
    double p, t;
};

} // namespace

TEST_CASE("quantiles of Student's t agree with the printed tables")
{
    // Upper percentage points as in any table of the distribution, to their last printed digit.
    for (const Row row :
         {Row{1, 0.975, 12.706}, Row{2, 0.95, 2.920}, Row{3, 0.9995, 12.924}, Row{4, 0.975, 2.776}, Row{5, 0.99, 3.365},
          Row{10, 0.995, 3.169}, Row{15, 0.975, 2.131}, Row{15, 0.995, 2.947}, Row{30, 0.975, 2.042},
          Row{30, 0.9995, 3.646}, Row{60, 0.95, 1.671}, Row{120, 0.975, 1.980}}) {
        INFO(row.degrees_of_freedom, " degrees of freedom, p ", row.p);
        CHECK(std::abs(student_t_quantile(row.p, row.degrees_of_freedom) - row.t) <= 0.00051);
    }
}

TEST_CASE("one, two and four degrees of freedom have closed forms")
{
    for (const double p : {0.5001, 0.6, 0.9, 0.975, 0.999, 0.99995}) {
        const double one = std::tan(3.14159265358979323846 * (p - 0.5));
        const double a = 4 * p * (1 - p);
        const double two = 2 * (p - 0.5) * std::sqrt(2 / a);
        const double q = std::cos(std::acos(std::sqrt(a)) / 3) / std::sqrt(a);
        const double four = 2 * std::sqrt(q - 1);
        CHECK(student_t_quantile(p, 1) == doctest::Approx(one).epsilon(1e-9));
        CHECK(student_t_quantile(p, 2) == doctest::Approx(two).epsilon(1e-12));
        CHECK(student_t_quantile(p, 4) == doctest::Approx(four).epsilon(1e-9));
    }
}

TEST_CASE("the quantile inverts the probability, is odd about one half, and tends to the normal one")
{
    for (const int n : {1, 2, 3, 15, 16, 99, 1000}) {
        const double t = student_t_quantile(0.975, n);
        CHECK(student_t_within(t, n) == doctest::Approx(0.95).epsilon(1e-13));
        CHECK(student_t_quantile(0.025, n) == -student_t_quantile(1 - 0.025, n));
    }
    const double z = sim::normal_quantile(0.975);
    const int n = 20000;
    CHECK(student_t_quantile(0.975, n) == doctest::Approx(z + (z * z * z + z) / (4.0 * n)).epsilon(1e-8));
}

TEST_CASE("what is no probability is refused")
{
    CHECK_THROWS_AS(student_t_quantile(1, 5), sim::ContractViolation);
    CHECK_THROWS_AS(student_t_quantile(0.5, 0), sim::ContractViolation);
}
