#pragma once

#include "sim/base/key.hpp"
#include "sim/base/math.hpp"

#include <Random123/philox.h>

#include <cstdint>
#include <stdexcept>

namespace sim {

/// Inverse of the standard normal distribution function.
/// @param p  probability [1], in (0, 1)
/// @return   quantile, relative error below 1e-15, so monotone in p but for the last bits
/// Source: M. J. Wichura (1988), algorithm AS 241 (PPND16), Applied Statistics 37(3), 477-484.
double normal_quantile(double p);

/// Smallest n with P(N <= n) >= u for a Poisson count. Exact summation up to a mean of 500; beyond, the Cornish-Fisher expansion, whose
/// error is below one count.
/// @param mean  [1], >= 0     @param u  [1], in (0, 1)
std::int64_t poisson_quantile(double mean, double u);

/// A uniform number made of 64 random bits [1]: an odd multiple of 2^-53, so never 0 and never 1.
[[nodiscard]] inline double unit_interval(std::uint64_t bits)
{
    return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
}

/// Random numbers of one decision: Philox4x32-10 with key (seed, stream) and counter (agent key, occasion << 16 | purpose, k).
/// There is no state: the same arguments give the same numbers, whoever asks and whenever. A new draw elsewhere changes nothing.
/// The occasion is what the decision is about: a month number, the n-th project, the n-th review; a day only where the day is the subject.
/// Source: Salmon et al. (2011), Parallel random numbers: as easy as 1, 2, 3.
class Draw {
public:
    /// @param occasion  in [0, 65536), checked in every build
    Draw(std::uint32_t seed, Key key, std::uint16_t purpose, std::uint32_t occasion, std::uint32_t stream = 0)
        : key_(key), what_(occasion << 16 | purpose), seed_(seed), stream_(stream)
    {
        if (occasion >= 65536) throw_bad_occasion(occasion);
    }

    /// k-th uniform of this draw, see unit_interval.
    [[nodiscard]] double uniform(unsigned k = 0) const { return unit_interval(bits(k)); }

    /// k-th unit exponential (mean 1). A waiting time is this against the integrated hazard.
    [[nodiscard]] double exponential(unsigned k = 0) const { return -math::log(uniform(k)); }

    /// k-th standard normal, by the inverse distribution function of one uniform.
    [[nodiscard]] double normal(unsigned k = 0) const { return normal_quantile(uniform(k)); }

    /// k-th Poisson count with this mean, by the inverse distribution function of one uniform: a higher mean never gives fewer.
    [[nodiscard]] std::int64_t poisson(double mean, unsigned k = 0) const { return poisson_quantile(mean, uniform(k)); }

    /// k-th 64 random bits.
    [[nodiscard]] std::uint64_t bits(unsigned k = 0) const
    {
        const philox4x32_ctr_t counter{
            {static_cast<std::uint32_t>(key_), static_cast<std::uint32_t>(key_ >> 32), what_, k}};
        const philox4x32_key_t key{{seed_, stream_}};
        const philox4x32_ctr_t word = philox4x32_R(10, counter, key);
        return static_cast<std::uint64_t>(word.v[1]) << 32 | word.v[0];
    }

private:
    [[noreturn]] static void throw_bad_occasion(std::uint32_t occasion);

    Key key_;
    std::uint32_t what_;
    std::uint32_t seed_;
    std::uint32_t stream_;
};

} // namespace sim
