#include "sim/cli/sweep/slurm.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <filesystem>

#include <sys/wait.h>

#include "sim/base/io_error.hpp"
#include "sim/record/output_file.hpp"
#include "sim/sweep/failures.hpp"
#include "sim/sweep/stored_result.hpp"

namespace sim::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t usual_array_size = 1001; // Slurm's own default
constexpr double unknown_seconds = 1;           // of a run that no model estimated

std::string quoted(const std::string& word)
{
    std::string text = "'";
    for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

/// What a command writes on its two streams, and how it ended.
struct Said {
    std::string text;
    int code = 127;
};

Said ask(const std::string& command)
{
    Said said;
    std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "re");
    if (pipe == nullptr) return said;
    char bytes[4096];
    for (std::size_t got = 0; (got = std::fread(bytes, 1, sizeof bytes, pipe)) > 0;) said.text.append(bytes, got);
    const int status = ::pclose(pipe);
    said.code = WIFEXITED(status) ? WEXITSTATUS(status) : 127;
    while (!said.text.empty() && said.text.back() == '\n') said.text.pop_back();
    return said;
}

std::vector<std::int64_t> missing_runs(const std::string& folder, const sweep::Plan& plan, bool retry)
{
    const auto failures = sweep::read_failures(sweep::failures_path(folder));
    std::vector<std::int64_t> all;
    for (const sweep::PlanRow& row : plan.rows) {
        const auto failed = failures.find(row.id);
        if (!retry && failed != failures.end() && is_final(failed->second)) continue;
        const std::string path = sweep::result_path(folder, plan, row.id);
        if (check_result(path, row.id, plan, plan.scenario(row.scenario), nullptr) != sweep::Stored::good)
            all.push_back(row.index);
    }
    return all;
}

std::string absolute(const std::string& path) { return fs::absolute(path).lexically_normal().string(); }

class Launch {
public:
    Launch(const Session& session, const std::string& folder, const sweep::Plan& plan, const SlurmOptions& options)
        : session_(session), folder_(absolute(folder)), plan_(plan), options_(options),
          script_(slurm_script(fs::read_symlink("/proc/self/exe").string(), folder_, plan, options))
    {
    }

    int operator()()
    {
        const auto missing = missing_runs(folder_, plan_, options_.run.retry);
        const std::int64_t pack = options_.pack > 0 ? options_.pack : runs_of_a_minute(plan_.seconds);
        tasks_ = pack_ranges(missing, pack);
        runs_ = static_cast<std::int64_t>(missing.size());
        if (options_.what == SlurmOptions::Do::show_only) return show();
        fs::create_directories(folder_ + "/slurm/log");
        record::write_whole(script_path(), script_);
        if (options_.what == SlurmOptions::Do::write_only) {
            write_tasks(tasks_, 0);
            return show();
        }
        return submit();
    }

private:
    [[nodiscard]] std::string script_path() const { return folder_ + "/slurm/array.sh"; }

    int show() const
    {
        if (!session_.json()) {
            session_.print(script_);
            session_.print(fmt::format(
                "# {} runs in {} tasks. To submit by hand: sbatch --array=0-{} {} {}\n", runs_, tasks_.size(),
                std::max<std::int64_t>(0, static_cast<std::int64_t>(tasks_.size()) - 1), script_path(), tasks_path(0)));
            return exit_ok;
        }
        return report({});
    }

    [[nodiscard]] std::string tasks_path(std::int64_t part) const
    {
        return fmt::format("{}/slurm/tasks_{}.txt", folder_, part);
    }

    void write_tasks(const std::vector<std::vector<std::string>>& tasks, std::int64_t part) const
    {
        std::string text;
        for (const auto& ranges : tasks) {
            for (const std::string& range : ranges) text += range + " ";
            text.back() = '\n';
        }
        record::write_whole(tasks_path(part), text);
    }

    int submit() const
    {
        std::vector<std::string> jobs;
        if (tasks_.empty()) return report(jobs);
        const auto most = static_cast<std::size_t>(max_array_size(ask("scontrol show config").text));
        for (std::size_t first = 0; first < tasks_.size(); first += most) {
            const std::size_t last = std::min(first + most, tasks_.size());
            const auto part = static_cast<std::int64_t>(jobs.size());
            write_tasks({tasks_.begin() + static_cast<std::ptrdiff_t>(first),
                         tasks_.begin() + static_cast<std::ptrdiff_t>(last)},
                        part);
            const Said said = ask(fmt::format("sbatch --parsable --array=0-{} {} {}", last - first - 1,
                                              quoted(script_path()), quoted(tasks_path(part))));
            if (said.code != 0) return refuse(said, jobs);
            jobs.push_back(said.text.substr(0, said.text.find_first_of(";\n")));
        }
        return report(jobs);
    }

    [[nodiscard]] int refuse(const Said& said, const std::vector<std::string>& jobs) const
    {
        session_.complain(said.code == 127 ? std::string("there is no sbatch: is Slurm installed here?")
                                           : fmt::format("sbatch refused the array: {}", said.text),
                          jobs.empty()
                              ? "nothing was submitted; --launch local runs the same plan on this machine"
                              : fmt::format("{} arrays were submitted before; the same command submits what is "
                                            "missing",
                                            jobs.size()));
        return exit_failed;
    }

    [[nodiscard]] int report(const std::vector<std::string>& jobs) const
    {
        std::string ids;
        for (const std::string& job : jobs) ids += (ids.empty() ? "" : ",") + job;
        session_.show({{"plan", folder_},
                       {"runs", runs_},
                       {"tasks", static_cast<std::int64_t>(tasks_.size())},
                       {"jobs", ids},
                       {"script", script_path()}});
        if (!session_.json())
            session_.print(fmt::format("Next: {} {} {}\n", session_.application().name,
                                       tasks_.empty() ? "gather" : "status", folder_));
        return exit_ok;
    }

    const Session& session_;
    std::string folder_;
    const sweep::Plan& plan_;
    const SlurmOptions& options_;
    std::string script_;
    std::vector<std::vector<std::string>> tasks_;
    std::int64_t runs_ = 0;
};

} // namespace

std::vector<std::vector<std::string>> pack_ranges(const std::vector<std::int64_t>& indices, std::int64_t pack)
{
    std::vector<std::vector<std::string>> tasks;
    const auto size = static_cast<std::size_t>(pack);
    for (std::size_t first = 0; first < indices.size(); first += size) {
        auto& ranges = tasks.emplace_back();
        const std::size_t last = std::min(first + size, indices.size());
        for (std::size_t i = first; i < last;) {
            std::size_t end = i + 1;
            while (end < last && indices[end] == indices[end - 1] + 1) ++end;
            ranges.push_back(fmt::format("{}:{}", indices[i], indices[end - 1] + 1));
            i = end;
        }
    }
    return tasks;
}

std::int64_t runs_of_a_minute(double seconds_of_a_run)
{
    const double seconds = seconds_of_a_run > 0 ? seconds_of_a_run : unknown_seconds;
    return std::clamp<std::int64_t>(static_cast<std::int64_t>(std::ceil(60 / seconds)), 1, 10000);
}

std::int64_t max_array_size(const std::string& config)
{
    const std::size_t at = config.find("MaxArraySize");
    const std::size_t digits = at == std::string::npos ? at : config.find_first_of("0123456789", at);
    std::int64_t size = 0;
    if (digits != std::string::npos) std::from_chars(config.data() + digits, config.data() + config.size(), size);
    return size > 0 ? size : usual_array_size;
}

std::string slurm_script(const std::string& program, const std::string& folder, const sweep::Plan& plan,
                         const SlurmOptions& options)
{
    const int threads = std::max(1, options.run.threads);
    const auto megabytes = static_cast<std::int64_t>(std::ceil(plan.memory_bytes * 1.2 / 1e6)) + 200;
    std::string more;
    for (const std::string& option : options.sbatch) more += "#SBATCH " + option + "\n";
    std::string run = fmt::format("{} run --plan {} --jobs 1 --threads {}", quoted(program), quoted(folder), threads);
    if (options.run.checkpoint_every >= 0) run += fmt::format(" --checkpoint-every {}", options.run.checkpoint_every);
    if (options.run.retry) run += " --retry";
    return fmt::format(R"(#!/bin/bash
#SBATCH --job-name={name}
#SBATCH --cpus-per-task={threads}
#SBATCH --mem={megabytes}M
#SBATCH --output={folder}/slurm/log/%A_%a.log
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=B:TERM@60
{more}# One task of an array: the runs of one line of the file that is its argument. What is done is skipped, so it may be started any number of times.
tasks=$1
restarts=${{SLURM_RESTART_COUNT:-0}}
is_ended=false
worker=
trap 'is_ended=true; [[ -z $worker ]] || kill -TERM "$worker" 2>/dev/null' TERM

worst=0
for range in $(sed -n "$((SLURM_ARRAY_TASK_ID + 1))p" "$tasks"); do
    $is_ended && break
    {run} --index-range "$range" &
    worker=$!
    wait "$worker"
    status=$?
    while kill -0 "$worker" 2>/dev/null; do # a signal ended the wait, not the worker
        wait "$worker"
        status=$?
    done
    worker=
    # A scenario that is refused or a model that fails would do so again: such runs are in failures.jsonl. The rest may pass.
    case $status in
        0) ;;
        5 | 75 | 137 | 143) worst=$status ;;
        *) ((worst)) || worst=$status ;;
    esac
done

requeue() {{ scontrol requeue "${{SLURM_ARRAY_JOB_ID}}_${{SLURM_ARRAY_TASK_ID}}" && exit 0; }}
if $is_ended; then
    requeue
elif ((restarts < 3)); then # another process has the run, a disk or memory was full
    case $worst in 5 | 75 | 137 | 143) requeue ;; esac
fi
exit "$worst"
)",
                       fmt::arg("name", plan.name), fmt::arg("threads", threads), fmt::arg("megabytes", megabytes),
                       fmt::arg("folder", folder), fmt::arg("more", more), fmt::arg("run", run));
}

int launch_slurm(const Session& session, const std::string& folder, const sweep::Plan& plan,
                 const SlurmOptions& options)
{
    return Launch(session, folder, plan, options)();
}

} // namespace sim::cli
