#include <algorithm>

#include <fmt/ranges.h>

#include "sim/bench/machine.hpp"
#include "sim/cli/bench_case.hpp"
#include "sim/cli/option_values.hpp"

namespace sim::cli {
namespace {

std::vector<bench::Benchmark> all_benchmarks(BenchCase& model)
{
    std::vector<bench::Benchmark> all = bench::benchmarks();
    for (bench::Benchmark& one : model.benchmarks()) all.push_back(std::move(one));
    return all;
}

class Bench final : public Verb {
public:
    std::string name() const override { return "bench"; }
    std::string help() const override { return "Measure the speed of the program"; }

    void declare(Arguments& arguments) override
    {
        arguments.positionals(names_, "names", "Benchmarks to run (see `list benchmarks`); without any, all");
        arguments.option(threads_, "--threads", "LIST",
                         "Numbers of threads to try, such as 1,2 (default: 1 and all cores)");
        arguments.option(agents_, "--agents", 0, 100'000'000, "Number of agents, instead of the standard sizes");
        arguments.option(repeat_, "--repeat", 1, 1000, "Repetitions; the least time and the median are shown");
        arguments.flag(tiny_, "--tiny", "Sizes that take no time, to see that everything works");
        scenario_.declare_options(arguments);
    }

    int run(const Session& session) override
    {
        scenario_.set_default(session.application().starter_base);
        BenchReport report(session);
        BenchCase model(session, scenario_, report);
        const std::vector<bench::Benchmark> all = all_benchmarks(model);
        const auto options = read_options(session);
        if (!options || !are_known(session, all)) return exit_usage;
        report.start();
        for (const bench::Benchmark& one : all)
            if (names_.empty() || std::count(names_.begin(), names_.end(), one.name) > 0)
                one.run(*options, [&](const bench::Result& result) { report(result); });
        report.finish();
        return exit_ok;
    }

private:
    std::optional<bench::Options> read_options(const Session& session) const
    {
        const int cores = bench::cores();
        const std::string standard = cores == 1 ? "1" : fmt::format("1,{}", cores);
        const auto threads = parse_numbers(threads_.empty() ? standard : threads_, 1, 4096);
        if (!threads) {
            session.complain(fmt::format("--threads '{}' is no list of numbers from 1 to 4096", threads_),
                             "write it like 1,2");
            return std::nullopt;
        }
        return bench::Options{*threads, agents_, repeat_ > 0 ? repeat_ : tiny_ ? 2 : 5, tiny_};
    }

    bool are_known(const Session& session, const std::vector<bench::Benchmark>& all) const
    {
        std::vector<std::string> known;
        for (const bench::Benchmark& one : all) known.push_back(one.name);
        bool is_good = true;
        for (const std::string& name : names_) {
            if (std::count(known.begin(), known.end(), name) > 0) continue;
            session.complain(fmt::format("there is no benchmark '{}'", name), suggestion(name, known, "Benchmarks"));
            is_good = false;
        }
        return is_good;
    }

    std::vector<std::string> names_;
    ScenarioArguments scenario_;
    std::string threads_;
    int agents_ = 0, repeat_ = 0;
    bool tiny_ = false;
};

} // namespace

std::vector<Entry> benchmark_entries(const Session& session)
{
    const ScenarioArguments scenario;
    BenchReport report(session);
    BenchCase model(session, scenario, report);
    std::vector<Entry> entries;
    for (const bench::Benchmark& one : all_benchmarks(model)) entries.push_back({one.name, "", one.help});
    return entries;
}

std::unique_ptr<Verb> bench_verb() { return std::make_unique<Bench>(); }

} // namespace sim::cli
