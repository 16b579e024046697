#pragma once

#include <cmath>

/// Elementary functions with the same bits on every x86-64-v3 machine and with every compiler, at most 1 ulp wrong.
/// libm is not reproducible: glibc chooses other code on other processors. Use these wherever a value can reach a result.
namespace sim::math {

double exp(double x);
double log(double x); // x > 0; log(0) = -inf
double log1p(double x);
double expm1(double x);
double log2(double x);
double tanh(double x);

/// x to the power a as exp(a log x); x > 0, or x = 0 with a > 0. A few ulp; relative error grows with |a log x|.
double pow(double x, double a);

/// IEEE 754 rounds the square root correctly, so the processor's own is reproducible.
inline double sqrt(double x) { return std::sqrt(x); }

} // namespace sim::math
