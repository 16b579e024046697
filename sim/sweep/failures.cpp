#include "sim/sweep/failures.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "sim/base/io_error.hpp"

namespace sim::sweep {
namespace {

constexpr std::array<const char*, 6> kinds = {"model", "scenario", "crash", "io", "memory", "killed"};

Failure::Kind kind_of(const std::string& name)
{
    for (std::size_t i = 0; i < kinds.size(); ++i)
        if (name == kinds[i]) return static_cast<Failure::Kind>(i);
    return Failure::Kind::model;
}

} // namespace

void add_failure(const std::string& path, const Failure& failure)
{
    nlohmann::ordered_json json = {{"index", failure.index}, {"id", failure.id}};
    json["kind"] = kinds.at(static_cast<std::size_t>(failure.kind));
    if (failure.signal != 0)
        json["signal"] = failure.signal;
    else
        json["exit_code"] = failure.exit_code;
    json["reason"] = failure.reason;
    const std::string line = json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    const bool is_written = file >= 0 && ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    const int why = errno;
    if (file >= 0) ::close(file);
    if (!is_written)
        throw IoError(path, "note the failure of run " + std::to_string(failure.index), std::strerror(why));
}

std::map<std::string, std::vector<Failure>> read_failures(const std::string& path)
{
    std::map<std::string, std::vector<Failure>> all;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
        const auto json = nlohmann::json::parse(line, nullptr, false);
        if (!json.is_object() || !json.contains("id") || !json["id"].is_string()) continue;
        Failure failure;
        failure.index = json.value("index", std::int64_t{0}), failure.id = json["id"];
        failure.kind = kind_of(json.value("kind", ""));
        failure.exit_code = json.value("exit_code", 0), failure.signal = json.value("signal", 0);
        failure.reason = json.value("reason", "");
        all[failure.id].push_back(std::move(failure));
    }
    return all;
}

bool is_final(const std::vector<Failure>& failures)
{
    int passing = 0;
    for (const Failure& failure : failures) {
        if (!failure.may_pass()) return true;
        ++passing;
    }
    return passing >= most_attempts;
}

} // namespace sim::sweep
