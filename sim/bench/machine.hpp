#pragma once

#include <string>

namespace sim::bench {

/// Name of the processor, "unknown" when the system does not tell.
std::string processor();

/// Number of cores this process may use.
int cores();

/// How many processes wanted to run in the last minute, on average.
double load_average();

/// Bytes of memory this process holds, and the most it held since `forget_peak_memory` (since its start, where the system does not allow to
/// forget).
double memory();
double peak_memory();
void forget_peak_memory();

} // namespace sim::bench
