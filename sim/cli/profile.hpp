#pragma once

#include <string>

#include "sim/cli/application.hpp"
#include "sim/kernel/counters.hpp"

namespace sim::cli {

/// Where the wall clock of a run went, besides what the engine counted. All wall time [ns].
struct RunTimes {
    std::int64_t whole = 0;
    std::int64_t first_day = 0; ///< reading, building the population, and all else before the first window
    std::int64_t recording = 0; ///< rows of the result, inside barriers and observers
    double agent_months = 0;
    std::string per_month = "per agent-month"; ///< heading of the events per `agent_months`
};

/// What the time went into: each kind of event, then what is no event. Shares are of the time of all threads and sum to 1; while one
/// thread works at a barrier, the others' time counts there.
class Profile {
public:
    /// @param counters  of an engine that profiled
    Profile(const EngineCounters& counters, const RunTimes& times);

    [[nodiscard]] std::string to_text() const; ///< a table
    [[nodiscard]] Summary summary() const;     ///< flat: events.KIND, per_month.KIND, ns_per_event.KIND, share.KIND

private:
    struct Line {
        std::string name;
        std::int64_t events = -1; ///< -1: no kind of event
        double per_month = 0, ns_per_event = 0, share = 0;
    };
    std::string per_month_;
    std::vector<Line> lines_;
};

} // namespace sim::cli
