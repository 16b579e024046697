#include "sim/record/first_change.hpp"

#include <algorithm>

namespace sim::record {
namespace {

bool is_series(const h5::Variable& v) { return !v.is_text && !v.dimensions.empty() && v.dimensions[0] == "time"; }

/// Index of the first row that differs; the number of rows when none does.
std::size_t first_row(const RawValues& a, const RawValues& b, std::size_t rows)
{
    const auto [at, other] = std::mismatch(a.bytes.begin(), a.bytes.end(), b.bytes.begin());
    if (at == a.bytes.end()) return rows;
    return static_cast<std::size_t>(at - a.bytes.begin()) / (a.bytes.size() / rows);
}

} // namespace

std::optional<Change> first_change(const ResultFile& a, const ResultFile& b)
{
    std::optional<Change> first;
    for (const h5::Variable& v : a.variables()) {
        const h5::Variable* other = b.find(v.path);
        if (!is_series(v) || other == nullptr) continue;
        if (v.shape != other->shape || v.kind != other->kind)
            throw IoError(b.path(), "compare " + v.path, "its shape is not that of " + a.path());
        const std::size_t row = first_row(a.raw(v), b.raw(*other), v.shape[0]);
        if (row >= v.shape[0]) continue;
        const std::string date = a.when(v, row);
        if (!first || date < first->date) first = Change{v.path.substr(1), date};
    }
    return first;
}

} // namespace sim::record
