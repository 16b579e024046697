#include "sim/base/math.hpp"

#include "sim/base/random.hpp"
#include "sim/bench/measure.hpp"

#include <bit>
#include <limits>

namespace sim::bench {

namespace {

struct Function {
    const char* name;
    double low, high; // of the arguments tried
    double (*ours)(double);
    long double (*exact)(long double); // 64 bits of mantissa, 11 more than a double has
};

double power(double x) { return math::pow(x, 0.7); }
long double exact_power(long double x) { return std::pow(x, static_cast<long double>(0.7)); }

const Function functions[] = {
    {"exp", -50, 50, math::exp, std::exp},        {"log", 1e-6, 1e6, math::log, std::log},
    {"log1p", -0.9, 10, math::log1p, std::log1p}, {"expm1", -5, 5, math::expm1, std::expm1},
    {"log2", 1e-6, 1e6, math::log2, std::log2},   {"tanh", -5, 5, math::tanh, std::tanh},
    {"pow_0.7", 1e-3, 1e3, power, exact_power},
};

std::vector<double> arguments(const Function& f, std::size_t n)
{
    std::vector<double> all;
    for (std::size_t i = 0; i < n; ++i) {
        const double u = unit_interval(mix64(make_key(i)));
        all.push_back(f.low + u * (f.high - f.low));
    }
    return all;
}

// Error in units of the last place of the result.
double ulps(double ours, long double exact)
{
    const double rounded = std::fabs(static_cast<double>(exact));
    const double unit = std::nextafter(rounded, std::numeric_limits<double>::infinity()) - rounded;
    return static_cast<double>(std::fabs(static_cast<long double>(ours) - exact) / static_cast<long double>(unit));
}

void measure(const Function& f, const Options& options, const Report& report)
{
    const auto xs = arguments(f, options.tiny ? 1000 : 1'000'000);
    const Parameters parameters{
        {"function", f.name}, {"calls", static_cast<std::int64_t>(xs.size())}, {"low", f.low}, {"high", f.high}};
    Result time{.name = "math", .parameters = parameters, .metric = "call", .unit = "ns"};
    Agreement agree(f.name);
    measure_each(time, options.repetitions, [&] {
        std::uint64_t bits = 0;
        for (const double x : xs) bits += std::bit_cast<std::uint64_t>(f.ours(x));
        time.hash = agree(mix64(bits), f.name);
        return xs.size();
    });
    report(time);

    double worst = 0;
    for (const double x : xs) worst = std::max(worst, ulps(f.ours(x), f.exact(static_cast<long double>(x))));
    report({.name = "math", .parameters = parameters, .metric = "largest_error", .unit = "ulp", .samples = {worst}});
}

void run(const Options& options, const Report& report)
{
    for (const Function& f : functions) measure(f, options, report);
}

} // namespace

Benchmark math() { return {"math", "Elementary functions: time, largest error, and their bits", run}; }

} // namespace sim::bench
