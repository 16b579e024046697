#include "sim/cli/sweep/pool_progress.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "sim/cli/sweep/pool.hpp"
#include "sim/scenario/json.hpp"

namespace sim::cli {
namespace {

std::int64_t ended(const PoolResult& r) { return r.finished + r.failed + r.elsewhere + r.left; }

std::string clock_text(double seconds)
{
    const auto whole = std::llround(seconds);
    if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
    return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

} // namespace

PoolProgress::PoolProgress(const Session& session) : session_(session), style_(session.progress_style()) {}

void PoolProgress::start(std::int64_t total, std::int64_t settled)
{
    total_ = total, settled_ = settled;
    begin_ = last_ = std::chrono::steady_clock::now();
}

double PoolProgress::seconds() const
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

std::string PoolProgress::text(const PoolResult& result, std::int64_t running, bool is_json) const
{
    const std::int64_t done = ended(result);
    const double rate = static_cast<double>(done) / std::max(seconds(), 1e-9);
    const double left = done == 0 ? NAN : static_cast<double>(total_ - settled_ - done) / rate;
    if (is_json)
        return fmt::format("{{\"finished\": {}, \"reused\": {}, \"failed\": {}, \"running\": {}, \"runs\": {}, "
                           "\"runs_per_second\": {}, \"seconds_left\": {}}}",
                           result.finished, result.reused, result.failed + result.skipped, running, total_,
                           scenario::json_number(rate), scenario::json_number(left));
    return fmt::format("{} of {} done, {} failed, {} running, {:.3g} runs/s, {} left", result.finished + result.reused,
                       total_, result.failed + result.skipped, running, rate, done == 0 ? "?" : clock_text(left));
}

void PoolProgress::show(const PoolResult& result, std::int64_t running)
{
    if (style_ == Progress::Style::none || total_ == settled_) return;
    const auto now = std::chrono::steady_clock::now();
    const std::int64_t done = ended(result);
    if (session_.json()) {
        if (done == shown_ || (shown_ >= 0 && now - last_ < std::chrono::seconds(1))) return;
        fmt::print(stderr, "{}\n", text(result, running, true));
    } else if (style_ == Progress::Style::bar) {
        if (shown_ >= 0 && now - last_ < std::chrono::milliseconds(200)) return;
        constexpr std::int64_t width = 30;
        const auto filled = static_cast<std::size_t>(width * (done + settled_) / total_);
        fmt::print(stderr, "\r\033[K[{}{}] {}", std::string(filled, '#'), std::string(width - filled, '.'),
                   text(result, running, false));
        std::fflush(stderr);
    } else {
        const std::int64_t work = total_ - settled_;
        if (shown_ >= 0 && 10 * done / work == 10 * shown_ / work) return;
        if (shown_ >= 0 || work > 1) fmt::print(stderr, "{}\n", text(result, running, false));
    }
    shown_ = done, last_ = now;
}

void PoolProgress::finish(const PoolResult& result)
{
    if (style_ == Progress::Style::none || total_ == settled_) return;
    if (session_.json())
        fmt::print(stderr, "{}\n", text(result, 0, true));
    else
        fmt::print(stderr, "{}{}\n", style_ == Progress::Style::bar ? "\r\033[K" : "", text(result, 0, false));
}

} // namespace sim::cli
