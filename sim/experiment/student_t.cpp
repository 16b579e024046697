#include "sim/experiment/student_t.hpp"

#include <cmath>

#include "sim/base/check.hpp"

namespace sim::experiment {
namespace {

constexpr double pi = 3.14159265358979323846;

/// Arc tangent of x >= 0 with the same bits on every machine: the angle is halved four times, then the series.
double arc_tangent(double x)
{
    for (int i = 0; i < 4; ++i) x /= 1 + std::sqrt(1 + x * x);
    double sum = 0, power = x;
    for (int k = 1; k < 25; k += 2, power *= -x * x) sum += power / k;
    return 16 * sum;
}

/// 1 + a c2 + a b c2^2 + ..., where the k-th factor is (k - 1) / k for k = first, first + 2, ..., last.
double finite_sum(int first, int last, double c2)
{
    double term = 1, sum = 1;
    for (int k = first; k <= last; k += 2) term *= c2 * (k - 1) / k, sum += term;
    return sum;
}

} // namespace

double student_t_within(double t, int degrees_of_freedom)
{
    require(t >= 0 && degrees_of_freedom >= 1, "Student's t takes t >= 0 and at least one degree of freedom");
    const double n = degrees_of_freedom;
    const double c2 = n / (n + t * t), s = t / std::sqrt(n + t * t);
    if (degrees_of_freedom % 2 == 0) return s * finite_sum(2, degrees_of_freedom - 2, c2);
    const double angle = arc_tangent(t / std::sqrt(n));
    const double rest = degrees_of_freedom == 1 ? 0 : s * std::sqrt(c2) * finite_sum(3, degrees_of_freedom - 2, c2);
    return 2 / pi * (angle + rest);
}

double student_t_quantile(double p, int degrees_of_freedom)
{
    require(p > 0 && p < 1, "a probability is in (0, 1)");
    if (p < 0.5) return -student_t_quantile(1 - p, degrees_of_freedom);
    const double within = 2 * p - 1;
    double low = 0, high = 1;
    while (student_t_within(high, degrees_of_freedom) < within && high < 1e300) low = high, high *= 2;
    for (double middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2)
        (student_t_within(middle, degrees_of_freedom) < within ? low : high) = middle;
    return high;
}

} // namespace sim::experiment
