#pragma once

#include <cstdint>
#include <vector>

namespace sim::sweep {

/// Points of the unit cube: `points[i][k]` is coordinate k of point i, in [0, 1].
using Points = std::vector<std::vector<double>>;

/// Latin hypercube: along each axis every one of the n strata [j/n, (j+1)/n) holds one point, at a random place of it. The points of another n
/// are others.
/// @param seed  of the permutations and places; draws are keyed by it, the axis and the stratum
Points latin_hypercube(std::size_t n, std::size_t axes, std::uint32_t seed);

/// First n points of the Sobol sequence, without its origin: (0.5, 0.5), (0.75, 0.25), (0.25, 0.75)... A longer design begins with them.
/// Source: Bratley and Fox (1988), ACM TOMS 14, 88; direction numbers of Joe and Kuo, as in Boost.Random.
/// @param axes  at most most_sobol_axes
Points sobol(std::size_t n, std::size_t axes);
inline constexpr std::size_t most_sobol_axes = 3667;

/// Saltelli's design for Sobol indices: blocks of n points each: A, B, then for each axis i AB_i, which is A with column i of B. A and B
/// are the halves of a Sobol sequence of twice as many axes.
/// Source: Saltelli et al. (2010), Computer Physics Communications 181, 259.
/// @param axes  at most most_sobol_axes / 2
Points saltelli(std::size_t n, std::size_t axes);

/// Morris trajectories: axes + 1 points each, on a grid of four levels 0, 1/3, 2/3, 1. From one point to the next one axis goes up or down by
/// 2/3, each axis once in a trajectory, in random order. A longer design begins with the same trajectories.
/// Source: Morris (1991), Technometrics 33, 161.
Points morris(std::size_t trajectories, std::size_t axes, std::uint32_t seed);

/// All combinations, the last axis fastest: `result[i][k]` is the index of the value of axis k.
std::vector<std::vector<std::size_t>> full_factorial(const std::vector<std::size_t>& values);

} // namespace sim::sweep
