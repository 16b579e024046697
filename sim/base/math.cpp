#include "sim/base/math.hpp"

#include <sleef.h>

#ifdef __FAST_MATH__
#error "-ffast-math changes results; build without it"
#endif

namespace sim::math {

double exp(double x) { return Sleef_finz_expd1_u10purecfma(x); }
double log(double x) { return Sleef_finz_logd1_u10purecfma(x); }
double log1p(double x) { return Sleef_finz_log1pd1_u10purecfma(x); }
double expm1(double x) { return Sleef_finz_expm1d1_u10purecfma(x); }
double log2(double x) { return Sleef_finz_log2d1_u10purecfma(x); }
double tanh(double x) { return Sleef_finz_tanhd1_u10purecfma(x); }
double pow(double x, double a) { return x == 0.0 && a > 0.0 ? 0.0 : exp(a * log(x)); }

} // namespace sim::math
