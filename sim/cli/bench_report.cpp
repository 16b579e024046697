#include "sim/cli/bench_report.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/bench/machine.hpp"
#include "sim/scenario/json.hpp"

namespace sim::cli {
namespace {

using bench::Parameters;
using bench::Result;
using scenario::json_number;
using scenario::json_text;

using Parameter = Parameters::value_type::second_type;

std::string json_of(const Parameter& value)
{
    if (const auto* text = std::get_if<std::string>(&value)) return json_text(*text);
    if (const auto* number = std::get_if<double>(&value)) return json_number(*number);
    return fmt::format("{}", std::get<std::int64_t>(value));
}

std::string text_of(const Parameter& value)
{
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* number = std::get_if<double>(&value)) return fmt::format("{:g}", *number);
    return fmt::format("{}", std::get<std::int64_t>(value));
}

double least(const std::vector<double>& samples) { return *std::min_element(samples.begin(), samples.end()); }

std::int64_t threads_of(const Result& result)
{
    for (const auto& [name, value] : result.parameters)
        if (name == "threads") return std::get<std::int64_t>(value);
    return 0;
}

Parameters without_threads(const Result& result)
{
    Parameters others = result.parameters;
    std::erase_if(others, [](const auto& parameter) { return parameter.first == "threads"; });
    return others;
}

bool is_same_work(const Result& a, const Result& b)
{
    return a.name == b.name && a.metric == b.metric && a.unit == b.unit && without_threads(a) == without_threads(b);
}

} // namespace

BenchReport::BenchReport(const Session& session)
    : session_(session), processor_(bench::processor()), cores_(bench::cores()), load_(bench::load_average())
{
}

void BenchReport::start() const
{
    if (!session_.json())
        session_.print(fmt::format("{} {}; {}, {} cores, load average {:.2f}\n", session_.application().name,
                                   session_.application().version, processor_, cores_, load_));
}

void BenchReport::operator()(const Result& result)
{
    print(result);
    if (threads_of(result) > 0 && !result.samples.empty() && result.unit.starts_with("ns")) timed_.push_back(result);
}

void BenchReport::compare(const Result& result)
{
    if (!is_busy()) print(result);
}

void BenchReport::finish()
{
    for (const Result& many : timed_)
        for (const Result& one : timed_)
            if (threads_of(one) == 1 && threads_of(many) > 1 && is_same_work(one, many))
                compare({.name = many.name,
                         .parameters = many.parameters,
                         .metric = "speed_up",
                         .unit = "1",
                         .samples = {one.minimum() / many.minimum()}});
}

// Our own threads add to the load at the end: that much is no reason.
bool BenchReport::is_busy()
{
    const double now = bench::load_average();
    const double load = std::max(load_, now - 0.5);
    const bool busy = load > cores_;
    if (busy && !std::exchange(told_, true))
        session_.say(fmt::format(
            "note: no speed-ups and ratios: the load average {:.1f} exceeds the {} cores, so that they would tell of "
            "other people's work",
            std::max(load_, now), cores_));
    return busy;
}

void BenchReport::print(const Result& result) const { session_.print(session_.json() ? json(result) : row(result)); }

std::string BenchReport::json(const Result& result) const
{
    std::string parameters;
    for (const auto& [name, value] : result.parameters)
        parameters += fmt::format("{}{}: {}", parameters.empty() ? "" : ", ", json_text(name), json_of(value));
    const bool any = !result.samples.empty();
    return fmt::format(
        "{{\"name\": {}, \"parameters\": {{{}}}, \"metric\": {}, \"unit\": {}, \"min\": {}, \"median\": {}, "
        "\"cpu_min\": {}, \"repetitions\": {}, \"hash\": {}, \"note\": {}, \"version\": {}, \"model_version\": {}, "
        "\"cpu\": {}, "
        "\"cores\": {}, \"load\": {}}}\n",
        json_text(result.name), parameters, json_text(result.metric), json_text(result.unit),
        any ? json_number(result.minimum()) : "null", any ? json_number(result.median()) : "null",
        result.cpu_samples.empty() ? "null" : json_number(least(result.cpu_samples)), result.samples.size(),
        result.hash ? json_text(fmt::format("{:016x}", *result.hash)) : "null", json_text(result.note),
        json_text(session_.application().version), json_text(session_.application().model_version),
        json_text(processor_), cores_, json_number(load_));
}

std::string BenchReport::row(const Result& result)
{
    std::string what = result.name;
    for (const auto& [name, value] : result.parameters) what += fmt::format(" {}={}", name, text_of(value));
    std::string line = fmt::format("{:<76} {:<14}", what, result.metric);
    if (!result.samples.empty())
        line += fmt::format(" {:>9.4g} {:<9} (median {:.4g})", result.minimum(), result.unit, result.median());
    if (!result.cpu_samples.empty()) line += fmt::format(" (processor {:.4g})", least(result.cpu_samples));
    if (result.hash) line += fmt::format("  {:016x}", *result.hash);
    if (!result.note.empty()) line += "  " + result.note;
    return line + "\n";
}

} // namespace sim::cli
