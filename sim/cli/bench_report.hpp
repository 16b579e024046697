#pragma once

#include <string>
#include <vector>

#include "sim/bench/benchmark.hpp"
#include "sim/cli/session.hpp"

namespace sim::cli {

/// Prints what benchmarks find, line by line, and at the end how much faster several threads were than one.
class BenchReport {
public:
    explicit BenchReport(const Session& session);

    /// For people: which program on which machine.
    void start() const;

    void operator()(const bench::Result& result);

    /// The speed-ups; on a busy machine the reason why there are none.
    void finish();

    /// A line only for a machine that is not busy, such as a ratio of two times.
    void compare(const bench::Result& result);

private:
    [[nodiscard]] bool is_busy();
    void print(const bench::Result& result) const;
    [[nodiscard]] std::string json(const bench::Result& result) const;
    static std::string row(const bench::Result& result);

    const Session& session_;
    std::string processor_;
    int cores_;
    double load_; ///< at the start, before our own work
    bool told_ = false;
    std::vector<bench::Result> timed_; ///< results that have a number of threads
};

} // namespace sim::cli
