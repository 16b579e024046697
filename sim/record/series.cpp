#include "sim/record/series.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <stdexcept>

namespace sim::record {
namespace {

void require(bool holds, const std::string& problem)
{
    if (!holds) throw std::invalid_argument(problem);
}

bool is_identifier(const std::string& name)
{
    const auto word = [](unsigned char c) { return std::isalnum(c) || c == '_'; };
    return !name.empty() && std::isalpha(static_cast<unsigned char>(name[0])) &&
           std::all_of(name.begin(), name.end(), word);
}

const Axis* find(const std::vector<Axis>& axes, const std::string& name)
{
    const auto at = std::find_if(axes.begin(), axes.end(), [&](const Axis& a) { return a.name == name; });
    return at == axes.end() ? nullptr : &*at;
}

void check_axis(const Axis& axis)
{
    require(!axis.labels.empty(), "axis " + axis.name + " has no labels");
    const std::set<std::string> unique(axis.labels.begin(), axis.labels.end());
    require(unique.size() == axis.labels.size(), "axis " + axis.name + " has a label twice");
    require(axis.titles.empty() || axis.titles.size() == axis.labels.size(),
            "axis " + axis.name + " needs one title per label");
}

void check_series(const Series& s, const std::vector<Axis>& axes)
{
    require(s.axes.size() <= 2, "series " + s.name + " has more than two axes besides time");
    require(s.unit != "days", "series " + s.name + ": write the unit \"day\" (readers turn \"days\" into a time span)");
    require(s.total.empty() || s.total == "sum" || s.total == "mean",
            "series " + s.name + ": total is \"sum\" or \"mean\"");
    for (const std::string& axis : s.axes)
        require(find(axes, axis), "series " + s.name + " has the unknown axis " + axis);
    require(s.axes.size() < 2 || s.axes[0] != s.axes[1], "series " + s.name + " has an axis twice");
}

} // namespace

std::size_t size_of(Kind kind)
{
    switch (kind) {
    case Kind::i8: return 1;
    case Kind::f32:
    case Kind::i32: return 4;
    default: return 8;
    }
}

bool is_float(Kind kind) { return kind == Kind::f64 || kind == Kind::f32; }

std::int64_t estimate_bytes(const std::vector<Axis>& axes, const std::vector<Series>& series, std::int64_t periods)
{
    std::int64_t bytes = 64 * 1024; // superblock, labels, attributes
    for (const Series& s : series) {
        auto row = static_cast<std::int64_t>(size_of(s.kind));
        for (const std::string& name : s.axes)
            if (const Axis* axis = find(axes, name)) row *= static_cast<std::int64_t>(axis->labels.size());
        bytes += 2048 + row * periods;
    }
    return bytes;
}

void check_layout(const std::vector<Axis>& axes, const std::vector<Series>& series)
{
    std::set<std::string> names{"time", "time_bounds", "bounds"};
    const auto claim = [&](const std::string& name) {
        require(is_identifier(name), "\"" + name + "\" is not a name of letters, digits and _");
        require(names.insert(name).second, "the name " + name + " is used twice or reserved");
    };
    for (const Axis& axis : axes) claim(axis.name), check_axis(axis);
    for (const Series& s : series) claim(s.name), check_series(s, axes);
}

} // namespace sim::record
