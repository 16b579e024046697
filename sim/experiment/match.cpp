#include "sim/experiment/match.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace sim::experiment {
namespace {

struct Point {
    double factor, ratio;
};

/// The next factor to try between the points below and above 1, or beyond the highest when none is above.
double next(const Point& last, const Point& before, const Point& below, const std::optional<Point>& above, double most)
{
    constexpr double leap = 8; // a secant far beyond what was seen is not to be believed
    const double slope = (last.ratio - before.ratio) / (last.factor - before.factor);
    const double secant = last.factor + (1 - last.ratio) / slope;
    if (!above) {
        const double farthest = std::min(most, leap * std::max(below.factor, last.factor));
        return std::isfinite(secant) && secant > below.factor ? std::min(secant, farthest) : farthest;
    }
    const double margin = 0.01 * (above->factor - below.factor);
    const bool is_inside = secant > below.factor + margin && secant < above->factor - margin;
    return is_inside ? secant : (below.factor + above->factor) / 2;
}

} // namespace

Match match(const std::function<double(double)>& ratio, double tolerance, double most, int evaluations)
{
    Point before{0, 0}, below{0, 0};
    std::optional<Point> above;
    Match result;
    for (double factor = 1; result.evaluations < evaluations;) {
        const Point now{factor, ratio(factor)};
        ++result.evaluations;
        result.factor = now.factor, result.ratio = now.ratio;
        result.is_found = std::abs(now.ratio - 1) <= tolerance;
        if (result.is_found || !std::isfinite(now.ratio)) break;
        if (now.ratio > 1) above = now;
        if (now.ratio < 1) below = now;
        if (!above && factor >= most) break;
        factor = next(now, before, below, above, most);
        before = now;
    }
    return result;
}

} // namespace sim::experiment
