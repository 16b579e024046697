#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

namespace bench {

/// What one case gave: nanoseconds per event on the wall clock and of processor time, in several measurements of the same work.
class Measurement {
public:
    /// Runs work() -> events and notes the time per event.
    template <class F>
    void take(F&& work)
    {
        const auto wall = std::chrono::steady_clock::now();
        const std::clock_t cpu = std::clock();
        const auto events = static_cast<double>(work());
        cpu_.push_back(1e9 * static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC / events);
        wall_.push_back(std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - wall).count() /
                        events);
    }

    /// One JSON line; `parameters` is the inside of a JSON object.
    void print(const char* name, const std::string& parameters, std::uint64_t hash, const char* unit = "ns/event")
    {
        std::sort(wall_.begin(), wall_.end());
        std::sort(cpu_.begin(), cpu_.end());
        std::printf("{\"name\": \"%s\", %s, \"unit\": \"%s\", \"min\": %.2f, \"median\": %.2f, \"cpu_min\": %.2f, "
                    "\"hash\": \"%016llx\"}\n",
                    name, parameters.c_str(), unit, wall_.front(), wall_[wall_.size() / 2], cpu_.front(),
                    static_cast<unsigned long long>(hash));
        std::fflush(stdout);
    }

private:
    std::vector<double> wall_, cpu_;
};

} // namespace bench
