#pragma once

#include <cstdint>
#include <string>

#include "sim/scenario/key_table.hpp"

namespace sim::scenario {

/// When, how large and with which draws a model runs; the keys every model has.
struct RunSettings {
    std::string name;      ///< short name, used in paths; letters, digits, _ and -
    std::string title;     ///< one line for people
    Date start;            ///< first day
    Date end;              ///< the day after the last
    std::int64_t seed = 1; ///< in [0, 2^32)
    double scale = 1.0;    ///< share of the full number of agents [1], in (0, 1]
    std::string calendar_name;

    [[nodiscard]] Calendar calendar() const;
    [[nodiscard]] Window windows() const; ///< number of windows of the run
};

/// Binds run.start, run.end, run.seed, run.scale, run.calendar, run.name and run.title, and checks them together.
void bind_run_settings(KeyTable& table, RunSettings& settings);

} // namespace sim::scenario
