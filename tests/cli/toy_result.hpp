// What the toy application records: its monthly numbers, as a result file; and its checkpoint, the rows so far as text.
#pragma once

#include <array>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "sim/base/io_error.hpp"
#include "sim/base/random.hpp"
#include "sim/cli/application.hpp"
#include "sim/record/checkpoint_file.hpp"
#include "sim/record/recorder.hpp"

namespace toy {

/// Numbers of a month.
struct Row {
    std::array<double, 3> painted{}; ///< by colour
    double waste = 0;
    std::map<std::string, double> spent{}; ///< by rule
};

using Names = std::vector<std::string>;

inline const Names colours = {"red", "green", "blue"};

inline std::vector<sim::record::Axis> axes(const Names& rules)
{
    std::vector<sim::record::Axis> all{{.name = "colour", .labels = colours}};
    if (!rules.empty()) all.push_back({.name = "rule", .labels = rules});
    return all;
}

/// A run without rules has no series of what they spend.
inline std::vector<sim::record::Series> series(const Names& rules, bool with_ishigami)
{
    using sim::record::Kind;
    std::vector<sim::record::Series> all{
        {.name = "painted", .unit = "m2", .axes = {"colour"}, .kind = Kind::f64, .is_flow = true},
        {.name = "waste_share", .unit = "1", .kind = Kind::f64}};
    if (!rules.empty())
        all.push_back({.name = "spent", .unit = "CNY", .axes = {"rule"}, .kind = Kind::f64, .is_flow = true});
    if (with_ishigami) all.push_back({.name = "ishigami", .unit = "1", .kind = Kind::f64});
    return all;
}

/// Another one, when a test asks for it.
inline std::string model_version()
{
    const char* asked = std::getenv("TOY_MODEL_VERSION");
    return asked == nullptr ? "abc" : asked;
}

inline std::vector<sim::cli::SeriesShape> shapes(const Names& rules, bool with_ishigami)
{
    std::vector<sim::cli::SeriesShape> all;
    for (const auto& s : series(rules, with_ishigami)) {
        auto& shape = all.emplace_back(
            sim::cli::SeriesShape{s.name, s.unit, {}, s.is_flow, s.unit == "1", s.name == "spent" ? "rules" : "paint"});
        for (const std::string& axis : s.axes) shape.axes.push_back({axis, axis == "rule" ? rules : colours});
    }
    return all;
}

/// Luck of a month, the same in every scenario with the same seed: standard normal.
inline double luck(std::int64_t seed, int month, int what)
{
    return sim::Draw(static_cast<std::uint32_t>(seed), sim::make_key(what), 0, static_cast<std::uint32_t>(month))
        .normal();
}

/// A result under way.
class Result {
public:
    Result(const sim::cli::RunRequest& request, const sim::scenario::RunSettings& run, Names rules,
           std::optional<double> ishigami)
        : rules_(std::move(rules)), ishigami_(ishigami),
          recorder_(request.out, axes(rules_), series(rules_, ishigami.has_value()), run.calendar().name(),
                    sim::to_string(run.start),
                    {{"scenario_sha256", request.scenario.sha256}, {"model_version", model_version()}})
    {
    }

    void month(const Row& row, sim::Window end)
    {
        recorder_.set(0, std::span(row.painted));
        recorder_.set_scalar(1, row.waste);
        std::vector<double> spent;
        for (const std::string& rule : rules_) spent.push_back(row.spent.count(rule) > 0 ? row.spent.at(rule) : 0);
        if (!rules_.empty()) recorder_.set(2, spent);
        if (ishigami_) recorder_.set_scalar(rules_.empty() ? 2 : 3, *ishigami_);
        recorder_.advance(end);
    }

    std::string finish(sim::record::Status status) { return recorder_.finish(status); }

private:
    Names rules_;
    std::optional<double> ishigami_;
    sim::record::Recorder recorder_;
};

inline sim::record::ForEach one_by_one()
{
    return [](int tasks, const std::function<void(int, int)>& body) {
        for (int task = 0; task < tasks; ++task) body(task, 0);
    };
}

inline void write_checkpoint(const sim::cli::RunRequest& request, const std::vector<Row>& rows,
                             const std::string& next_day)
{
    std::ostringstream out;
    out.precision(17);
    for (const Row& row : rows) {
        for (const double x : row.painted) out << x << ' ';
        out << row.waste;
        for (const auto& [rule, spent] : row.spent) out << ' ' << rule << ' ' << spent;
        out << '\n';
    }
    const std::string text = out.str();
    sim::record::CheckpointHead head;
    head.program = "toy", head.model_version = model_version(), head.next_day = head.open_from = next_day;
    head.scenario_name = request.scenario.name, head.scenario_text = request.scenario.text;
    head.scenario_root = request.scenario.root, head.result = request.out, head.every = request.checkpoint_every;
    for (const auto& file : request.scenario.files) head.files.emplace_back(file.name, file.sha256);
    sim::record::CheckpointWriter file(request.checkpoint_out, one_by_one());
    file.put("rows", std::as_bytes(std::span(text.data(), text.size())));
    file.commit(head);
}

inline std::vector<Row> read_checkpoint(const std::string& path)
{
    std::vector<Row> rows;
    if (path.empty()) return rows;
    sim::record::CheckpointReader file(path, one_by_one());
    std::vector<std::byte> bytes;
    file.read("rows", bytes);
    std::istringstream in(std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        Row& row = rows.emplace_back();
        for (double& x : row.painted) words >> x;
        words >> row.waste;
        double spent = 0;
        for (std::string rule; words >> rule >> spent;) row.spent[rule] = spent;
    }
    return rows;
}

/// Tells a test what was simulated, when it asks for it.
inline void log_days(std::int64_t seed, sim::Window from, sim::Window to)
{
    if (const char* path = std::getenv("TOY_LOG"))
        std::ofstream(path, std::ios::app) << seed << ' ' << from << ' ' << to << '\n';
}

} // namespace toy
