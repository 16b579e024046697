#include "sim/sweep/design.hpp"

#include <algorithm>
#include <numeric>

#include <boost/random/sobol.hpp>

#include "sim/base/random.hpp"

namespace sim::sweep {
namespace {

enum class Purpose : std::uint16_t { order, place, start };

Draw draw(std::uint32_t seed, Purpose purpose, std::size_t group, std::size_t item)
{
    return {seed, make_key(group, item), static_cast<std::uint16_t>(purpose), 0};
}

/// 0 to n - 1 in random order: sorted by draws of their own.
std::vector<std::size_t> permutation(std::size_t n, std::uint32_t seed, std::size_t group)
{
    std::vector<std::uint64_t> keys(n);
    for (std::size_t i = 0; i < n; ++i) keys[i] = draw(seed, Purpose::order, group, i).bits();
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
    return order;
}

/// One trajectory of Morris. The levels are thirds, so that a step of two of them is exact.
void add_trajectory(Points& points, std::size_t trajectory, std::size_t axes, std::uint32_t seed)
{
    std::vector<int> thirds(axes);
    for (std::size_t k = 0; k < axes; ++k)
        thirds[k] = static_cast<int>(draw(seed, Purpose::start, trajectory, k).bits() >> 62); // one of four levels
    const auto add = [&] {
        std::vector<double>& point = points.emplace_back();
        for (const int level : thirds) point.push_back(level / 3.0);
    };
    add();
    for (const std::size_t axis : permutation(axes, seed, trajectory)) {
        thirds[axis] += thirds[axis] < 2 ? 2 : -2;
        add();
    }
}

} // namespace

Points latin_hypercube(std::size_t n, std::size_t axes, std::uint32_t seed)
{
    Points points(n, std::vector<double>(axes));
    for (std::size_t k = 0; k < axes; ++k) {
        const std::vector<std::size_t> stratum = permutation(n, seed, k);
        for (std::size_t i = 0; i < n; ++i)
            points[i][k] =
                (static_cast<double>(stratum[i]) + draw(seed, Purpose::place, k, i).uniform()) / static_cast<double>(n);
    }
    return points;
}

Points sobol(std::size_t n, std::size_t axes)
{
    boost::random::sobol engine(axes);
    Points points(n, std::vector<double>(axes));
    for (std::vector<double>& point : points)
        for (double& u : point) u = static_cast<double>(engine() >> 11) * 0x1p-53; // exact, and below 1
    return points;
}

Points saltelli(std::size_t n, std::size_t axes)
{
    const Points both = sobol(n, 2 * axes);
    const auto half = static_cast<std::ptrdiff_t>(axes);
    Points points;
    points.reserve(n * (axes + 2));
    for (const auto& row : both) points.emplace_back(row.begin(), row.begin() + half);
    for (const auto& row : both) points.emplace_back(row.begin() + half, row.end());
    for (std::size_t k = 0; k < axes; ++k)
        for (std::size_t i = 0; i < n; ++i) {
            std::vector<double> mixed = points[i];
            mixed[k] = points[n + i][k];
            points.push_back(std::move(mixed));
        }
    return points;
}

Points morris(std::size_t trajectories, std::size_t axes, std::uint32_t seed)
{
    Points points;
    points.reserve(trajectories * (axes + 1));
    for (std::size_t t = 0; t < trajectories; ++t) add_trajectory(points, t, axes, seed);
    return points;
}

std::vector<std::vector<std::size_t>> full_factorial(const std::vector<std::size_t>& values)
{
    std::vector<std::vector<std::size_t>> all(1);
    for (const std::size_t count : values) {
        std::vector<std::vector<std::size_t>> longer;
        longer.reserve(all.size() * count);
        for (const auto& head : all)
            for (std::size_t i = 0; i < count; ++i) {
                longer.push_back(head);
                longer.back().push_back(i);
            }
        all = std::move(longer);
    }
    return all;
}

} // namespace sim::sweep
