#include "sim/report/money.hpp"

#include <algorithm>

#include "sim/report/numbers.hpp"
#include "sim/report/texts.hpp"

namespace sim::report {

using scenario::make_node;
using scenario::Node;

namespace {

/// Adds up over time all that a run holds; the columns stay.
Columns over_run(const Columns& periods)
{
    Columns result{periods.width, std::vector<Exact>(periods.width, 0)};
    for (std::size_t i = 0; i < periods.values.size(); ++i) result.values[i % periods.width] += periods.values[i];
    return result;
}

class GroupMoney {
public:
    GroupMoney(const Collection& all, const PublicMoney& money, const Group& group)
        : all_(all), money_(money), group_(group), file_(all.file(group))
    {
    }

    Node operator()() const
    {
        Node::Array stages, splits;
        for (const auto& [title, series] : money_.stages)
            if (has(series, 1)) stages.push_back(stage(title, series));
        for (const auto& [title, series] : money_.splits)
            if (has(series, 2)) splits.push_back(split(title, series));
        if (stages.empty() && splits.empty()) return {};
        return make_node(Node::Table{{"programmes", texts(file_.labels(money_.axis))},
                                     {"titles", texts(file_.titles(money_.axis))},
                                     {"stages", make_node(std::move(stages))},
                                     {"splits", make_node(std::move(splits))}});
    }

private:
    /// Whether every run has the series over programmes first, with the programmes of this group.
    [[nodiscard]] bool has(const std::string& series, std::size_t axes) const
    {
        return std::all_of(group_.runs.begin(), group_.runs.end(), [&](const Run& run) {
            const RunFile& file = all_.files[run.file];
            const SeriesInfo* found = file.find(series);
            return found != nullptr && found->axes.size() == axes && found->axes[0] == money_.axis &&
                   file.labels(money_.axis) == file_.labels(money_.axis);
        });
    }

    template <class Reduce>
    [[nodiscard]] Node mean_of_runs(const std::string& series, Reduce&& reduce) const
    {
        const SeriesInfo& info = *file_.find(series);
        std::vector<Columns> runs;
        for (const Run& run : group_.runs)
            runs.push_back(reduce(Columns{info.width(), all_.files[run.file].values(info, run.row)}));
        return spread(runs, info.is_whole, Centre::mean);
    }

    /// Years by programme.
    [[nodiscard]] Node stage(const std::string& title, const std::string& series) const
    {
        return make_node(Node::Table{
            {"title", make_node(title)},
            {"series", make_node(series)},
            {"years", mean_of_runs(series, [&](const Columns& c) { return by_year(c, all_.years, "sum"); })}});
    }

    /// Programmes by label, over the run.
    [[nodiscard]] Node split(const std::string& title, const std::string& series) const
    {
        const std::string& axis = file_.find(series)->axes[1];
        return make_node(Node::Table{{"title", make_node(title)},
                                     {"series", make_node(series)},
                                     {"axis", make_node(axis)},
                                     {"labels", texts(file_.titles(axis))},
                                     {"run", mean_of_runs(series, over_run)}});
    }

    const Collection& all_;
    const PublicMoney& money_;
    const Group& group_;
    const RunFile& file_;
};

} // namespace

Node money_of(const Collection& all, const Description& description)
{
    const PublicMoney& money = description.money;
    if (money.axis.empty()) return {};
    Node::Array groups;
    std::string recorded;
    for (const Group& group : all.groups) {
        groups.push_back(GroupMoney(all, money, group)());
        for (const auto& [title, series] : money.stages)
            if (const SeriesInfo* found = all.file(group).find(series)) recorded = found->unit;
    }
    if (std::all_of(groups.begin(), groups.end(), [](const Node& group) { return group.empty(); })) return {};
    const Unit unit = description.shown({}, recorded);
    return make_node(Node::Table{
        {"unit", make_node(unit.shown)}, {"factor", make_node(unit.factor)}, {"groups", make_node(std::move(groups))}});
}

} // namespace sim::report
