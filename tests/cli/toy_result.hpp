// What the toy application records: its monthly numbers, as a result file; and its checkpoint, the rows so far as text.
#pragma once

#include <array>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "sim/base/io_error.hpp"
#include "sim/base/random.hpp"
#include "sim/cli/application.hpp"
#include "sim/record/recorder.hpp"

namespace toy {

using Row = std::array<double, 5>; // painted by colour, waste, spent

inline const std::vector<std::string> colours = {"red", "green", "blue"};

inline std::vector<sim::record::Axis> axes() { return {{.name = "colour", .labels = colours}}; }

inline std::vector<sim::record::Series> series()
{
    using sim::record::Kind;
    return {{.name = "painted", .unit = "m2", .axes = {"colour"}, .kind = Kind::f64, .is_flow = true},
            {.name = "waste_share", .unit = "1", .kind = Kind::f64},
            {.name = "spent", .unit = "CNY", .kind = Kind::f64, .is_flow = true}};
}

inline std::vector<sim::cli::SeriesShape> shapes()
{
    std::vector<sim::cli::SeriesShape> all;
    for (const auto& s : series()) {
        auto& shape = all.emplace_back(sim::cli::SeriesShape{s.name, s.unit, {}, s.is_flow, s.unit == "1"});
        if (!s.axes.empty()) shape.axes.push_back({"colour", colours});
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
    Result(const sim::cli::RunRequest& request, const sim::scenario::RunSettings& run)
        : recorder_(request.out, axes(), series(), run.calendar().name(), sim::to_string(run.start),
                    {{"scenario_sha256", request.scenario.sha256}, {"model_version", std::string("abc")}})
    {
    }

    void month(const Row& row, sim::Window end)
    {
        recorder_.set(0, std::span(row.data(), 3));
        recorder_.set_scalar(1, row[3]);
        recorder_.set_scalar(2, row[4]);
        recorder_.advance(end);
    }

    std::string finish(sim::record::Status status) { return recorder_.finish(status); }

private:
    sim::record::Recorder recorder_;
};

inline void write_checkpoint(const std::string& path, const std::vector<Row>& rows)
{
    std::ofstream out(path);
    out.precision(17);
    for (const Row& row : rows)
        for (const double x : row) out << x << ' ';
    if (!out.flush()) throw sim::IoError(path + " cannot be written");
}

inline std::vector<Row> read_checkpoint(const std::string& path)
{
    std::vector<Row> rows;
    if (path.empty()) return rows;
    std::ifstream in(path);
    if (!in) throw sim::IoError(path + " cannot be read");
    for (Row row; in >> row[0] >> row[1] >> row[2] >> row[3] >> row[4];) rows.push_back(row);
    return rows;
}

/// Tells a test what was simulated, when it asks for it.
inline void log_days(std::int64_t seed, sim::Window from, sim::Window to)
{
    if (const char* path = std::getenv("TOY_LOG"))
        std::ofstream(path, std::ios::app) << seed << ' ' << from << ' ' << to << '\n';
}

} // namespace toy
