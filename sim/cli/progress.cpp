#include "sim/cli/progress.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <csignal>
#include <cstdio>

#include <fmt/core.h>

namespace sim::cli {
namespace {

// The one piece of global state: a signal handler can reach nothing else.
std::atomic<int> caught{0};
static_assert(std::atomic<int>::is_always_lock_free);

extern "C" void remember(int number)
{
    caught = number;
    std::signal(number, SIG_DFL);
}

std::string clock_text(double seconds)
{
    const auto whole = std::lround(seconds);
    if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
    return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

} // namespace

int Progress::signal() { return caught; }

void Progress::catch_signals()
{
    std::signal(SIGINT, remember);
    std::signal(SIGTERM, remember);
    std::signal(SIGXFSZ, SIG_IGN);
    std::signal(SIGPIPE, SIG_IGN);
}

void Progress::start(Window total, const Calendar& calendar)
{
    total_ = total;
    calendar_ = calendar;
    begin_ = shown_ = std::chrono::steady_clock::now();
    tenths_ = 0;
}

double Progress::seconds() const
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

void Progress::at(Window done)
{
    if (style_ == Style::bar) show_bar(done);
    if (style_ == Style::lines) show_line(done);
}

void Progress::finish()
{
    if (style_ == Style::bar) std::fputs("\r\033[K", stderr);
}

std::string Progress::rate(Window done) const
{
    const double spent = std::max(seconds(), 1e-9);
    const double left = spent / std::max<Window>(done, 1) * (total_ - done);
    return fmt::format("{:.3g} days/s, {} left", done / spent, clock_text(left));
}

void Progress::show_bar(Window done)
{
    const auto now = std::chrono::steady_clock::now();
    if (done < total_ && now - shown_ < std::chrono::milliseconds(100)) return;
    shown_ = now;
    constexpr int width = 30;
    const int filled = total_ > 0 ? static_cast<int>(static_cast<std::int64_t>(width) * done / total_) : width;
    const std::string bar =
        std::string(static_cast<std::size_t>(filled), '#') + std::string(static_cast<std::size_t>(width - filled), '.');
    fmt::print(stderr, "\r\033[K{} [{}] {:3} %, {}", to_string(calendar_.date(done)).substr(0, 7), bar,
               total_ > 0 ? std::int64_t{100} * done / total_ : 100, rate(done));
    std::fflush(stderr);
}

void Progress::show_line(Window done)
{
    const int tenths = total_ > 0 ? static_cast<int>(std::int64_t{10} * done / total_) : 10;
    if (tenths <= tenths_) return;
    tenths_ = tenths;
    fmt::print(stderr, "{:3} %, {}, {}\n", 10 * tenths, to_string(calendar_.date(done)), rate(done));
}

} // namespace sim::cli
