#pragma once

#include "sim/record/recorder.hpp"

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

/// A small result with every kind of thing in it; each value follows from its place, so that any reader can check it.
namespace sample {

inline std::vector<sim::record::Axis> axes()
{
    return {
        {.name = "colour", .labels = {"red", "green", "blue"}, .long_name = "Colour", .titles = {"Red", "Grün", "蓝"}},
        {.name = "shape", .labels = {"round", "square"}, .long_name = "Shape"}};
}

inline std::vector<sim::record::Series> series()
{
    using sim::record::Kind;
    return {
        {.name = "items",
         .unit = "1",
         .long_name = "Items",
         .definition = "made for tests",
         .axes = {"colour", "shape"},
         .kind = Kind::i64},
        {.name = "worth", .unit = "fen", .long_name = "Worth", .axes = {"colour"}, .kind = Kind::i64, .is_flow = true},
        {.name = "use", .unit = "1", .long_name = "Use", .axes = {"colour"}, .kind = Kind::f32, .cell_method = "mean"},
        {.name = "level", .unit = "1", .long_name = "Level", .kind = Kind::f64}};
}

inline constexpr int days_per_month = 30;

inline std::int64_t items(int month, int colour, int shape) { return 1000 * month + 10 * colour + shape; }
inline std::int64_t worth(int month, int colour)
{
    return (std::int64_t{1} << 53) + 1 + month * 7 + colour;
} // not a double
inline double use(int month, int colour) { return 0.5 + 0.01 * month + 0.1 * colour; }
inline double level(int month) { return std::sqrt(1.0 + month); }

inline void month(sim::record::Recorder& r, int m, std::int64_t more = 0)
{
    std::vector<std::int64_t> i, w;
    std::vector<double> u;
    for (int c = 0; c < 3; ++c) {
        for (int s = 0; s < 2; ++s) i.push_back(items(m, c, s));
        w.push_back(worth(m, c) + more);
        u.push_back(use(m, c));
    }
    r.set(0, i);
    r.set(1, w);
    r.set(2, u);
    r.set_scalar(3, level(m));
    r.advance((m + 1) * days_per_month);
}

inline std::vector<sim::record::Attribute> attributes()
{
    return {{"Conventions", "CF-1.8"},
            {"title", "Sample"},
            {"seed", std::int64_t{42}},
            {"scale", 0.25},
            {"scenario_toml", std::string(100'000, 'x')}};
}

/// What was observed in 2013 and 2015: two years with a gap, the first of them before the run.
inline sim::record::FixedTable observed()
{
    const double unknown = std::nan("");
    sim::record::FixedSeries use{
        {.name = "use_seen", .unit = "1", .long_name = "Use, observed", .axes = {"colour"}, .cell_method = "mean"},
        {{"source", "2013: a survey; 2015: another"}, {"result_series", "use"}, {"population", "all"}},
        {0.5, unknown, 0.7, 0.55, 0.65, unknown}};
    sim::record::FixedSeries level{
        {.name = "level_seen", .unit = "1", .long_name = "Level, observed"}, {}, {unknown, 1.5}};
    return {{{-720, -360}, {0, 360}}, {use, level}};
}

/// Records @p months months, a yearly table and a panel of two rows a month.
inline std::string write(const std::string& path, int months,
                         sim::record::Status status = sim::record::Status::complete, std::int64_t more = 0)
{
    using sim::record::Kind;
    sim::record::Recorder r(path, axes(), series(), "360_day", "2015-01-01", attributes());
    auto& yearly =
        r.add_table("yearly", {{.name = "tally", .unit = "1", .axes = {"shape"}, .kind = Kind::i64, .is_flow = true}});
    auto& panel =
        r.add_panel("panel_events", {{.name = "day", .unit = "day", .long_name = "Day"},
                                     {.name = "agent", .unit = "1", .kind = Kind::u64},
                                     {.name = "what", .kind = Kind::i8, .meanings = {"born", "grown", "gone"}},
                                     {.name = "amount", .unit = "fen", .kind = Kind::f64}});
    r.add_fixed("observed", observed());
    for (int m = 0; m < months; ++m) {
        month(r, m, more);
        panel.row(m * days_per_month, std::uint64_t{1} << 63 | static_cast<std::uint64_t>(m), m % 3, 0.5 * m);
        panel.row(m * days_per_month + 1, 7, 2, -1.0);
        if (m % 12 != 11) continue;
        yearly.set(0, std::vector<std::int64_t>{m, -m});
        yearly.advance((m + 1) * days_per_month);
    }
    return r.finish(status, status == sim::record::Status::complete ? "" : "asked to stop");
}

} // namespace sample
