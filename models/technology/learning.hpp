// E20: cost falls with experience.
#pragma once

#include "models/config.hpp"

namespace fabrica {

/// c / c0 = X^-beta, beta = -log2(1 - LR).
/// @param experience    X, over that of the first day [1]
/// @param learning_rate LR: fall of cost with each doubling [1], in [0, 1)
[[nodiscard]] double learned_cost(double experience, double learning_rate);

/// Experience that counts: own, domestic and world, each over that of the first day, weighted.
[[nodiscard]] double weighted_experience(double own, double domestic, double world, const Config& config);

} // namespace fabrica
