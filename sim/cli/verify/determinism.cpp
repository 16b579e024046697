#include "sim/cli/verify/determinism.hpp"

#include <chrono>
#include <filesystem>

#include <fmt/format.h>

#include "sim/cli/output_path.hpp"
#include "sim/record/result_file.hpp"
#include "sim/scenario/json.hpp"

namespace sim::cli {
namespace {

namespace fs = std::filesystem;
using scenario::make_node;
using scenario::Node;

std::string entry(const Summary& summary, const std::string& name)
{
    for (const auto& [key, value] : summary)
        if (key == name) return text_of(value);
    return "";
}

/// Runs ways one after the other and compares each with the first.
class Runner {
public:
    Runner(const Session& session, const ScenarioArguments& scenario, std::string folder, bool keep)
        : session_(session), scenario_(scenario), folder_(std::move(folder)), keep_(keep)
    {
    }

    DeterminismReport operator()(const std::vector<Way>& ways)
    {
        for (const Way& way : ways) {
            session_.say(fmt::format("run {} of {}: {}", report_.runs.size() + 1, ways.size(), way.text()));
            const std::string file = simulate(way);
            if (report_.runs.size() == 1) first_ = file;
            judge(file);
            if (!keep_ && file != first_) remove(file);
        }
        if (!keep_ && !first_.empty()) remove(first_);
        return std::move(report_);
    }

private:
    std::string simulate(const Way& way)
    {
        Errors errors;
        const Prepared prepared = scenario_.prepare(session_.application(), errors);
        if (!errors.empty()) throw InvalidInput(errors);
        Progress progress(Progress::Style::none);
        const std::string file = folder_ + fmt::format("/{}_{}_{}.h5", way.backend, way.threads, way.block_size);
        const RunRequest request{prepared.loaded, file, way.threads, way.block_size, way.backend, "", false, progress};
        if (const double bytes = prepared.model->estimate(request).memory_bytes; bytes > physical_memory())
            throw TooLarge{bytes};
        const auto begin = std::chrono::steady_clock::now();
        const RunResult result = prepared.model->run(request);
        if (result.status != RunResult::Status::finished) throw Unfinished{result};
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        report_.runs.push_back({way, entry(result.summary, "state_hash"), digest(file), took.count()});
        return file;
    }

    /// The attributes hold the digest of each dataset, so that theirs covers the whole file.
    static std::string digest(const std::string& file)
    {
        return record::ResultFile(file).text_attribute("/", "attributes_sha256").substr(0, 16);
    }

    void judge(const std::string& file)
    {
        const Witness& first = report_.runs.front();
        Witness& last = report_.runs.back();
        last.same = last.digest == first.digest && last.state_hash == first.state_hash;
        if (last.same || report_.odd) return;
        report_.odd = last.way;
        report_.difference = record::first_difference(first_, file);
    }

    static void remove(const std::string& file)
    {
        fs::remove(file);
        fs::remove(fs::path(file).replace_extension(".run.json"));
    }

    const Session& session_;
    const ScenarioArguments& scenario_;
    std::string folder_, first_;
    bool keep_;
    DeterminismReport report_;
};

std::string or_dash(const std::string& text) { return text.empty() ? "-" : text; }

std::string verdict(const DeterminismReport& report)
{
    if (report.is_same()) return fmt::format("All {} runs gave the same bits.", report.runs.size());
    const std::string what = report.difference ? report.difference->text() : "the state hash only, no recorded value";
    return fmt::format("Not the same: {}; and {}: first difference {}", report.runs.front().way.text(),
                       report.odd->text(), what);
}

} // namespace

std::string Way::text() const
{
    return fmt::format("{}, {} thread{}, {}", backend, threads, threads == 1 ? "" : "s",
                       block_size == 0 ? "blocks as chosen" : fmt::format("blocks of {}", block_size));
}

std::vector<Way> all_ways(const std::vector<std::string>& backends, const std::vector<int>& threads,
                          const std::vector<int>& block_sizes)
{
    std::vector<Way> ways;
    for (const std::string& backend : backends)
        for (const int count : backend == "serial" ? std::vector<int>{1} : threads)
            for (const int size : block_sizes) ways.push_back({backend, count, size});
    return ways;
}

DeterminismReport run_all_ways(const Session& session, const ScenarioArguments& scenario, const std::vector<Way>& ways,
                               const std::string& folder, bool keep)
{
    return Runner(session, scenario, folder, keep)(ways);
}

std::string to_text(const DeterminismReport& report)
{
    std::string text = fmt::format("{:<8}  {:>7}  {:>10}  {:<16}  {:<16}  {:>7}  {}\n", "back end", "threads",
                                   "block size", "state hash", "result digest", "seconds", "same");
    for (const Witness& w : report.runs)
        text += fmt::format("{:<8}  {:>7}  {:>10}  {:<16}  {:<16}  {:>7.2f}  {}\n", w.way.backend, w.way.threads,
                            w.way.block_size == 0 ? "chosen" : std::to_string(w.way.block_size), or_dash(w.state_hash),
                            w.digest, w.seconds, w.same ? "yes" : "NO");
    return text + verdict(report) + "\n";
}

std::string to_json(const DeterminismReport& report)
{
    Node::Array runs;
    for (const Witness& w : report.runs)
        runs.push_back(make_node(Node::Table{{"backend", make_node(w.way.backend)},
                                             {"threads", make_node(std::int64_t{w.way.threads})},
                                             {"block_size", make_node(std::int64_t{w.way.block_size})},
                                             {"state_hash", make_node(w.state_hash)},
                                             {"digest", make_node(w.digest)},
                                             {"seconds", make_node(w.seconds)},
                                             {"same", make_node(w.same)}}));
    Node::Table whole{{"same", make_node(report.is_same())},
                      {"runs", make_node(std::move(runs))},
                      {"verdict", make_node(verdict(report))}};
    if (report.difference) {
        const record::Difference& d = *report.difference;
        whole["difference"] = make_node(Node::Table{{"variable", make_node(d.variable)},
                                                    {"cell", make_node(d.cell)},
                                                    {"time", make_node(d.time)},
                                                    {"a", make_node(d.a)},
                                                    {"b", make_node(d.b)}});
    }
    return scenario::write_json(make_node(std::move(whole))) + "\n";
}

} // namespace sim::cli
