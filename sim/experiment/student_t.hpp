#pragma once

namespace sim::experiment {

/// P(|T| <= t) for Student's t, by the finite sums of whole degrees of freedom (exact but for rounding).
/// @param t                   >= 0
/// @param degrees_of_freedom  >= 1
/// Source: Abramowitz and Stegun (1964), 26.7.3 and 26.7.4.
double student_t_within(double t, int degrees_of_freedom);

/// Quantile of Student's t: the t with P(T <= t) = p, relative error below 1e-12 from two degrees of freedom on.
/// @param p  probability [1], in (0, 1)
double student_t_quantile(double p, int degrees_of_freedom);

} // namespace sim::experiment
