#include "sim/cli/profile.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace sim::cli {
namespace {

double ratio(double a, double b) { return b > 0 ? a / b : 0.0; }

std::string key_of(std::string name)
{
    std::replace(name.begin(), name.end(), ' ', '_');
    return name;
}

} // namespace

Profile::Profile(const EngineCounters& c, const RunTimes& times) : per_month_(times.per_month)
{
    const double threads = c.threads;
    const double whole = static_cast<double>(times.whole) * threads;
    std::int64_t in_phases = 0;
    const auto event = [&](const std::string& name, std::int64_t events, std::int64_t ns) {
        const auto n = static_cast<double>(events), time = static_cast<double>(ns);
        lines_.push_back({name, events, ratio(n, times.agent_months), ratio(time, n), ratio(time, whole)});
    };
    const auto other = [&](const char* name, double thread_ns) {
        lines_.push_back({name, -1, 0, 0, ratio(std::max(0.0, thread_ns), whole)});
    };
    for (const auto& phase : c.phases)
        event(phase.name, phase.events, phase.nanoseconds), in_phases += phase.nanoseconds;
    event("all events", c.events, in_phases);
    const auto blocks = static_cast<double>(c.block_nanoseconds), tasks = static_cast<double>(c.task_nanoseconds);
    const auto barriers = static_cast<double>(c.barrier_nanoseconds + c.observer_nanoseconds);
    other("taking messages in", tasks - static_cast<double>(in_phases));
    other("waiting", blocks * threads - tasks);
    other("institutions at barriers", (barriers - static_cast<double>(times.recording)) * threads);
    other("recording", static_cast<double>(times.recording) * threads);
    other("first day", static_cast<double>(times.first_day) * threads);
    double known = 0;
    for (const Line& line : lines_)
        if (line.name != "all events") known += line.share;
    other("rest", (1 - known) * whole);
}

std::string Profile::to_text() const
{
    std::size_t width = 4;
    for (const Line& line : lines_) width = std::max(width, line.name.size());
    std::string text = fmt::format("{:<{}}  {:>12}  {:>{}}  {:>8}  {:>13}\n", "kind", width, "events", per_month_,
                                   per_month_.size(), "ns/event", "share of time");
    for (const Line& line : lines_) {
        text += fmt::format("{:<{}}  ", line.name, width);
        text += line.events < 0 ? fmt::format("{:>12}  {:>{}}  {:>8}", "-", "-", per_month_.size(), "-")
                                : fmt::format("{:>12}  {:>{}.3f}  {:>8.1f}", line.events, line.per_month,
                                              per_month_.size(), line.ns_per_event);
        text += fmt::format("  {:>11.1f} %\n", 100 * line.share);
    }
    return text;
}

Summary Profile::summary() const
{
    Summary all;
    for (const Line& line : lines_) {
        const std::string key = key_of(line.name);
        if (line.events >= 0) {
            all.emplace_back("events." + key, line.events);
            all.emplace_back("per_month." + key, line.per_month);
            all.emplace_back("ns_per_event." + key, line.ns_per_event);
        }
        all.emplace_back("share." + key, line.share);
    }
    return all;
}

} // namespace sim::cli
