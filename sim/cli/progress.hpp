#pragma once

#include <chrono>
#include <string>

#include "sim/base/calendar.hpp"

namespace sim::cli {

/// Shows how far a run is, on stderr: a bar with rate and time left on a terminal, else a line per 10 %.
/// Also tells the run when a signal asks it to stop.
class Progress {
public:
    enum class Style { none, lines, bar };

    explicit Progress(Style style) : style_(style) {}

    /// Begins to count; `calendar` turns windows into dates.
    void start(Window total, const Calendar& calendar);

    /// After a window: `done` windows are finished.
    void at(Window done);

    /// Ends the line of the bar.
    void finish();

    /// Number of the signal that asked to stop (SIGINT or SIGTERM), 0 for none. The run stops at the next window.
    [[nodiscard]] static int signal();

    /// Catches SIGINT and SIGTERM from now on; a second one ends the program at once. SIGXFSZ and SIGPIPE are ignored, so that
    /// they surface as errors of writing.
    static void catch_signals();

    /// Seconds since `start`.
    [[nodiscard]] double seconds() const;

private:
    void show_bar(Window done);
    void show_line(Window done);
    [[nodiscard]] std::string rate(Window done) const;

    Style style_;
    Window total_ = 0;
    Calendar calendar_{Calendar::Kind::proleptic_gregorian, {}};
    std::chrono::steady_clock::time_point begin_{};
    std::chrono::steady_clock::time_point shown_{};
    int tenths_ = 0;
};

} // namespace sim::cli
