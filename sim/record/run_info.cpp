#include "sim/record/run_info.hpp"

#include "sim/record/h5_file.hpp"
#include "sim/record/output_file.hpp"

#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <sys/utsname.h>

#include <fstream>
#include <thread>

namespace sim::record {
namespace {

std::string processor()
{
    std::ifstream cpus("/proc/cpuinfo");
    for (std::string line; std::getline(cpus, line);)
        if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
    return "unknown";
}

double peak_memory_mb()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

#ifdef NDEBUG
constexpr bool has_debug_checks = false;
#else
constexpr bool has_debug_checks = true;
#endif

} // namespace

RunInfo machine_facts()
{
    utsname system{};
    uname(&system);
    return {{"host", std::string(system.nodename)},
            {"system", std::string(system.sysname) + " " + system.release + " " + system.machine},
            {"processor", processor()},
            {"logical_cores", static_cast<std::int64_t>(std::thread::hardware_concurrency())},
            {"compiler", std::string(__VERSION__)},
            {"debug_checks", has_debug_checks},
            {"hdf5", h5::library_version()},
            {"peak_memory_mb", peak_memory_mb()}};
}

std::string run_info_path(const std::string& result)
{
    const bool usual = result.ends_with(".h5");
    return (usual ? result.substr(0, result.size() - 3) : result) + ".run.json";
}

std::string to_json(const RunInfo& info)
{
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (const auto& [name, value] : info) std::visit([&, &key = name](const auto& v) { object[key] = v; }, value);
    return object.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

void write_run_info(const std::string& result, const RunInfo& info)
{
    write_whole(run_info_path(result), to_json(info));
}

} // namespace sim::record
