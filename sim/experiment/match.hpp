#pragma once

#include <functional>

namespace sim::experiment {

/// How a dial was set so that a response agrees with a target.
struct Match {
    double factor = 1;   ///< of the dial
    double ratio = 0;    ///< response over target at that factor
    int evaluations = 0; ///< of the response
    bool is_found = false;
};

/// Finds a factor of a dial at which the response agrees with a target, by secants kept inside the bracket found so far, else by halving
/// it. The response is taken to be 0 at factor 0 and to rise; it may be noisy as long as the noise is the same at each factor.
/// @param ratio      response over target as a function of the factor; it is asked at 1 first
/// @param tolerance  accepted deviation of the ratio from 1
/// @param most       largest factor that may be tried, >= 1
Match match(const std::function<double(double)>& ratio, double tolerance, double most, int evaluations = 20);

} // namespace sim::experiment
