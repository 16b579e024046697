#pragma once

#include <cstdint>
#include <span>

namespace sim::experiment {

/// An interval for an expected value; a side may be infinite.
struct Interval {
    double low = 0;
    double high = 0;
    [[nodiscard]] double half_width() const { return (high - low) / 2; }
};

/// Least size of the first stage: with fewer, the variance is too badly known for effects that are sparse or skewed.
inline constexpr int first_stage_pairs = 16;

/// Sampling goes on to so many times the first stage when all its pairs gave the same difference: no variance is no proof.
inline constexpr int zero_variance_factor = 4;

/// Stein's two-stage rule: the first n0 pairs give a variance, the variance gives the number of pairs, and there is one look at them
/// all. Stopping when the interval happens to be short would be right far less often than it says.
/// Source: C. Stein (1945), A two-sample test for a linear hypothesis whose power is independent of the variance, Ann. Math. Stat. 16.
class SteinRule {
public:
    /// @param first        differences of the first stage
    /// @param comparisons  intervals that are to hold all at once (Bonferroni), >= 1
    /// @param confidence   probability that all of them do [1], in (0, 1)
    SteinRule(std::span<const double> first, int comparisons, double confidence = 0.95);

    /// max(n0, ceil((t s / h)^2)); more than n0 when the first stage has no variance.
    /// @param half_width  of the interval asked for, > 0, in the unit of the differences
    [[nodiscard]] std::int64_t pairs(double half_width) const;

    /// Mean of all differences -+ t s / sqrt(N). Without variance in the first stage, s and t are those of all N.
    [[nodiscard]] Interval interval(std::span<const double> all) const;

    [[nodiscard]] double deviation() const { return deviation_; } ///< s of the first stage
    [[nodiscard]] double tail() const { return tail_; }           ///< probability beyond each end of an interval

private:
    std::int64_t first_;
    double tail_;
    double deviation_;
    double t_;
};

} // namespace sim::experiment
