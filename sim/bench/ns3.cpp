#include "sim/bench/ns3.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>

namespace sim::bench {

namespace {

namespace fs = std::filesystem;

struct Close {
    void operator()(std::FILE* pipe) const { pclose(pipe); }
};

} // namespace

void phold_ns3(const PholdWork& work, Window windows, int repetitions, Result& result)
{
    std::error_code failed;
    const fs::path program = fs::read_symlink("/proc/self/exe", failed).parent_path() / "bench_ns3";
    if (!fs::exists(program, failed)) {
        result.note = "ns-3 was not there when the program was built";
        return;
    }
    const std::string command = fmt::format("'{}' {} {} {:.17g} {} {}", program.string(), work.population, work.remote,
                                            work.mean_ticks, windows, repetitions);
    const std::unique_ptr<std::FILE, Close> pipe(popen(command.c_str(), "r"));
    double wall = 0, cpu = 0;
    unsigned long long sum = 0;
    while (pipe != nullptr && std::fscanf(pipe.get(), "%lf %lf %llx", &wall, &cpu, &sum) == 3) {
        result.samples.push_back(wall);
        result.cpu_samples.push_back(cpu);
        result.hash = sum;
    }
    if (result.samples.size() != static_cast<std::size_t>(repetitions)) result.note = "bench_ns3 failed";
}

} // namespace sim::bench
