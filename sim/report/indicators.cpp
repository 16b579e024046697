#include "sim/report/indicators.hpp"

#include <algorithm>
#include <cmath>

#include "sim/experiment/paired_effect.hpp"
#include "sim/report/observed.hpp"

namespace sim::report {

using scenario::make_node;
using scenario::Node;

namespace {

Node nothing() { return Node{}; } // written as null

bool has_axis(const SeriesInfo& series, const std::string& axis)
{
    return std::find(series.axes.begin(), series.axes.end(), axis) != series.axes.end();
}

} // namespace

std::optional<Node> Indicators::operator()(const Indicator& indicator) const
{
    const auto with =
        std::find_if(all_.groups.begin(), all_.groups.end(), [&](const Group& g) { return has(g, indicator); });
    if (with == all_.groups.end()) return std::nullopt;
    const SeriesInfo& series = info(with->runs[0], indicator.series);
    const Unit unit = description_.shown(indicator, series.unit);
    Node::Array by;
    for (const Split& split : splits(indicator)) by.push_back(by_axis(indicator, split));
    return make_node(
        Node::Table{{"title", make_node(indicator.title)},
                    {"series", make_node(indicator.series)},
                    {"over", make_node(indicator.over)},
                    {"weight", make_node(indicator.weight)},
                    {"unit", make_node(unit.shown)},
                    {"factor", make_node(unit.factor)},
                    {"recorded_unit", make_node(indicator.over.empty() ? series.unit : "1")},
                    {"meaning", make_node(indicator.meaning.empty() ? series.definition : indicator.meaning)},
                    {"method", make_node(series.method)},
                    {"periods", over_time(indicator, false)},
                    {"years", over_time(indicator, true)},
                    {"by", make_node(std::move(by))},
                    {"observed", observed_of(all_.file(*with), indicator)},
                    {"effects", effects(indicator)}});
}

bool Indicators::has(const Group& group, const Indicator& indicator) const
{
    return std::all_of(group.runs.begin(), group.runs.end(), [&](const Run& run) {
        const RunFile& file = all_.files[run.file];
        if (file.find(indicator.series) == nullptr) return false;
        if (!indicator.over.empty() && file.find(indicator.over) == nullptr) return false;
        return indicator.weight.empty() || file.find(indicator.weight) != nullptr;
    });
}

const SeriesInfo& Indicators::info(const Run& run, const std::string& series) const
{
    return *all_.files[run.file].find(series);
}

Columns Indicators::cells(const Run& run, const std::string& name, const std::string& axis) const
{
    const SeriesInfo& series = info(run, name);
    const auto values = all_.files[run.file].values(series, run.row);
    if (axis.empty()) return totals(series, values);
    const auto at = std::find(series.axes.begin(), series.axes.end(), axis) - series.axes.begin();
    return along(series, values, static_cast<std::size_t>(at));
}

/// The indicator of a run, over all cells.
Columns Indicators::periods(const Run& run, const Indicator& indicator, bool of_years) const
{
    const SeriesInfo& series = info(run, indicator.series);
    const auto timed = [&](Columns columns, const std::string& method) {
        return of_years ? by_year(columns, all_.years, method) : columns;
    };
    if (!indicator.weight.empty() && series.axes.size() == 1 && has_axis(info(run, indicator.weight), series.axes[0]))
        return timed(
            weighted(cells(run, indicator.series, series.axes[0]), cells(run, indicator.weight, series.axes[0])),
            series.method);
    Columns result = timed(cells(run, indicator.series, ""), series.method);
    if (indicator.over.empty()) return result;
    return ratio(result, timed(cells(run, indicator.over, ""), info(run, indicator.over).method));
}

std::vector<Indicators::Split> Indicators::splits(const Indicator& indicator) const
{
    std::vector<Split> all;
    const auto add = [&](const std::string& series, bool must_be_alone) {
        for (const Group& group : all_.groups) {
            const SeriesInfo* found = all_.file(group).find(series);
            if (found == nullptr || (must_be_alone && found->axes.size() != 1)) continue;
            for (const std::string& axis : found->axes) {
                const bool is_known =
                    std::any_of(all.begin(), all.end(), [&](const Split& s) { return s.axis == axis; });
                const SeriesInfo* over = indicator.over.empty() ? nullptr : all_.file(group).find(indicator.over);
                const bool can_divide = indicator.over.empty() || (over != nullptr && has_axis(*over, axis));
                if (!is_known && can_divide && is_shared(axis)) all.push_back({axis, series});
            }
            return;
        }
    };
    add(indicator.series, false);
    for (const std::string& series : indicator.by) add(series, true);
    return all;
}

/// Whether the axis has labels, the same in every file that has it.
bool Indicators::is_shared(const std::string& axis) const
{
    std::vector<std::string> labels;
    for (const RunFile& file : all_.files) {
        const auto mine = file.labels(axis);
        if (!mine.empty() && !labels.empty() && mine != labels) return false;
        if (!mine.empty()) labels = mine;
    }
    return !labels.empty();
}

bool Indicators::is_whole(const Indicator& indicator, const SeriesInfo& series, bool of_years) const
{
    return indicator.over.empty() && indicator.weight.empty() && series.is_whole && !series.is_mean &&
           (!of_years || series.method != "mean");
}

Node Indicators::over_time(const Indicator& indicator, bool of_years) const
{
    Node::Array all;
    for (const Group& group : all_.groups) {
        std::vector<Columns> runs;
        if (has(group, indicator))
            for (const Run& run : group.runs) runs.push_back(periods(run, indicator, of_years));
        all.push_back(runs.empty()
                          ? nothing()
                          : spread(runs, is_whole(indicator, info(group.runs[0], indicator.series), of_years)));
    }
    return make_node(std::move(all));
}

/// Years by label: a row for each year, a column for each label.
Node Indicators::by_axis(const Indicator& indicator, const Split& split) const
{
    const Indicator part{.series = split.series, .over = indicator.over};
    Node::Array all;
    for (const Group& group : all_.groups) {
        if (!has(group, part) || !has_axis(info(group.runs[0], split.series), split.axis)) {
            all.push_back(nothing());
            continue;
        }
        std::vector<Columns> runs;
        for (const Run& run : group.runs) {
            runs.push_back(by_year(cells(run, split.series, split.axis), all_.years, info(run, split.series).method));
            if (!indicator.over.empty())
                runs.back() = ratio(runs.back(), by_year(cells(run, indicator.over, split.axis), all_.years,
                                                         info(run, indicator.over).method));
        }
        all.push_back(spread(runs, is_whole(part, info(group.runs[0], split.series), true)));
    }
    return make_node(Node::Table{
        {"axis", make_node(split.axis)}, {"series", make_node(split.series)}, {"years", make_node(std::move(all))}});
}

/// The last whole year by seed; nothing when two runs have the same seed, so that there are no pairs.
std::map<std::int64_t, double> Indicators::last_year(const Group& group, const Indicator& indicator) const
{
    std::map<std::int64_t, double> by_seed;
    if (!has(group, indicator)) return {};
    for (const Run& run : group.runs) {
        const auto value = static_cast<double>(periods(run, indicator, true).values[all_.years.last()]);
        if (std::isnan(value) || !by_seed.emplace(run.seed, value).second) return {};
    }
    return by_seed;
}

Node Indicators::effects(const Indicator& indicator) const
{
    Node::Array all{nothing()};
    const auto base = all_.groups.size() > 1 ? last_year(all_.groups[0], indicator) : std::map<std::int64_t, double>{};
    for (std::size_t i = 1; i < all_.groups.size(); ++i) {
        std::vector<double> without, with;
        for (const auto& [seed, value] : last_year(all_.groups[i], indicator))
            if (const auto pair = base.find(seed); pair != base.end())
                without.push_back(pair->second), with.push_back(value);
        if (with.size() < 2) {
            all.push_back(nothing());
            continue;
        }
        const experiment::SteinRule rule(experiment::paired_differences(without, with), 1);
        const auto effect = experiment::paired_effect(without, with, rule, make_key(i, 0));
        all.push_back(make_node(Node::Table{{"pairs", make_node(std::int64_t{effect.pairs})},
                                            {"base", make_node(effect.base)},
                                            {"effect", make_node(effect.effect)},
                                            {"low", make_node(effect.interval.low)},
                                            {"high", make_node(effect.interval.high)}}));
    }
    return make_node(std::move(all));
}

Description plain_description(const RunFile& file)
{
    Section all{"All series", {}};
    for (const SeriesInfo& series : file.series())
        all.indicators.push_back({.title = series.long_name, .series = series.name});
    return {.sections = {std::move(all)}};
}

} // namespace sim::report
