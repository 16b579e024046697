#include "sim/scenario/run_settings.hpp"

#include <algorithm>

namespace sim::scenario {
namespace {

void check_days(Check& check, const RunSettings& settings)
{
    if (settings.end <= settings.start)
        check.error("run.end", "run.end = {} is not after run.start = {} (the end is the day after the last)",
                    to_string(settings.end), to_string(settings.start));
    if (settings.calendar_name != "360_day") return;
    for (const auto& [key, date] : {std::pair{"run.start", settings.start}, std::pair{"run.end", settings.end}})
        if (date.day > 30)
            check.error(key, "{} = {} does not exist in the calendar 360_day (months have 30 days)", key,
                        to_string(date));
}

void check_name(Check& check, const RunSettings& settings)
{
    const auto is_plain = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.';
    };
    const bool good = !settings.name.empty() && settings.name.size() <= 64 && settings.name.front() != '.' &&
                      std::all_of(settings.name.begin(), settings.name.end(), is_plain);
    if (!good)
        check.error("run.name", "run.name = '{}' is no name for a file", settings.name)
            .help("letters a-z A-Z, digits, _, - and ., at most 64");
}

} // namespace

Calendar RunSettings::calendar() const
{
    return {calendar_name == "360_day" ? Calendar::Kind::day_360 : Calendar::Kind::proleptic_gregorian, start};
}

Window RunSettings::windows() const { return calendar().window(end); }

void bind_run_settings(KeyTable& table, RunSettings& settings)
{
    table.section("run", "When, how large, and with which draws.");
    table.date(settings.start, "run.start", {2015, 1, 1}, "First day of the run.");
    table.date(settings.end, "run.end", {2026, 1, 1}, "The day after the last day of the run.").ends();
    table.integer(settings.seed, "run.seed", 1, Range::below(0, 4294967296.0), "1",
                  "Seed of every random draw; the same scenario and seed give the same results.");
    table.number(settings.scale, "run.scale", 1.0, Range::above(0, 1), "1",
                 "Share of the full number of agents that is simulated; each then stands for 1/scale of them.");
    table.choice(settings.calendar_name, "run.calendar", "proleptic_gregorian", {"proleptic_gregorian", "360_day"},
                 "Calendar; 360_day has twelve months of thirty days, for steady-state tests.");
    table.text(settings.name, "run.name", "run", "Short name, used in the path of the results.").label();
    table.text(settings.title, "run.title", "", "One line that says what the run is about.").label();
    table.check([&settings](Check& check) {
        check_days(check, settings);
        check_name(check, settings);
    });
}

} // namespace sim::scenario
