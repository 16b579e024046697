#pragma once

#include "sim/base/calendar.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace sim {

/// Collects what each thread did when, for a range of windows, as spans that nest. It only looks: a run gives the same bits with it.
/// Each thread writes to a list of its own.
class Trace {
public:
    using Clock = std::chrono::steady_clock;

    /// @param first, count  the windows to take
    /// @param most          spans after which no further window is begun, so that a trace stays readable
    Trace(Window first, Window count, std::size_t most = 400'000) : first_(first), end_(first + count), most_(most) {}

    /// To be called once, before the first span. @param threads  of the engine
    void prepare(int threads) { lanes_.resize(static_cast<std::size_t>(threads)); }

    /// At the start of a window, on the calling thread: whether its spans are wanted.
    bool begin(Window window);
    /// The window whose spans are taken now.
    [[nodiscard]] bool is_on() const { return is_on_; }

    /// @param name   what was done; the text must outlive the trace
    /// @param block  -1 where it is no block's
    void add(int thread, const char* name, Clock::time_point from, Clock::time_point to, int block = -1)
    {
        lanes_[static_cast<std::size_t>(thread)].spans.push_back({name, from, to, window_, block});
    }

    [[nodiscard]] std::size_t spans() const;
    /// The window after the last one that was taken.
    [[nodiscard]] Window end() const { return taken_; }
    /// Windows that were wanted and left out because there were too many spans.
    [[nodiscard]] bool is_cut() const { return is_cut_; }

    /// The trace-event format that Chrome (chrome://tracing), Perfetto and speedscope read; times in microseconds since the first span.
    /// @param date  text of a window's date
    [[nodiscard]] std::string to_json(const std::function<std::string(Window)>& date) const;

private:
    struct Span {
        const char* name;
        Clock::time_point from, to;
        Window window;
        int block;
    };
    struct alignas(128) Lane {
        std::vector<Span> spans;
    };

    [[nodiscard]] Clock::time_point origin() const;

    std::vector<Lane> lanes_;
    Window first_, end_, window_ = 0, taken_ = 0;
    std::size_t most_;
    bool is_on_ = false, is_cut_ = false;
};

/// Times a scope on the calling thread: adds to `total` [ns], and a span to the trace when one is taken.
class SpanTimer {
public:
    SpanTimer(Trace* trace, const char* name, std::int64_t& total) : trace_(trace), name_(name), total_(total) {}
    SpanTimer(const SpanTimer&) = delete;
    SpanTimer& operator=(const SpanTimer&) = delete;
    ~SpanTimer()
    {
        const auto end = Trace::Clock::now();
        total_ += std::chrono::nanoseconds(end - start_).count();
        if (trace_ != nullptr && trace_->is_on()) trace_->add(0, name_, start_, end);
    }

private:
    Trace* trace_;
    const char* name_;
    std::int64_t& total_;
    Trace::Clock::time_point start_ = Trace::Clock::now();
};

} // namespace sim
