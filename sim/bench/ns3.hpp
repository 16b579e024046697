#pragma once

#include "sim/bench/phold_work.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sim::bench {

/// PHOLD on the event core of ns-3, by a program of its own that is built when ns-3 is there (see CMakeLists.txt).
/// @param samples  filled with the nanoseconds per event of each repetition
/// @param hash     set to trace_sum
/// @return         why nothing was measured, "" when all went well
std::string phold_ns3(const PholdWork& work, Window windows, int repetitions, std::vector<double>& samples,
                      std::optional<std::uint64_t>& hash);

} // namespace sim::bench
