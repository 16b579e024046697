#include "sim/sweep/axis.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "sim/base/math.hpp"
#include "sim/scenario/toml.hpp"

namespace sim::sweep {
namespace {

constexpr std::array<const char*, 5> names = {"number", "integer", "flag", "text", "date"};

double real(const Node& node)
{
    if (const auto* whole = node.as<std::int64_t>()) return static_cast<double>(*whole);
    return *node.as<double>();
}

double rounded(double value)
{
    const std::string text = fmt::format("{:.12g}", value);
    double result = value;
    std::from_chars(text.data(), text.data() + text.size(), result);
    return result + 0.0; // no minus zero
}

std::size_t part(double u, std::size_t parts)
{
    return std::min(static_cast<std::size_t>(u * static_cast<double>(parts)), parts - 1);
}

double between(double from, double to, double u, bool is_log)
{
    if (u <= 0) return from;
    if (u >= 1) return to;
    const double value = is_log ? from * math::exp(u * math::log(to / from)) : from + u * (to - from);
    return std::clamp(value, from, to);
}

} // namespace

const char* name_of(AxisType type) { return names.at(static_cast<std::size_t>(type)); }

std::optional<AxisType> axis_type(const std::string& name)
{
    for (std::size_t i = 0; i < names.size(); ++i)
        if (name == names[i]) return static_cast<AxisType>(i);
    return std::nullopt;
}

std::optional<AxisType> axis_type(const Node& value)
{
    if (value.as<double>() != nullptr) return AxisType::number;
    if (value.as<std::int64_t>() != nullptr) return AxisType::integer;
    if (value.as<bool>() != nullptr) return AxisType::flag;
    if (value.as<std::string>() != nullptr) return AxisType::text;
    if (value.as<Date>() != nullptr) return AxisType::date;
    return std::nullopt;
}

Node Axis::at(double u) const
{
    if (!is_range()) return values[part(u, values.size())];
    if (type != AxisType::integer) return scenario::make_node(between(real(from), real(to), u, is_log) + 0.0);
    const std::int64_t low = *from.as<std::int64_t>(), high = *to.as<std::int64_t>();
    if (is_log) return scenario::make_node(std::int64_t{std::llround(between(real(from), real(to), u, true))});
    return scenario::make_node(low + static_cast<std::int64_t>(part(u, static_cast<std::size_t>(high - low) + 1)));
}

Node Axis::at_level(double u) const
{
    if (is_range() && type == AxisType::integer)
        return scenario::make_node(std::int64_t{std::llround(between(real(from), real(to), u, is_log))});
    if (is_range()) return at(u);
    return values[static_cast<std::size_t>(std::lround(u * static_cast<double>(values.size() - 1)))];
}

double steps(const Node& from, const Node& to, const Node& step)
{
    return std::floor((real(to) - real(from)) / real(step) + 1e-9) + 1;
}

std::vector<Node> stepped(const Node& from, const Node& to, const Node& step)
{
    const auto* whole = from.as<std::int64_t>();
    const bool is_whole = whole != nullptr && step.as<std::int64_t>() != nullptr;
    const auto count = static_cast<std::int64_t>(steps(from, to, step));
    std::vector<Node> all;
    for (std::int64_t i = 0; i < count; ++i)
        all.push_back(is_whole ? scenario::make_node(*whole + i * *step.as<std::int64_t>())
                               : scenario::make_node(rounded(real(from) + static_cast<double>(i) * real(step))));
    return all;
}

std::string cell_text(const Node& value)
{
    const auto* text = value.as<std::string>();
    return text != nullptr ? *text : scenario::write_value(value);
}

std::string setting(const std::string& key, AxisType type, const std::string& cell)
{
    return key + "=" + (type == AxisType::text ? scenario::write_value(scenario::make_node(cell)) : cell);
}

} // namespace sim::sweep
