#include "sim/record/compare.hpp"
#include "sim/record/result_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <set>

namespace sim::record {
namespace {

std::string value_text(const Value& value)
{
    if (const auto* text = std::get_if<std::string>(&value))
        return text->size() > 60 ? "\"" + text->substr(0, 60) + "...\"" : "\"" + *text + "\"";
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
    return fmt::format("{:.17g}", std::get<double>(value));
}

std::string shape_text(const h5::Variable& v)
{
    std::string text;
    for (std::size_t d = 0; d < v.shape.size(); ++d)
        text += fmt::format("{}{}={}", d == 0 ? "" : ", ", v.dimensions[d], v.shape[d]);
    return "(" + text + ")";
}

bool is_in_time(const h5::Variable& v) { return !v.dimensions.empty() && v.dimensions[0] == "time"; }

class Finder {
public:
    Finder(const std::string& a, const std::string& b) : a_(a), b_(b) {}

    std::optional<Difference> operator()(bool with_attributes) const
    {
        if (auto found = names()) return found;
        if (auto found = labels()) return found;
        if (auto found = values(true)) return found;
        if (auto found = lengths()) return found;
        if (auto found = values(false)) return found;
        return with_attributes ? attributes() : std::nullopt;
    }

private:
    std::optional<Difference> names() const
    {
        for (const h5::Variable& v : a_.variables())
            if (b_.find(v.path) == nullptr) return Difference{v.path, "", "", "present", "absent"};
        for (const h5::Variable& v : b_.variables())
            if (a_.find(v.path) == nullptr) return Difference{v.path, "", "", "absent", "present"};
        return {};
    }

    /// Labels, and what no common row can be found with: kind and the dimensions after the first.
    std::optional<Difference> labels() const
    {
        for (const h5::Variable& v : a_.variables()) {
            const h5::Variable& w = *b_.find(v.path);
            const bool same_row = v.kind == w.kind && v.is_text == w.is_text && v.dimensions == w.dimensions &&
                                  std::equal(v.shape.begin() + !v.shape.empty(), v.shape.end(),
                                             w.shape.begin() + !w.shape.empty(), w.shape.end());
            if (!same_row) return Difference{v.path, "", "", shape_text(v), shape_text(w)};
            if (!v.is_text) continue;
            const auto left = a_.texts(v), right = b_.texts(w);
            for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i)
                if (left[i] != right[i]) return Difference{v.path, "index " + std::to_string(i), "", left[i], right[i]};
            if (left.size() != right.size()) return Difference{v.path, "", "", shape_text(v), shape_text(w)};
        }
        return {};
    }

    std::optional<Difference> lengths() const
    {
        for (const h5::Variable& v : a_.variables())
            if (const h5::Variable& w = *b_.find(v.path); v.shape != w.shape)
                return Difference{v.path, "", "", shape_text(v), shape_text(w)};
        return {};
    }

    /// The first of the numbers, over the variables with or without time, that differs; the earliest row wins.
    std::optional<Difference> values(bool in_time) const
    {
        std::optional<Difference> first;
        std::string earliest;
        for (const h5::Variable& v : a_.variables()) {
            if (v.is_text || is_in_time(v) != in_time) continue;
            const auto found = first_in(v);
            if (!found) continue;
            if (!in_time) return found;
            if (first && found->time >= earliest) continue; // dates of one width sort as text
            first = found, earliest = found->time;
        }
        return first;
    }

    std::optional<Difference> first_in(const h5::Variable& v) const
    {
        const RawValues left = a_.raw(v), right = b_.raw(*b_.find(v.path));
        const std::size_t bytes = std::min(left.bytes.size(), right.bytes.size());
        const auto at = std::mismatch(left.bytes.begin(), left.bytes.begin() + static_cast<std::ptrdiff_t>(bytes),
                                      right.bytes.begin());
        const auto offset = static_cast<std::size_t>(at.first - left.bytes.begin());
        if (offset == bytes) return {};
        const std::size_t i = offset / size_of(v.kind);
        const std::size_t width = std::max<std::size_t>(
            1, left.bytes.size() / size_of(v.kind) / std::max<std::size_t>(1, v.shape.empty() ? 1 : v.shape[0]));
        return Difference{v.path, a_.cell(v, i % width), v.shape.empty() ? "" : a_.when(v, i / width), left.text(i),
                          right.text(i)};
    }

    std::optional<Difference> attributes() const
    {
        if (auto found = attributes_of("/")) return found;
        for (const h5::Variable& v : a_.variables())
            if (auto found = attributes_of(v.path)) return found;
        return {};
    }

    std::optional<Difference> attributes_of(const std::string& object) const
    {
        const auto left = a_.attributes(object), right = b_.attributes(object);
        const std::string prefix = object == "/" ? "attribute " : object + ": attribute ";
        const auto find = [](const std::vector<Attribute>& list, const std::string& name) {
            return std::find_if(list.begin(), list.end(), [&](const Attribute& a) { return a.name == name; });
        };
        for (const Attribute& a : left) {
            const auto other = find(right, a.name);
            if (other == right.end()) return Difference{prefix + a.name, "", "", value_text(a.value), "absent"};
            if (other->value != a.value)
                return Difference{prefix + a.name, "", "", value_text(a.value), value_text(other->value)};
        }
        for (const Attribute& b : right)
            if (find(left, b.name) == left.end())
                return Difference{prefix + b.name, "", "", "absent", value_text(b.value)};
        return {};
    }

    ResultFile a_, b_;
};

} // namespace

std::string Difference::text() const
{
    const std::string where = (cell.empty() ? "" : " [" + cell + "]") + (time.empty() ? "" : " at " + time);
    return variable + where + ": " + a + " against " + b;
}

std::optional<Difference> first_difference(const std::string& a, const std::string& b, bool with_attributes)
{
    return Finder(a, b)(with_attributes);
}

} // namespace sim::record
