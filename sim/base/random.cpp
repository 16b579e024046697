#include "sim/base/random.hpp"

#include "sim/base/check.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace sim {

namespace {

double polynomial(std::span<const double, 8> coefficients, double x)
{
    double value = coefficients[7];
    for (int i = 6; i >= 0; --i) value = value * x + coefficients[static_cast<std::size_t>(i)];
    return value;
}

// AS 241: numerators and denominators for the centre (|p - 1/2| <= 0.425), the shoulders and the far tails.
constexpr std::array<double, 8> centre_top = {
    3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
    4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3};
constexpr std::array<double, 8> centre_bottom = {1.0,
                                                 4.2313330701600911252e+1,
                                                 6.8718700749205790830e+2,
                                                 5.3941960214247511077e+3,
                                                 2.1213794301586595867e+4,
                                                 3.9307895800092710610e+4,
                                                 2.8729085735721942674e+4,
                                                 5.2264952788528545610e+3};
constexpr std::array<double, 8> shoulder_top = {
    1.42343711074968357734e0, 4.63033784615654529590e0,  5.76949722146069140550e0,  3.64784832476320460504e0,
    1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr std::array<double, 8> shoulder_bottom = {1.0,
                                                   2.05319162663775882187e0,
                                                   1.67638483018380384940e0,
                                                   6.89767334985100004550e-1,
                                                   1.48103976427480074590e-1,
                                                   1.51986665636164571966e-2,
                                                   5.47593808499534494600e-4,
                                                   1.05075007164441684324e-9};
constexpr std::array<double, 8> tail_top = {
    6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,  2.96560571828504891230e-1,
    2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr std::array<double, 8> tail_bottom = {1.0,
                                               5.99832206555887937690e-1,
                                               1.36929880922735805310e-1,
                                               1.48753612908506148525e-2,
                                               7.86869131145613259100e-4,
                                               1.84631831751005468180e-5,
                                               1.42151175831644588870e-7,
                                               2.04426310338993978564e-15};

std::int64_t count_up(double mean, double u)
{
    // u is at most 1 - 2^-53; the sum can stop short of it by rounding, hence the bound.
    const auto last = static_cast<std::int64_t>(mean + 40.0 * math::sqrt(mean) + 60.0);
    double probability = math::exp(-mean);
    double sum = probability;
    std::int64_t n = 0;
    while (sum < u && n < last) {
        ++n;
        probability *= mean / static_cast<double>(n);
        sum += probability;
    }
    return n;
}

} // namespace

double normal_quantile(double p)
{
    const double q = p - 0.5;
    if (std::fabs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * polynomial(centre_top, r) / polynomial(centre_bottom, r);
    }
    const double r = math::sqrt(-math::log(q < 0.0 ? p : 1.0 - p));
    const double z = r <= 5.0 ? polynomial(shoulder_top, r - 1.6) / polynomial(shoulder_bottom, r - 1.6)
                              : polynomial(tail_top, r - 5.0) / polynomial(tail_bottom, r - 5.0);
    return q < 0.0 ? -z : z;
}

std::int64_t poisson_quantile(double mean, double u)
{
    SIM_EXPECT(mean >= 0.0 && u > 0.0 && u < 1.0);
    if (mean <= 500.0) return count_up(mean, u);
    const double z = normal_quantile(u);
    const double root = math::sqrt(mean);
    const double x = mean + root * z + (z * z - 1.0) / 6.0 + (z - z * z * z) / (72.0 * root);
    return std::max<std::int64_t>(0, static_cast<std::int64_t>(std::ceil(x - 0.5)));
}

void Draw::throw_bad_occasion(std::uint32_t occasion)
{
    throw ContractViolation("occasion " + std::to_string(occasion) + " of a draw is not below 65536");
}

} // namespace sim
