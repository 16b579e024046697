// E23: lumpy orders, matching, prices of jobs, trust, joining.
#pragma once

#include "sim/base/math.hpp"

#include <algorithm>

namespace fabrica {

/// Market demand of a month over its mean, when a part of it comes as whole orders: 1 + c (n / n0 - 1).
/// @param part    c: of demand that comes as orders made to a customer's wish [1], in [0, 1)
/// @param orders  n: of the month     @param usual  n0: mean number in a month, > 0
[[nodiscard]] inline double lumpy_demand(double part, double orders, double usual)
{
    return 1 + part * (orders / usual - 1);
}

/// Extra cost of a run below the efficient lot, as a part of its unit cost: a set-up is paid once whatever the run, s (q* / q - 1).
/// @param run, efficient  q, q* in the same unit, > 0     @param set_up  s: cost of a set-up over that of an efficient lot
/// @param most            where nobody would run machines any more and the job is done by hand
[[nodiscard]] inline double small_run_cost(double run, double efficient, double set_up, double most)
{
    return run >= efficient ? 0 : std::min(most, set_up * (efficient / run - 1));
}

/// Part of the shorter side of a market that finds the other: 1 - exp(-efficiency x trust).
[[nodiscard]] inline double found_part(double efficiency, double trust)
{
    return 1 - sim::math::exp(-efficiency * trust);
}

/// M = min(O, R) (1 - exp(-efficiency x trust)).
[[nodiscard]] inline double matched(double offers, double requests, double efficiency, double trust)
{
    return std::min(offers, requests) * found_part(efficiency, trust);
}

/// Price of a job between the least that the provider takes after the fee, r / (1 - fee), and what the job is worth to the client: the client
/// keeps `client_part` of the surplus.
/// @return  below 0 when there is no surplus
[[nodiscard]] inline double job_price(double reserve, double value, double fee, double client_part)
{
    const double least = reserve / (1 - fee);
    return value < least ? -1 : least + (1 - client_part) * (value - least);
}

/// Trust after a month: completed jobs close a part of its gap to 1, failed ones take a part of it; both weigh more the more jobs there were.
/// @param done, failed  jobs of the month     @param usual  jobs that make a month fully known, > 0
[[nodiscard]] inline double trust_after(double trust, double done, double failed, double gain, double loss,
                                        double usual)
{
    const double jobs = done + failed;
    if (jobs <= 0) return trust;
    const double known = 1 - sim::math::exp(-jobs / usual);
    return trust + known * (gain * done / jobs * (1 - trust) - loss * failed / jobs * trust);
}

/// Probability that a firm joins in a month: hazard rate x (1 - exp(-benefit / b0)) (L / 100)^size exp(neighbours x share of them who joined).
/// @param rate      per year     @param benefit  expected, over yearly revenue [1]; not above 0: never
/// @param employees of the real firm, > 0
[[nodiscard]] inline double joining(double rate, double benefit, double benefit_scale, double employees,
                                    double size_exponent, double neighbour_weight, double neighbours)
{
    if (benefit <= 0) return 0;
    const double size = sim::math::exp(size_exponent * sim::math::log(employees / 100));
    const double hazard =
        rate * (1 - sim::math::exp(-benefit / benefit_scale)) * size * sim::math::exp(neighbour_weight * neighbours);
    return 1 - sim::math::exp(-hazard / 12);
}

/// Gain of labour productivity from a rented design: a part of the distance to the provider in logs, at most `most`.
[[nodiscard]] inline double rented_gain(double own, double providers, double part, double most)
{
    return providers <= own ? 0 : std::min(most, part * sim::math::log(providers / own));
}

} // namespace fabrica
