#include "sim/cli/sweep/plan_arguments.hpp"

#include <charconv>
#include <filesystem>

#include "sim/base/io_error.hpp"
#include "sim/cli/option_values.hpp"
#include "sim/cli/output_path.hpp"
#include "sim/cli/sweep/slurm.hpp"
#include "sim/sweep/stored_result.hpp"

namespace sim::cli {
namespace {

namespace fs = std::filesystem;

std::optional<std::pair<std::int64_t, std::int64_t>> two_numbers(const std::string& text, char between)
{
    std::int64_t first = 0, second = 0;
    const char* const end = text.data() + text.size();
    const auto a = std::from_chars(text.data(), end, first);
    if (a.ec != std::errc() || a.ptr == end || *a.ptr != between) return std::nullopt;
    const auto b = std::from_chars(a.ptr + 1, end, second);
    if (b.ec != std::errc() || b.ptr != end || first < 0) return std::nullopt;
    return std::pair{first, second};
}

std::vector<std::int64_t> indices_of(const sweep::Plan& plan, const Shard& shard)
{
    std::vector<std::int64_t> all;
    for (std::int64_t i = shard.part - 1; i < static_cast<std::int64_t>(plan.rows.size()); i += shard.of)
        all.push_back(i);
    return all;
}

std::int64_t count_there(const std::string& folder, const sweep::Plan& plan)
{
    std::int64_t there = 0;
    std::error_code failed;
    for (const sweep::PlanRow& row : plan.rows) there += fs::exists(sweep::result_path(folder, plan, row.id), failed);
    return there;
}

int report(const Session& session, const std::string& folder, const PoolResult& r)
{
    Summary summary = {{"plan", folder},
                       {"runs", r.runs},
                       {"finished", r.finished},
                       {"reused", r.reused},
                       {"failed", r.failed},
                       {"failed_before", r.skipped},
                       {"elsewhere", r.elsewhere},
                       {"left", r.left},
                       {"runs_at_a_time", std::int64_t{r.lanes}},
                       {"threads_each", std::int64_t{r.threads}},
                       {"seconds", r.seconds}};
    session.show(summary);
    if (session.json()) return r.exit_code();
    const std::string& program = session.application().name;
    std::string next = fmt::format(
        "Next, for one file: {0} gather {1}. For a page, of a sweep after that: {0} report {1}", program, folder);
    if (r.left > 0)
        next = fmt::format("Stopped. Go on with: {} run --plan {}", program, folder);
    else if (r.elsewhere > 0)
        next = fmt::format("Other processes are at {} of the runs. Later: {} status {}", r.elsewhere, program, folder);
    else if (r.failed + r.skipped > 0)
        next = fmt::format("Reasons: {} status {}. Once they are gone: {} run --plan {} --retry", program, folder,
                           program, folder);
    session.print(next + "\n");
    return r.exit_code();
}

} // namespace

std::optional<Shard> parse_shard(const std::string& text)
{
    const auto parts = two_numbers(text, '/');
    if (!parts || parts->first < 1 || parts->second < parts->first) return std::nullopt;
    return Shard{parts->first, parts->second};
}

std::optional<std::pair<std::int64_t, std::int64_t>> parse_range(const std::string& text)
{
    const auto range = two_numbers(text, ':');
    return range && range->first < range->second ? range : std::nullopt;
}

std::optional<double> memory_limit(const std::string& option)
{
    return option.empty() ? std::optional(physical_memory()) : parse_bytes(option);
}

int run_rows(const Session& session, const std::string& folder, const sweep::Plan& plan,
             const std::vector<std::int64_t>& indices, const PoolOptions& options)
{
    if (const auto reason = why_stale(session.application(), folder, plan)) {
        session.complain(fmt::format("the plan in {} is stale: {}", folder, *reason),
                         plan.sweep_file.empty()
                             ? fmt::format("plan again: {} batch ... --out {}", session.application().name, folder)
                             : fmt::format("plan again: {} sweep {} --out {}", session.application().name,
                                           sweep::path_in(folder, plan.sweep_file), folder));
        return exit_invalid;
    }
    for (const std::string& file : {sweep::plan_path(folder), sweep::result_path(folder, plan, "any")})
        if (const auto reason = why_not_writable(file, true, true)) {
            session.complain(*reason, "nothing was run; choose other folders with --out and --store");
            return exit_io;
        }
    return report(session, folder, run_pool(session, folder, plan, indices, options));
}

void PlanArguments::declare(Arguments& arguments)
{
    arguments.option(out_, "-o,--out", "DIR", "Folder of the plan (default results/NAME)");
    arguments.option(store_, "--store", "DIR", "Folder of results, shared by all plans (default results/store)");
    arguments.repeated(overrides_, "--set", "KEY=VALUE", "Override a key in all runs; may be repeated");
    arguments.option(root_, "--root", "DIR", "Scenario root: no file outside it is read");
    arguments.flag(plan_only_, "--plan-only", "Write the plan, and run nothing");
    arguments.flag(dry_run_, "--dry-run", "Show what the plan would be, and write nothing");
    arguments.option(jobs_, "--jobs", 0, 4096, "Runs at a time; 0 to choose by their size");
    arguments.option(threads_, "--threads", 0, 4096, "Cores to use; 0 for all. Does not change the results");
    arguments.option(max_memory_, "--max-memory", "SIZE", "Memory for all runs together, such as 8G");
    arguments.option(shard_, "--shard", "I/N", "Only part I of N of the runs, such as 2/8");
    arguments.flag(retry_, "--retry", "Try runs again that failed before");
    arguments.option(checkpoint_every_, "--checkpoint-every", 0, 1200,
                     "Months between checkpoints of a run; 0: none (default: 12 for runs above two minutes)");
    arguments.choice(launch_, "--launch", {"local", "slurm"},
                     "Where runs go: to this machine, or to Slurm as a job array");
    arguments.option(pack_, "--pack", 0, 10000, "Runs of one task of a Slurm array; 0: so many that it takes a minute");
    arguments.repeated(sbatch_, "--sbatch", "OPTION",
                       "Option of sbatch, such as --sbatch=--partition=long; may be repeated");
    arguments.flag(force_, "--force", "Write over the plan of another sweep");
}

PlanRequest PlanArguments::request(const std::string& name) const
{
    return {out_.empty() ? "results/" + name : fs::path(out_).lexically_normal().string(), store_, root_, overrides_};
}

int PlanArguments::check(const Session& session) const
{
    if (!shard_.empty() && !parse_shard(shard_))
        session.complain(fmt::format("--shard '{}' is no part of the runs", shard_), "write it like 2/8");
    else if (!memory_limit(max_memory_))
        session.complain(fmt::format("--max-memory '{}' is no size", max_memory_), "write it like 8G or 500M");
    else if (!shard_.empty() && launch_ == "slurm")
        session.complain("--shard is for launchers of your own; Slurm parts the runs itself", "leave it out");
    else
        return exit_ok;
    return exit_usage;
}

int PlanArguments::operator()(const Session& session, const sweep::Plan& plan, const PlanRequest& request) const
{
    const std::string& folder = request.folder;
    if (plan.memory_bytes > *memory_limit(max_memory_)) {
        session.complain(fmt::format("a run would take {} of memory, and may take {}", bytes_text(plan.memory_bytes),
                                     bytes_text(*memory_limit(max_memory_))),
                         "simulate a part with --set run.scale=0.1, or raise --max-memory");
        return exit_invalid;
    }
    const SlurmOptions slurm{{threads_, checkpoint_every_, retry_},
                             pack_,
                             sbatch_,
                             dry_run_     ? SlurmOptions::Do::show_only
                             : plan_only_ ? SlurmOptions::Do::write_only
                                          : SlurmOptions::Do::submit};
    if (dry_run_) return launch_ == "slurm" ? launch_slurm(session, folder, plan, slurm) : show(session, plan, folder);
    if (const int refused = refuse_foreign(session, plan, folder); refused != exit_ok) return refused;
    if (const int refused = refuse_unwritable(session, plan, folder); refused != exit_ok) return refused;
    sweep::write_plan(folder, plan);
    if (launch_ == "slurm") return launch_slurm(session, folder, plan, slurm);
    if (plan_only_) return show(session, plan, folder);
    const Shard shard = shard_.empty() ? Shard{} : *parse_shard(shard_);
    return run_rows(session, folder, plan, indices_of(plan, shard), {slurm.run, jobs_, *memory_limit(max_memory_)});
}

int PlanArguments::refuse_foreign(const Session& session, const sweep::Plan& plan, const std::string& folder) const
{
    std::error_code failed;
    if (force_ || !fs::exists(sweep::plan_path(folder), failed)) return exit_ok;
    try {
        const sweep::Plan old = sweep::read_plan(folder);
        if (old.name == plan.name && old.program == plan.program) return exit_ok;
        session.complain(fmt::format("{} holds the plan of another sweep, {}", folder, old.name),
                         "choose another folder with --out, or add --force to write over it");
        return exit_io;
    } catch (const IoError& error) {
        session.say(fmt::format("note: the old plan is written anew: {}", error.what()));
        return exit_ok;
    }
}

int PlanArguments::refuse_unwritable(const Session& session, const sweep::Plan& plan, const std::string& folder) const
{
    for (const std::string& file : {sweep::plan_path(folder), sweep::result_path(folder, plan, "any")})
        if (const auto reason = why_not_writable(file, true, true)) {
            session.complain(*reason, "nothing was run; choose other folders with --out and --store");
            return exit_io;
        }
    return exit_ok;
}

int PlanArguments::show(const Session& session, const sweep::Plan& plan, const std::string& folder) const
{
    const auto runs = static_cast<std::int64_t>(plan.rows.size());
    std::string outputs;
    for (const std::string& name : plan.outputs) outputs += (outputs.empty() ? "" : ", ") + name;
    Summary summary = {{"plan", folder},
                       {"runs", runs},
                       {"points", plan.points},
                       {"replicates", plan.replicates},
                       {"results_there", count_there(folder, plan)},
                       {"outputs", outputs}};
    const double all = plan.output_bytes * static_cast<double>(runs);
    if (session.json()) {
        summary.insert(summary.end(), {{"memory_bytes_of_a_run", plan.memory_bytes}, {"output_bytes", all}});
        if (plan.seconds > 0) summary.emplace_back("core_seconds", plan.seconds * static_cast<double>(runs));
    } else {
        summary.emplace_back("memory of a run", bytes_text(plan.memory_bytes));
        summary.emplace_back("results, at most", bytes_text(all));
        if (plan.seconds > 0)
            summary.emplace_back("time on one core", fmt::format("{:.3g} s", plan.seconds * static_cast<double>(runs)));
    }
    session.show(summary);
    if (!session.json() && !dry_run_)
        session.print(fmt::format("Next: {} run --plan {}\n", session.application().name, folder));
    return exit_ok;
}

} // namespace sim::cli
