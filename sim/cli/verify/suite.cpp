#include "sim/cli/verify/suite.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <map>
#include <thread>

#include <fmt/format.h>

#include "sim/base/sha256.hpp"
#include "sim/cli/effect/runs.hpp"
#include "sim/cli/output_path.hpp"
#include "sim/cli/temporary_folder.hpp"

namespace sim::cli {
namespace {

namespace fs = std::filesystem;
using References = std::map<std::string, record::Reference>;

/// Names, without the ending, of the files of a folder that have it.
std::vector<std::string> names_with(const std::string& folder, const std::string& ending)
{
    std::error_code failed;
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, failed))
        if (entry.is_regular_file() && entry.path().extension() == ending) names.push_back(entry.path().stem());
    if (failed) throw IoError(folder, "read the folder", failed.message());
    std::sort(names.begin(), names.end());
    return names;
}

/// All references of the folder; those that are damaged are named together.
References read_references(const SuiteRequest& request)
{
    References references;
    std::string damaged;
    if (!fs::exists(request.references)) return references; // every scenario is new
    for (const std::string& name : names_with(request.references, ".json")) try {
            references[name] = record::read_reference(reference_path(request, name));
        } catch (const IoError& error) {
            damaged += (damaged.empty() ? "" : "\n") + std::string(error.what());
        }
    if (!damaged.empty())
        throw IoError(damaged + "\n  help: take the file back from version control, or remove it and make it anew with "
                                "--update --reason TEXT");
    return references;
}

/// Digest of the scenario and data files that a run reads: the same on every machine, wherever the files lie. Folders are told by their files,
/// and texts for people do not count.
std::string digest_of_inputs(const scenario::Loaded& loaded)
{
    std::vector<std::string> files;
    for (const scenario::FileRead& file : loaded.files) {
        const fs::path name = fs::path(file.name.substr(file.name.find(':') + 1)).filename(); // shipped: "fabrica:..."
        if (name.has_extension() && name.extension() != ".md") files.push_back(name.string() + file.sha256);
    }
    std::sort(files.begin(), files.end());
    std::string all;
    for (const std::string& file : files) all += file;
    return sha256(all).substr(0, 16);
}

/// One run to be made.
struct Job {
    std::string name;
    int threads = 1;
    Prepared prepared;
};

std::vector<Job> make_jobs(const Session& session, const SuiteRequest& request, const ScenarioArguments& arguments)
{
    std::vector<Job> jobs;
    const std::vector<std::string> names = names_with(request.scenarios, ".toml");
    if (names.empty())
        session.complain(fmt::format("there is no scenario in the folder {}", request.scenarios),
                         "scenarios are its files that end in .toml");
    bool all_fit = !names.empty();
    for (const std::string& name : names)
        for (const int threads : request.threads.empty() ? std::vector<int>{1} : request.threads) {
            Errors errors;
            jobs.push_back(
                {name, threads,
                 arguments.prepare(session.application(), request.scenarios + "/" + name + ".toml", errors)});
            if (errors.empty()) continue;
            session.report(errors);
            all_fit = false;
            break;
        }
    if (!all_fit) throw InvalidSuite{};
    return jobs;
}

/// Runs one job and holds it against its reference.
class JobRunner {
public:
    JobRunner(const SuiteRequest& request, const References& references, const std::string& folder)
        : request_(request), references_(references), folder_(folder)
    {
    }

    Verdict operator()(Job& job, int threads) const
    {
        Verdict verdict{.name = job.name, .threads = job.threads};
        const auto begin = std::chrono::steady_clock::now();
        try {
            run(job, threads, verdict);
            judge(verdict);
        } catch (const std::bad_alloc&) {
            fail(verdict, "out of memory");
        } catch (const std::exception& error) {
            fail(verdict, error.what());
        }
        verdict.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        return verdict;
    }

private:
    static void fail(Verdict& verdict, const std::string& reason)
    {
        verdict.kind = Verdict::Kind::failed, verdict.reason = reason;
    }

    void run(Job& job, int threads, Verdict& verdict) const
    {
        Progress progress(Progress::Style::none);
        const std::string file = fmt::format("{}/{}_{}.h5", folder_, job.name, job.threads);
        const RunRequest request{job.prepared.loaded, file, threads, 0, "tbb", "", false, progress};
        if (const double bytes = job.prepared.model->estimate(request).memory_bytes; bytes > physical_memory())
            throw std::runtime_error(fmt::format(
                "the run would take {} of memory; give the scenario a smaller run.scale", bytes_text(bytes)));
        const RunResult result = job.prepared.model->run(request);
        if (result.status == RunResult::Status::interrupted) throw std::runtime_error("interrupted");
        if (result.status == RunResult::Status::stopped) throw std::runtime_error("stopped: " + result.reason);
        read(file, job, result, verdict);
        std::error_code ignored;
        fs::remove(file, ignored);
    }

    static void read(const std::string& path, const Job& job, const RunResult& result, Verdict& verdict)
    {
        const record::ResultFile file(path);
        record::Reference& now = verdict.after;
        now.title = job.prepared.model->settings().title, now.inputs = digest_of_inputs(job.prepared.loaded);
        for (const auto& [name, value] : result.summary)
            if (name == "state_hash") now.state_hash = text_of(value);
        verdict.days = record::period_dates(file);
        now.periods = verdict.days.size();
        if (now.periods > 0) now.first = verdict.days.front(), now.last = verdict.days.back();
        std::map<std::string, std::string> modules;
        for (const SeriesShape& shape : job.prepared.model->recorded()) modules[shape.name] = shape.module;
        for (record::SeriesDigest& digest : record::digest_series(file))
            now.series.push_back({digest, modules[digest.name]});
    }

    void judge(Verdict& verdict) const
    {
        const auto reference = references_.find(verdict.name);
        if (reference == references_.end()) {
            verdict.kind = Verdict::Kind::added;
            return;
        }
        verdict.before = reference->second;
        verdict.movements = record::movements(verdict.before, verdict.after, request_.tolerance);
        const bool is_other_state = request_.tolerance.is_exact() && verdict.has_other_state();
        if (!verdict.movements.empty() || is_other_state) verdict.kind = Verdict::Kind::moved;
    }

    const SuiteRequest& request_;
    const References& references_;
    const std::string& folder_;
};

/// Small runs side by side; runs that were asked to take several threads one after the other.
Lanes lanes_for(const SuiteRequest& request, std::vector<Job>& jobs)
{
    const bool is_alone = std::any_of(request.threads.begin(), request.threads.end(), [](int n) { return n > 1; });
    if (is_alone || jobs.empty()) return {1, 1};
    Progress progress(Progress::Style::none);
    Estimate largest;
    for (Job& job : jobs) {
        const RunRequest run{job.prepared.loaded, "", 1, 0, "tbb", "", false, progress};
        largest.memory_bytes = std::max(largest.memory_bytes, job.prepared.model->estimate(run).memory_bytes);
    }
    return {choose_lanes(largest, 0, physical_memory(), static_cast<std::int64_t>(jobs.size())).seeds, 1};
}

std::vector<Verdict> run_jobs(const Session& session, std::vector<Job>& jobs, int lanes, const JobRunner& runner)
{
    std::vector<Verdict> verdicts(jobs.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < jobs.size() && Progress::signal() == 0; i = next++) {
            verdicts[i] = runner(jobs[i], jobs[i].threads);
            session.detail(fmt::format("{}, {} thread{}: {:.2f} s", jobs[i].name, jobs[i].threads,
                                       jobs[i].threads == 1 ? "" : "s", verdicts[i].seconds));
        }
    };
    std::vector<std::thread> others;
    for (int i = 1; i < lanes; ++i) others.emplace_back(work);
    work();
    for (std::thread& other : others) other.join();
    if (Progress::signal() != 0) throw Interrupted{};
    return verdicts;
}

} // namespace

std::string Verdict::first_day(const record::Movement& movement) const
{
    return movement.period < days.size() ? days[movement.period] : before.last;
}

std::size_t SuiteReport::count(Verdict::Kind kind) const
{
    return static_cast<std::size_t>(
        std::count_if(verdicts.begin(), verdicts.end(), [&](const Verdict& v) { return v.kind == kind; }));
}

std::string reference_path(const SuiteRequest& request, const std::string& name)
{
    return request.references + "/" + name + ".json";
}

SuiteReport run_suite(const Session& session, const SuiteRequest& request, const ScenarioArguments& arguments)
{
    const References references = read_references(request);
    std::vector<Job> jobs = make_jobs(session, request, arguments);
    SuiteReport report{request, arguments.overrides_text(), {}};
    const TemporaryFolder folder;
    report.verdicts =
        run_jobs(session, jobs, lanes_for(request, jobs).seeds, JobRunner(request, references, folder.path()));
    for (const auto& [name, reference] : references)
        if (std::none_of(jobs.begin(), jobs.end(), [&, &n = name](const Job& job) { return job.name == n; })) {
            Verdict& gone = report.verdicts.emplace_back(Verdict{.kind = Verdict::Kind::gone, .name = name});
            gone.before = reference;
        }
    return report;
}

} // namespace sim::cli
