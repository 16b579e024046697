#pragma once

#include <vector>

namespace sim::experiment {

/// Most factors of a full factorial design: 2^4 = 16 runs for each seed.
inline constexpr int most_factors = 4;

/// Weights of the runs of a full 2^k factorial design in one effect. Runs and sets of factors are numbered by their bits: bit i of run m says
/// that factor i is on. The effect of one factor is what it changes, averaged over all settings of the others. The interaction of several is by how
/// much their joint effect exceeds what their lower effects add up to: of two, y(ab) - y(a) - y(b) + y(0); averaged over the settings of the rest.
/// @param factors  k, in [1, most_factors]
/// @param set      factors of the effect, in [1, 2^k)
/// @return         2^k weights; they sum to 0, those above 0 to 2^(size of set - 1)
/// Source: F. Yates (1937), The design and analysis of factorial experiments; scaled as differences of differences.
std::vector<double> factorial_weights(int factors, unsigned set);

} // namespace sim::experiment
