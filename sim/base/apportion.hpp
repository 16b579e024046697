#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace sim {

/// Splits an exact total in proportion to weights: shares are rounded down, what is left goes one by one to the largest remainders,
/// ties to the lower index. The shares always sum to the total.
/// @param total    >= 0; a negative total is split like its opposite and negated
/// @param weights  each >= 0. When all are 0 the total is split evenly; an empty list takes only a total of 0.
/// @return         one share per weight; a weight of 0 gets 0 unless all are 0
[[nodiscard]] std::vector<std::int64_t> apportion(std::int64_t total, std::span<const std::int64_t> weights);

} // namespace sim
