#include "sim/report/report.hpp"

#include <algorithm>
#include <set>
#include <sstream>

#include "sim/report/facts/scorecard.hpp"
#include "sim/report/indicators.hpp"
#include "sim/report/money.hpp"
#include "sim/report/scenario_rows.hpp"
#include "sim/report/texts.hpp"
#include "sim/scenario/json.hpp"

namespace sim::report {

using scenario::make_node;
using scenario::Node;

namespace {

/// The data of a report of runs, part by part.
class RunsReport {
public:
    RunsReport(const std::vector<std::string>& paths, const Options& options)
        : options_(options), all_(collect(paths, options.by)),
          description_(options.description.sections.empty() ? plain_description(all_.files[0]) : options.description)
    {
    }

    Report operator()() const
    {
        const std::string title = options_.title.empty() ? default_title() : options_.title;
        const bool is_ensemble = all_.files[0].is_ensemble();
        const Node data = make_node(Node::Table{{"format", make_node(std::int64_t{1})},
                                                {"kind", make_node(is_ensemble       ? "ensemble"
                                                                   : all_.runs() > 1 ? "runs"
                                                                                     : "run")},
                                                {"title", make_node(title)},
                                                {"program", make_node(options_.program)},
                                                {"command", make_node(options_.command)},
                                                {"grouped_by", make_node(all_.grouped_by)},
                                                {"sweep", sweep()},
                                                {"notes", notes()},
                                                {"groups", groups()},
                                                {"periods", periods()},
                                                {"years", years()},
                                                {"axes", axes()},
                                                {"sections", sections()},
                                                {"facts", facts()},
                                                {"money", money_of(all_, description_)}});
        return {title, scenario::write_json(data, -1), all_.runs(), all_.groups.size()};
    }

private:
    [[nodiscard]] std::string default_title() const
    {
        const std::string told = all_.files[0].is_ensemble() ? all_.files[0].text("/", "title") : all_.groups[0].title;
        if (all_.groups.size() == 1) return told.empty() ? all_.groups[0].title : told;
        std::string names;
        for (const Group& group : all_.groups) names += (names.empty() ? "" : ", ") + group.name;
        return told.empty() ? names : told + ": " + names;
    }

    /// What a reader has to know before the numbers.
    [[nodiscard]] Node notes() const
    {
        std::vector<std::string> all;
        std::set<std::string> versions;
        for (const RunFile& file : all_.files) {
            versions.insert(file.text("/", "model_version"));
            const std::string status = file.text("/", "status"), reason = file.text("/", "reason");
            if (!status.empty() && status != "complete")
                all.push_back(fmt::format("{} is {}{}: it ends on {}.", file.path(), status,
                                          reason.empty() ? "" : " (" + reason + ")", file.periods().back().to));
            if (file.absent() > 0)
                all.push_back(fmt::format("{} lacks {} of its runs; the numbers are of the {} that are there.",
                                          file.path(), file.absent(), file.runs().size()));
        }
        if (versions.size() > 1)
            all.emplace_back("The results are of different versions of the model; differences may be the model's.");
        return texts(all);
    }

    /// What an ensemble was made by; null for results.
    [[nodiscard]] Node sweep() const
    {
        const RunFile& file = all_.files[0];
        if (!file.is_ensemble()) return {};
        return make_node(Node::Table{{"toml", make_node(file.text("/", "sweep_toml"))},
                                     {"design", make_node(file.text("/", "design"))},
                                     {"files", files_of(file)}});
    }

    /// Files that a result was made from, with their digests.
    static Node files_of(const RunFile& file)
    {
        Node::Array files;
        std::istringstream lines(file.text("/", "files_sha256"));
        for (std::string line; std::getline(lines, line);)
            if (const std::size_t space = line.find(' '); space != std::string::npos)
                files.push_back(make_node(Node::Table{{"sha256", make_node(line.substr(0, space))},
                                                      {"name", make_node(line.substr(space + 1))}}));
        return make_node(std::move(files));
    }

    [[nodiscard]] Node groups() const
    {
        Node::Array all;
        for (const Group& group : all_.groups) {
            const RunFile& file = all_.file(group);
            Node::Array seeds;
            std::set<std::string> paths;
            for (const Run& run : group.runs)
                seeds.push_back(make_node(run.seed)), paths.insert(all_.files[run.file].path());
            const std::string toml = file.text("/", "scenario_toml");
            const bool is_own = !file.is_ensemble();
            all.push_back(make_node(Node::Table{{"name", make_node(group.name)},
                                                {"title", make_node(group.title)},
                                                {"runs", make_node(static_cast<std::int64_t>(group.runs.size()))},
                                                {"seeds", make_node(std::move(seeds))},
                                                {"paths", texts({paths.begin(), paths.end()})},
                                                {"scale", make_node(file.text("/", "scale"))},
                                                {"source", make_node(file.text("/", "source"))},
                                                {"model_version", make_node(file.text("/", "model_version"))},
                                                {"scenario", is_own ? scenario_of(file, toml) : Node{}}}));
        }
        return make_node(std::move(all));
    }

    [[nodiscard]] Node scenario_of(const RunFile& file, const std::string& toml) const
    {
        if (toml.empty()) return {};
        return make_node(Node::Table{{"toml", make_node(toml)},
                                     {"sha256", make_node(file.text("/", "scenario_sha256"))},
                                     {"files", files_of(file)},
                                     {"rows", scenario_rows(toml, options_.keys)}});
    }

    [[nodiscard]] Node periods() const
    {
        std::vector<std::string> from, to;
        for (const PeriodOfTime& period : all_.periods()) from.push_back(period.from), to.push_back(period.to);
        return make_node(Node::Table{{"from", texts(from)}, {"to", texts(to)}});
    }

    [[nodiscard]] Node years() const
    {
        std::vector<std::string> names;
        Node::Array whole;
        for (const Years::Year& year : all_.years.all)
            names.push_back(year.name), whole.push_back(make_node(year.is_whole));
        return make_node(Node::Table{{"names", texts(names)},
                                     {"whole", make_node(std::move(whole))},
                                     {"first", make_node(static_cast<std::int64_t>(all_.years.first()))},
                                     {"last", make_node(static_cast<std::int64_t>(all_.years.last()))}});
    }

    [[nodiscard]] Node axes() const
    {
        Node::Table all;
        for (const RunFile& file : all_.files)
            for (const SeriesInfo& series : file.series())
                for (const std::string& axis : series.axes) {
                    if (all.contains(axis)) continue;
                    all.emplace(axis, make_node(Node::Table{{"title", make_node(axis_title(file, axis))},
                                                            {"labels", texts(file.labels(axis))},
                                                            {"titles", texts(file.titles(axis))}}));
                }
        return make_node(std::move(all));
    }

    [[nodiscard]] std::string axis_title(const RunFile& file, const std::string& axis) const
    {
        for (const auto& [name, title] : description_.axes)
            if (name == axis) return title;
        const std::string title = file.axis_name(axis);
        return title.empty() ? axis : title;
    }

    [[nodiscard]] Node sections() const
    {
        const Indicators numbers(all_, description_);
        Node::Array all;
        for (const Section& section : description_.sections) {
            Node::Array indicators;
            for (const Indicator& indicator : section.indicators)
                if (auto found = numbers(indicator)) indicators.push_back(std::move(*found));
            if (indicators.empty()) continue;
            all.push_back(make_node(
                Node::Table{{"title", make_node(section.title)}, {"indicators", make_node(std::move(indicators))}}));
        }
        return make_node(std::move(all));
    }

    /// The nation's published facts beside the runs; null where none is held.
    [[nodiscard]] Node facts() const
    {
        const auto runs = scored_runs(all_);
        const auto scores = score(all_, runs, options_.facts);
        const bool is_held =
            std::any_of(scores.begin(), scores.end(), [](const Score& s) { return s.verdict() != "-"; });
        return is_held ? node_of(scores, runs.size(), options_.facts) : Node{};
    }

    const Options& options_;
    Collection all_;
    Description description_;
};

} // namespace

Report report_of_runs(const std::vector<std::string>& paths, const Options& options)
{
    return RunsReport(paths, options)();
}

} // namespace sim::report
