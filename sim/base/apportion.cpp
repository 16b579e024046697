#include "sim/base/apportion.hpp"

#include "sim/base/check.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace sim {

namespace {

__extension__ using Wide = __int128;

struct Remainder {
    Wide rest;
    std::size_t index;
};

// Gives one unit each to the `count` largest remainders.
void hand_out(std::vector<Remainder>& remainders, std::int64_t count, std::vector<std::int64_t>& shares)
{
    const auto before = [](const Remainder& a, const Remainder& b) {
        return a.rest != b.rest ? a.rest > b.rest : a.index < b.index;
    };
    const auto end = remainders.begin() + count;
    std::nth_element(remainders.begin(), end, remainders.end(), before);
    std::for_each(remainders.begin(), end, [&](const Remainder& r) { ++shares[r.index]; });
}

std::vector<std::int64_t> apportion_positive(std::int64_t total, std::span<const std::int64_t> weights, Wide weight_sum)
{
    std::vector<std::int64_t> shares(weights.size());
    std::vector<Remainder> remainders(weights.size());
    std::int64_t left = total;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const Wide product = static_cast<Wide>(total) * weights[i];
        shares[i] = static_cast<std::int64_t>(product / weight_sum);
        remainders[i] = {product % weight_sum, i};
        left -= shares[i];
    }
    if (left > 0) hand_out(remainders, left, shares);
    return shares;
}

} // namespace

std::vector<std::int64_t> apportion(std::int64_t total, std::span<const std::int64_t> weights)
{
    require(total == 0 || !weights.empty(), "apportion: a total and nobody to take it");
    require(total != std::numeric_limits<std::int64_t>::min(), "apportion: no total, but a number out of range");
    require(std::all_of(weights.begin(), weights.end(), [](std::int64_t w) { return w >= 0; }),
            "apportion: a negative weight");
    if (total < 0) {
        auto shares = apportion(-total, weights);
        for (auto& share : shares) share = -share;
        return shares;
    }
    const Wide sum = std::accumulate(weights.begin(), weights.end(), Wide{0});
    if (sum > 0) return apportion_positive(total, weights, sum);
    const std::vector<std::int64_t> even(weights.size(), 1);
    return weights.empty() ? std::vector<std::int64_t>{}
                           : apportion_positive(total, even, static_cast<Wide>(even.size()));
}

} // namespace sim
