#include "sim/record/reference.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sim::record {
namespace {

double relative(double before, double after)
{
    if (before == after) return 0;
    return before == 0 ? std::numeric_limits<double>::quiet_NaN() : (after - before) / std::abs(before);
}

/// Whether two numbers agree to a part of the larger of `scale` and the first of them. Two missing ones do.
bool is_near(double before, double after, double scale, double tolerance)
{
    if (std::isnan(before) || std::isnan(after)) return std::isnan(before) && std::isnan(after);
    return std::abs(after - before) <= tolerance * std::max(scale, std::abs(before));
}

bool is_same(const SeriesDigest& a, const SeriesDigest& b, double tolerance)
{
    if (a.column == b.column) return true;
    if (tolerance == 0 || a.missing != b.missing) return false;
    const double largest = std::fmax(std::abs(a.min), std::abs(a.max));
    const auto near = [&](double SeriesDigest::*number) { return is_near(a.*number, b.*number, largest, tolerance); };
    return near(&SeriesDigest::first) && near(&SeriesDigest::last) && near(&SeriesDigest::min) &&
           near(&SeriesDigest::max) && near(&SeriesDigest::sum);
}

std::size_t first_period(const SeriesDigest& a, const SeriesDigest& b)
{
    const std::size_t most = std::min(a.periods.size(), b.periods.size());
    const auto at =
        std::mismatch(a.periods.begin(), a.periods.begin() + static_cast<std::ptrdiff_t>(most), b.periods.begin());
    return static_cast<std::size_t>(at.first - a.periods.begin()) / SeriesDigest::digits_per_period;
}

bool has_shape_of(const SeriesDigest& a, const SeriesDigest& b)
{
    return a.unit == b.unit && a.is_amount() == b.is_amount() && a.cells == b.cells &&
           a.periods.size() == b.periods.size();
}

/// How far a movement is from none, to tell the main ones first: what was nothing before counts as a change by all of it.
double size(const Movement& movement)
{
    const double change = movement.what == Movement::What::moved ? movement.change_of_sum() : 1;
    return std::isnan(change) ? 1 : std::abs(change);
}

const Reference::Entry* find(const Reference& reference, const std::string& name)
{
    const auto at = std::find_if(reference.series.begin(), reference.series.end(),
                                 [&](const Reference::Entry& e) { return e.digest.name == name; });
    return at == reference.series.end() ? nullptr : &*at;
}

} // namespace

double Movement::change_of_sum() const { return relative(before.sum, after.sum); }
double Movement::change_of_last() const { return relative(before.last, after.last); }

std::vector<Movement> movements(const Reference& before, const Reference& after, const Tolerance& tolerance)
{
    using What = Movement::What;
    std::vector<Movement> all;
    for (const auto& [now, module] : after.series) {
        const Reference::Entry* old = find(before, now.name);
        if (old == nullptr)
            all.push_back({What::added, now.name, module, {}, now, 0});
        else if (!has_shape_of(old->digest, now))
            all.push_back({What::reshaped, now.name, module, old->digest, now, 0});
        else if (!is_same(old->digest, now, tolerance.of(now)))
            all.push_back({What::moved, now.name, module, old->digest, now, first_period(old->digest, now)});
    }
    for (const auto& [old, module] : before.series)
        if (find(after, old.name) == nullptr) all.push_back({What::gone, old.name, module, old, {}, 0});
    std::stable_sort(all.begin(), all.end(), [](const Movement& a, const Movement& b) {
        return a.period != b.period ? a.period < b.period : size(a) > size(b);
    });
    return all;
}

} // namespace sim::record
