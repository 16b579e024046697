#include "sim/bench/machine.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <thread>

namespace sim::bench {

namespace {

// The value behind "NAME:" in a file of such lines, "" when there is none.
std::string value_of(const char* file, const std::string& name)
{
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(name)) continue;
        const std::size_t colon = line.find(':');
        const std::size_t start = line.find_first_not_of(" \t", colon + 1);
        return start == std::string::npos ? "" : line.substr(start);
    }
    return "";
}

double status_bytes(const std::string& name)
{
    return 1024.0 * std::strtod(value_of("/proc/self/status", name).c_str(), nullptr);
}

} // namespace

std::string processor()
{
    const std::string name = value_of("/proc/cpuinfo", "model name");
    return name.empty() ? "unknown" : name;
}

int cores() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

double load_average()
{
    double load = 0;
    return getloadavg(&load, 1) == 1 ? load : 0;
}

double memory() { return status_bytes("VmRSS"); }
double peak_memory() { return status_bytes("VmHWM"); }

void forget_peak_memory()
{
    std::ofstream("/proc/self/clear_refs") << "5"; // the kernel's word for it
}

} // namespace sim::bench
