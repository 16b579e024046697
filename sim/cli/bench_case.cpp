#include "sim/cli/bench_case.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <thread>

#include "sim/bench/machine.hpp"
#include "sim/bench/measure.hpp"
#include "sim/cli/temporary_folder.hpp"

namespace sim::cli {
namespace {

using bench::Options;
using bench::Report;
using bench::Result;

constexpr int most_runs = 3; // a whole run is long enough to be told by few

double number_in(const Summary& summary, const std::string& name)
{
    for (const auto& [key, value] : summary) {
        if (key != name) continue;
        if (const auto* real = std::get_if<double>(&value)) return *real;
        if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    }
    return 0;
}

std::optional<std::uint64_t> hash_in(const Summary& summary)
{
    for (const auto& [key, value] : summary) {
        const auto* text = std::get_if<std::string>(&value);
        std::uint64_t hash = 0;
        if (key == "state_hash" && text != nullptr &&
            std::from_chars(text->data(), text->data() + text->size(), hash, 16).ec == std::errc())
            return hash;
    }
    return std::nullopt;
}

} // namespace

std::vector<bench::Benchmark> BenchCase::benchmarks()
{
    return {{"national", "The application's model with a scenario: rate, events, memory",
             [this](const Options& o, const Report& r) { national(o, r); }},
            {"output", "A run that records its series against the same without",
             [this](const Options& o, const Report& r) { output(o, r); }},
            {"replications", "Two runs at once against one",
             [this](const Options& o, const Report& r) { replications(o, r); }},
            {"snapshot", "A checkpoint of the application's model: seconds to save and to restore, bytes",
             [this](const Options& o, const Report& r) { snapshot(o, r); }}};
}

void BenchCase::national(const Options& options, const Report& report)
{
    bench::Agreement agree("national");
    for (const int threads : options.threads) {
        Result time = result("national", "run", "s");
        time.parameters.emplace_back("threads", std::int64_t{threads});
        const int repetitions = std::min(options.repetitions, most_runs);
        std::vector<Timed> runs;
        runs.reserve(static_cast<std::size_t>(repetitions));
        for (int i = 0; i < repetitions; ++i) runs.push_back(run(*prepare(), threads, ""));
        for (const Timed& one : runs)
            if (const auto hash = hash_in(one.result.summary))
                time.hash = agree(*hash, fmt::format("{} threads", threads));
        const auto tell = [&](const std::string& metric, const std::string& unit, auto&& value) {
            Result line = time;
            line.metric = metric, line.unit = unit;
            for (const Timed& one : runs) line.samples.push_back(value(one, one.result.summary));
            report(line);
        };
        tell("run", "s", [](const Timed& one, const Summary&) { return one.seconds; });
        tell("memory_of_a_million_agents", "MB",
             [](const Timed& one, const Summary& s) { return one.bytes / std::max(1.0, number_in(s, "agents")); });
        const std::string& work = session_.application().work;
        if (work.empty()) continue;
        const std::string rate = work + "s_per_second";
        tell(rate, "1/core", [&](const Timed&, const Summary& s) { return number_in(s, rate) / threads; });
        tell("events_per_" + work, "1", [&](const Timed&, const Summary& s) {
            return number_in(s, "events") / std::max(1.0, number_in(s, rate) * number_in(s, "seconds"));
        });
    }
}

void BenchCase::output(const Options& options, const Report& report)
{
    const TemporaryFolder folder;
    Result with = result("output", "run_with_output", "s"), without = result("output", "run_without_output", "s");
    Result share = result("output", "extra_time", "%");
    bench::Agreement agree("output");
    for (int i = 0; i < std::min(options.repetitions, most_runs); ++i) {
        const Timed a = run(*prepare(), options.threads.back(), folder.result());
        const Timed b = run(*prepare(), options.threads.back(), "");
        with.samples.push_back(a.seconds);
        without.samples.push_back(b.seconds);
        share.samples.push_back(100 * (a.seconds / b.seconds - 1));
        for (const Timed* one : {&a, &b})
            if (const auto hash = hash_in(one->result.summary)) with.hash = without.hash = agree(*hash, "a run");
    }
    report(with);
    report(without);
    report_.compare(share);
}

void BenchCase::replications(const Options& options, const Report& report)
{
    Result one = result("replications", "one", "s"), two = result("replications", "two_at_once", "s");
    Result ratio = result("replications", "throughput_of_two_over_one", "1");
    for (int i = 0; i < std::min(options.repetitions, most_runs); ++i) {
        const auto alone = prepare(), left = prepare(), right = prepare();
        one.samples.push_back(run(*alone, 1, "").seconds);
        two.samples.push_back(bench::seconds([&] {
            std::thread other([&] { run(*left, 1, ""); });
            run(*right, 1, "");
            other.join();
        }));
        ratio.samples.push_back(2 * one.samples.back() / two.samples.back());
    }
    report(one);
    report(two);
    report_.compare(ratio);
}

std::unique_ptr<Prepared> BenchCase::prepare() const
{
    Errors errors;
    auto prepared = std::make_unique<Prepared>(scenario_.prepare(session_.application(), errors));
    if (!errors.empty()) throw InvalidInput(errors);
    return prepared;
}

BenchCase::Timed BenchCase::run(const Prepared& prepared, int threads, const std::string& out)
{
    Progress progress(Progress::Style::none);
    const RunRequest request{prepared.loaded, out, threads, 0, "tbb", "", false, progress};
    Timed timed;
    bench::forget_peak_memory();
    const double before = bench::memory();
    timed.seconds = bench::seconds([&] { timed.result = prepared.model->run(request); });
    timed.bytes = bench::peak_memory() - before;
    if (timed.result.status != RunResult::Status::finished)
        throw std::runtime_error("the run did not finish: " + timed.result.reason);
    return timed;
}

Result BenchCase::result(const std::string& name, const std::string& metric, const std::string& unit) const
{
    return {.name = name, .parameters = {{"scenario", scenario_.scenario()}}, .metric = metric, .unit = unit};
}

} // namespace sim::cli
