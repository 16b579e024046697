#include "sim/kernel/trace.hpp"

#include <algorithm>
#include <cstdio>

namespace sim {
namespace {

/// Nanoseconds as microseconds with three digits, exactly: spans nest as they were taken.
std::string microseconds(std::chrono::nanoseconds time)
{
    char text[40];
    std::snprintf(text, sizeof text, "%lld.%03lld", static_cast<long long>(time.count() / 1000),
                  static_cast<long long>(time.count() % 1000));
    return text;
}

std::string name_of_thread(std::size_t thread)
{
    return R"({"name":"thread_name","ph":"M","pid":1,"tid":)" + std::to_string(thread) + R"(,"args":{"name":"thread )" +
           std::to_string(thread) + "\"}}";
}

} // namespace

bool Trace::begin(Window window)
{
    const bool wanted = window >= first_ && window < end_ && !is_cut_;
    is_cut_ = is_cut_ || (wanted && spans() >= most_);
    is_on_ = wanted && !is_cut_;
    window_ = window;
    if (is_on_) taken_ = window + 1;
    return is_on_;
}

std::size_t Trace::spans() const
{
    std::size_t n = 0;
    for (const Lane& lane : lanes_) n += lane.spans.size();
    return n;
}

Trace::Clock::time_point Trace::origin() const
{
    auto first = Clock::time_point::max();
    for (const Lane& lane : lanes_)
        for (const Span& span : lane.spans) first = std::min(first, span.from);
    return first;
}

std::string Trace::to_json(const std::function<std::string(Window)>& date) const
{
    const auto zero = origin();
    std::string text = "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[";
    for (std::size_t thread = 0; thread < lanes_.size(); ++thread) {
        text += (thread == 0 ? "\n" : ",\n") + name_of_thread(thread);
        for (const Span& span : lanes_[thread].spans) {
            text += std::string(",\n{\"name\":\"") + span.name + R"(","ph":"X","pid":1,"tid":)" +
                    std::to_string(thread) + ",\"ts\":" + microseconds(span.from - zero) +
                    ",\"dur\":" + microseconds(span.to - span.from) + R"(,"args":{"date":")" + date(span.window) + "\"";
            if (span.block >= 0) text += ",\"block\":" + std::to_string(span.block);
            text += "}}";
        }
    }
    return text + "\n]}\n";
}

} // namespace sim
