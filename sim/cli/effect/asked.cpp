#include "sim/cli/effect/asked.hpp"

#include "sim/cli/option_values.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace sim::cli {
namespace {

/// Parts between commas that stand outside square brackets.
std::vector<std::string> split(const std::string& list)
{
    std::vector<std::string> parts(1);
    int depth = 0;
    for (const char c : list) {
        depth += (c == '[') - (c == ']');
        if (c == ',' && depth == 0)
            parts.emplace_back();
        else if (c != ' ')
            parts.back() += c;
    }
    return parts;
}

class SeriesParser {
public:
    SeriesParser(const std::vector<SeriesShape>& recorded, UsageProblems& problems)
        : recorded_(recorded), problems_(problems)
    {
    }

    std::optional<AskedSeries> operator()(const std::string& text)
    {
        if (text.empty()) return refuse("a series has no name", suggestion("", names(), "Series"));
        const std::size_t open = text.find('[');
        const std::string name = text.substr(0, open);
        const auto shape =
            std::find_if(recorded_.begin(), recorded_.end(), [&](const auto& s) { return s.name == name; });
        if (shape == recorded_.end())
            return refuse("there is no series '" + name + "'", suggestion(name, names(), "Series"));
        AskedSeries asked{text, {name, {}}, shape->unit, shape->is_ratio, {}, shape->is_flow};
        if (open == std::string::npos) return asked;
        if (!text.ends_with(']') || text.size() < open + 3)
            return refuse("'" + text + "' does not end its choice", "write it like " + name + "[AXIS=LABEL]");
        for (const std::string& choice : split(text.substr(open + 1, text.size() - open - 2)))
            if (!choose(choice, *shape, asked)) return std::nullopt;
        return asked;
    }

private:
    bool choose(const std::string& choice, const SeriesShape& shape, AskedSeries& asked)
    {
        const std::size_t equals = std::min(choice.find('='), choice.size());
        const std::string name = choice.substr(0, equals);
        const std::string label = choice.substr(std::min(equals + 1, choice.size()));
        std::vector<std::string> axes;
        for (const SeriesShape::Axis& axis : shape.axes) axes.push_back(axis.name);
        const auto at = std::find(axes.begin(), axes.end(), name);
        if (at == axes.end()) {
            const std::string help =
                axes.empty() ? shape.name + " is one number a month" : suggestion(name, axes, "Axes");
            return refuse(fmt::format("series {} has no axis '{}'", shape.name, name), help), false;
        }
        for (const auto& [axis, other] : asked.selection.labels)
            if (axis == name)
                return refuse(fmt::format("{} chooses two of {}", asked.text, name), "name each axis once"), false;
        const auto& labels = shape.axes[static_cast<std::size_t>(at - axes.begin())].labels;
        if (std::find(labels.begin(), labels.end(), label) == labels.end())
            return refuse(fmt::format("there is no {} '{}'", name, label), suggestion(label, labels)), false;
        asked.selection.labels.emplace_back(name, label);
        return true;
    }

    std::optional<AskedSeries> refuse(const std::string& message, const std::string& help)
    {
        problems_.push_back({message, help});
        return std::nullopt;
    }

    [[nodiscard]] std::vector<std::string> names() const
    {
        std::vector<std::string> all;
        for (const SeriesShape& shape : recorded_) all.push_back(shape.name);
        return all;
    }

    const std::vector<SeriesShape>& recorded_;
    UsageProblems& problems_;
};

std::optional<HalfWidth> parse_half_width(const std::string& text)
{
    HalfWidth result{0, HalfWidth::Kind::absolute, text};
    const char* const end = text.data() + text.size();
    const auto [rest, failed] = std::from_chars(text.data(), end, result.value);
    const std::string unit(rest, end);
    if (failed != std::errc() || !(result.value > 0) || !std::isfinite(result.value)) return std::nullopt;
    if (unit.empty()) return result;
    result.value /= 100;
    result.kind = unit == "%" ? HalfWidth::Kind::relative : HalfWidth::Kind::points;
    return unit == "%" || unit == "pp" ? std::optional(result) : std::nullopt;
}

Date add_months(Date date, int months)
{
    const int month = 12 * date.year + date.month - 1 + months;
    return {month / 12, month % 12 + 1, date.day};
}

/// "2025" or "2025-06".
std::optional<Period> parse_at(const std::string& text)
{
    const bool is_month = text.size() == 7;
    const auto from = parse_date(is_month ? text + "-01" : text.size() == 4 ? text + "-01-01" : "");
    if (!from) return std::nullopt;
    return Period{*from, add_months(*from, is_month ? 1 : 12)};
}

} // namespace

double HalfWidth::absolute(double base) const { return kind == Kind::relative ? value * std::abs(base) : value; }

namespace {

void add_labels(SeriesShape& known, const SeriesShape& more)
{
    for (std::size_t axis = 0; axis < more.axes.size(); ++axis)
        for (const std::string& label : more.axes[axis].labels) {
            auto& labels = known.axes[axis].labels;
            if (std::find(labels.begin(), labels.end(), label) == labels.end()) labels.push_back(label);
        }
}

} // namespace

std::vector<SeriesShape> recorded_by_any(const std::vector<std::vector<SeriesShape>>& runs)
{
    std::vector<SeriesShape> all;
    for (const auto& run : runs)
        for (const SeriesShape& shape : run) {
            const auto known =
                std::find_if(all.begin(), all.end(), [&](const auto& s) { return s.name == shape.name; });
            if (known == all.end())
                all.push_back(shape);
            else
                add_labels(*known, shape);
        }
    return all;
}

std::vector<AskedSeries> parse_series(const std::string& list, const std::vector<SeriesShape>& recorded,
                                      UsageProblems& problems)
{
    std::vector<AskedSeries> all;
    SeriesParser parse(recorded, problems);
    for (const std::string& text : split(list)) {
        if (std::any_of(all.begin(), all.end(), [&](const AskedSeries& other) { return other.text == text; }))
            problems.push_back({fmt::format("the series {} is asked for twice", text), ""});
        else if (auto asked = parse(text))
            all.push_back(std::move(*asked));
    }
    return all;
}

void parse_half_widths(const std::string& list, std::vector<AskedSeries>& series, UsageProblems& problems)
{
    if (list.empty()) return;
    const auto parts = split(list);
    if (parts.size() != 1 && parts.size() != series.size()) {
        problems.push_back({fmt::format("--halfwidth gives {} widths for {} series", parts.size(), series.size()),
                            "give one for all, or one for each"});
        return;
    }
    for (std::size_t i = 0; i < series.size(); ++i) {
        const std::string& text = parts[parts.size() == 1 ? 0 : i];
        series[i].wanted = parse_half_width(text);
        if (!series[i].wanted)
            problems.push_back({"--halfwidth '" + text + "' is no width",
                                "write 0.1pp (percentage points of a share), 0.5% (of the base) or a number above 0"});
        else if (series[i].wanted->kind == HalfWidth::Kind::points && !series[i].is_ratio)
            problems.push_back(
                {fmt::format("--halfwidth {}: {} is no share, its unit is {}", text, series[i].text, series[i].unit),
                 "write a part of the base such as 0.5%, or a number in that unit"});
    }
}

Period parse_period(const std::string& at, const std::string& from, int months, const scenario::RunSettings& run,
                    UsageProblems& problems)
{
    if (!at.empty() && !from.empty()) problems.push_back({"--at and --from exclude each other", ""});
    Period period{add_months(run.end, -12), run.end};
    if (at.empty() && from.empty()) period.from = std::max(period.from, run.start);
    if (!at.empty()) {
        const auto given = parse_at(at);
        if (!given)
            return problems.push_back({"--at '" + at + "' is no year or month", "write 2025 or 2025-06"}), period;
        period = *given;
    } else if (!from.empty()) {
        const auto given = parse_date(from);
        if (!given) return problems.push_back({"--from '" + from + "' is no date", "write it like 2025-01-01"}), period;
        if (given->day != 1 && *given != run.start)
            return problems.push_back({"--from " + from + " is inside a month, and series have a number for each month",
                                       fmt::format("write --from {}", to_string(Date{given->year, given->month, 1}))}),
                   period;
        period = {*given, add_months(*given, months)};
    }
    if (period.from < run.start || run.end < period.to)
        problems.push_back({fmt::format("{} to {} is not inside the run", to_string(period.from), to_string(period.to)),
                            fmt::format("the run goes from {} to {}", to_string(run.start), to_string(run.end))});
    return period;
}

} // namespace sim::cli
