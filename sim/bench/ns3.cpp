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

std::string phold_ns3(const PholdWork& work, Window windows, int repetitions, std::vector<double>& samples,
                      std::optional<std::uint64_t>& hash)
{
    std::error_code failed;
    const fs::path program = fs::read_symlink("/proc/self/exe", failed).parent_path() / "bench_ns3";
    if (!fs::exists(program, failed)) return "ns-3 was not there when the program was built";
    const std::string command = fmt::format("'{}' {} {} {:.17g} {} {}", program.string(), work.population, work.remote,
                                            work.mean_ticks, windows, repetitions);
    const std::unique_ptr<std::FILE, Close> pipe(popen(command.c_str(), "r"));
    double sample = 0;
    unsigned long long sum = 0;
    while (pipe != nullptr && std::fscanf(pipe.get(), "%lf %llx", &sample, &sum) == 2)
        samples.push_back(sample), hash = sum;
    return samples.size() == static_cast<std::size_t>(repetitions) ? "" : "bench_ns3 failed";
}

} // namespace sim::bench
