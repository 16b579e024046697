#include "sim/experiment/factorial.hpp"

#include <bit>

#include "sim/base/check.hpp"

namespace sim::experiment {

std::vector<double> factorial_weights(int factors, unsigned set)
{
    require(factors >= 1 && factors <= most_factors, "a factorial design has 1 to 4 factors");
    const unsigned runs = 1U << static_cast<unsigned>(factors);
    require(set >= 1 && set < runs, "an effect is one of these factors at least");
    const int settings = 1 << (factors - std::popcount(set)); // of the factors that are averaged over
    std::vector<double> weights;
    for (unsigned run = 0; run < runs; ++run) {
        const bool is_subtracted = std::popcount(set & ~run) % 2 == 1;
        weights.push_back((is_subtracted ? -1.0 : 1.0) / settings);
    }
    return weights;
}

} // namespace sim::experiment
