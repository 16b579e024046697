#include "sim/record/first_change.hpp"

#include <algorithm>

namespace sim::record {
namespace {

bool is_series(const h5::Variable& v) { return !v.is_text && !v.dimensions.empty() && v.dimensions[0] == "time"; }

/// Places of the labels of b's axis among those of a; nothing when they are the same labels.
std::vector<std::ptrdiff_t> places_of_labels(const ResultFile& a, const ResultFile& b, const std::string& axis)
{
    const h5::Variable* of_a = a.find("/" + axis);
    const h5::Variable* of_b = b.find("/" + axis);
    if (of_a == nullptr || of_b == nullptr || !of_a->is_text || !of_b->is_text) return {};
    const auto labels = a.texts(*of_a), others = b.texts(*of_b);
    if (labels == others) return {};
    std::vector<std::ptrdiff_t> places;
    for (const std::string& label : others) {
        const auto at = std::find(labels.begin(), labels.end(), label);
        places.push_back(at == labels.end() ? -1 : at - labels.begin());
    }
    return places;
}

/// Cells of a row that both files have: their places in a and in b.
class CommonCells {
public:
    CommonCells(const ResultFile& a, const h5::Variable& of_a, const ResultFile& b, const h5::Variable& of_b)
    {
        for (std::size_t d = 1; d < of_b.shape.size(); ++d) {
            const auto places = places_of_labels(a, b, of_b.dimensions[d]);
            if (places.empty() && of_a.shape[d] != of_b.shape[d])
                throw IoError(b.path(), "compare " + of_b.path, "its shape is not that of " + a.path());
            refine(places, of_a.shape[d], of_b.shape[d]);
        }
    }

    /// Index of the first row in which a cell differs; the number of rows when none does.
    [[nodiscard]] std::size_t first_row(const RawValues& a, const RawValues& b, std::size_t rows) const
    {
        if (rows == 0) return 0;
        const std::size_t size = size_of(a.kind), in_a = a.bytes.size() / rows, in_b = b.bytes.size() / rows;
        for (std::size_t row = 0; row < rows; ++row)
            for (const auto& [at, other] : cells_) {
                const std::byte* one = a.bytes.data() + row * in_a + at * size;
                if (!std::equal(one, one + size, b.bytes.data() + row * in_b + other * size)) return row;
            }
        return rows;
    }

private:
    void refine(const std::vector<std::ptrdiff_t>& places, std::size_t in_a, std::size_t in_b)
    {
        std::vector<std::pair<std::size_t, std::size_t>> finer;
        for (const auto& [at, other] : cells_)
            for (std::size_t i = 0; i < in_b; ++i) {
                const auto place = places.empty() ? static_cast<std::ptrdiff_t>(i) : places[i];
                if (place >= 0) finer.emplace_back(at * in_a + static_cast<std::size_t>(place), other * in_b + i);
            }
        cells_ = std::move(finer);
    }

    std::vector<std::pair<std::size_t, std::size_t>> cells_{{0, 0}};
};

} // namespace

std::optional<Change> first_change(const ResultFile& a, const ResultFile& b)
{
    std::optional<Change> first;
    for (const h5::Variable& v : a.variables()) {
        const h5::Variable* other = b.find(v.path);
        if (!is_series(v) || other == nullptr) continue;
        if (v.dimensions != other->dimensions || v.shape[0] != other->shape[0] || v.kind != other->kind)
            throw IoError(b.path(), "compare " + v.path, "its shape is not that of " + a.path());
        const std::size_t row = CommonCells(a, v, b, *other).first_row(a.raw(v), b.raw(*other), v.shape[0]);
        if (row >= v.shape[0]) continue;
        const std::string date = a.when(v, row);
        if (!first || date < first->date) first = Change{v.path.substr(1), date};
    }
    return first;
}

} // namespace sim::record
