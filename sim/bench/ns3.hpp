#pragma once

#include "sim/bench/phold_work.hpp"

namespace sim::bench {

/// PHOLD on the event core of ns-3, by a program of its own that is built when ns-3 is there (see CMakeLists.txt).
/// @param result  gets the nanoseconds per event of each repetition and trace_sum, or a note why nothing was measured
void phold_ns3(const PholdWork& work, Window windows, int repetitions, Result& result);

} // namespace sim::bench
