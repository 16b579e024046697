#include <algorithm>
#include <csignal>
#include <filesystem>
#include <limits>

#include <fmt/format.h>

#include "sim/cli/option_values.hpp"
#include "sim/cli/output_path.hpp"
#include "sim/cli/temporary_folder.hpp"
#include "sim/cli/verify/determinism.hpp"
#include "sim/cli/verify/suite_report.hpp"
#include "sim/cli/verify/tolerance.hpp"
#include "sim/cli/verify/update.hpp"
#include "sim/record/output_file.hpp"

namespace sim::cli {
namespace {

const std::vector<std::string> known_backends = {"tbb", "threads", "serial"};
constexpr auto all_blocks = "1024,8192", all_backends = "tbb,threads,serial";
constexpr std::size_t rows_on_screen = 12;

class Verify final : public Verb {
public:
    std::string name() const override { return "verify"; }
    std::string help() const override
    {
        return "Hold the scenarios of a folder against their references, or (--determinism) prove on this machine that "
               "results do not depend on how they are computed; exit code 4 when something moved";
    }

    void declare(Arguments& arguments) override
    {
        scenario_.declare(arguments);
        arguments.option(references_, "--references", "DIR", "Folder of the references (default tests/reference)");
        arguments.option(tolerance_, "--tolerance", "LIST",
                         "How far numbers may lie from a reference that another compiler made, relative to the largest "
                         "of their series: 1e-9, or amounts=1e-12,shares=1e-6 (default: not a bit)");
        arguments.flag(update_, "--update", "Make the references anew; needs --reason");
        arguments.option(reason_, "--reason", "TEXT", "Why what moved is right, for CHANGES.md beside the references");
        arguments.option(report_, "--report", "FILE", "Write the whole report (Markdown) there");
        arguments.flag(
            determinism_, "--determinism",
            "Run one scenario under every combination of back end, threads and block size, and compare every bit");
        arguments.option(threads_, "--threads", "LIST", "Numbers of threads (auto: 1, with --determinism 1,2,4)");
        arguments.option(
            blocks_, "--blocks", "LIST",
            "Agents per block, 0 for what the engine chooses (default 1024,8192); sizes above the number of "
            "agents are all alike");
        arguments.option(backends_, "--backends", "LIST", "Back ends (default tbb,threads,serial)");
        arguments.option(keep_, "--keep", "DIR", "Keep the results in this folder");
    }

    int run(const Session& session) override
    {
        return determinism_ ? run_determinism(session) : run_references(session);
    }

private:
    // ---- references

    int run_references(const Session& session) const
    {
        SuiteRequest request{scenario_.scenario(), references_.empty() ? "tests/reference" : references_};
        if (const int wrong = check_references_usage(session, request); wrong != exit_ok) return wrong;
        if (const int wrong = check_files(session, request); wrong != exit_ok) return wrong;
        Progress::catch_signals();
        try {
            const SuiteReport report = run_suite(session, request, scenario_);
            if (!report_.empty())
                record::write_whole(report_, to_markdown(report, std::numeric_limits<std::size_t>::max()));
            if (update_) return update(session, report);
            session.print(session.json() ? to_json(report) : to_markdown(report, rows_on_screen));
            say_what_next(session, report);
            return report.count(Verdict::Kind::failed) > 0 ? exit_failed : report.is_same() ? exit_ok : exit_different;
        } catch (const InvalidSuite&) {
            return exit_invalid;
        } catch (const Interrupted&) {
            return Progress::signal() == SIGINT ? exit_interrupted : exit_terminated;
        }
    }

    int check_references_usage(const Session& session, SuiteRequest& request) const
    {
        std::error_code failed;
        int faults = 0;
        const auto refuse = [&](const std::string& line, const std::string& help) {
            session.complain(line, help);
            ++faults;
        };
        if (std::filesystem::exists(request.scenarios, failed)
                ? !std::filesystem::is_directory(request.scenarios, failed)
                : request.scenarios.find(':') != std::string::npos)
            refuse(fmt::format("'{}' is one scenario: what is to be verified of it is not said", request.scenarios),
                   "add --determinism, or give the folder of the scenarios to hold them against references");
        if (blocks_ != all_blocks || backends_ != all_backends || !keep_.empty())
            refuse("--blocks, --backends and --keep are of --determinism", "add it, or leave them out");
        if (const auto threads = threads_ == "auto" ? std::vector<int>{} : parse_numbers(threads_, 1, 4096))
            request.threads = *threads;
        else
            refuse(fmt::format("--threads '{}' is no list of whole numbers from 1 to 4096", threads_),
                   "write --threads 1,2,4");
        if (const auto tolerance = parse_tolerance(tolerance_))
            request.tolerance = *tolerance;
        else
            refuse(fmt::format("--tolerance '{}' is no tolerance", tolerance_),
                   "write --tolerance 1e-9, or --tolerance amounts=1e-12,shares=1e-6");
        check_update_usage(refuse, request);
        return faults == 0 ? exit_ok : exit_usage;
    }

    template <class Refuse>
    void check_update_usage(const Refuse& refuse, const SuiteRequest& request) const
    {
        const bool is_said = reason_.find_first_not_of(" \t\n") != std::string::npos;
        if (update_ && !is_said)
            refuse("--update needs a reason", "add --reason \"why what moved is right\"; it goes into CHANGES.md");
        if (!update_ && !reason_.empty()) refuse("--reason is of --update", "add it, or leave the reason out");
        if (update_ && !scenario_.overrides_text().empty())
            refuse(
                fmt::format("references are of scenarios as they are written, not with {}", scenario_.overrides_text()),
                "change the scenario's file");
        if (update_ && (request.threads.size() > 1 || !request.tolerance.is_exact()))
            refuse("references are made of one exact run of each scenario", "leave --threads and --tolerance out");
    }

    /// What will be written can be: looked at before anything is run.
    int check_files(const Session& session, const SuiteRequest& request) const
    {
        std::error_code failed;
        if (!std::filesystem::is_directory(request.scenarios, failed)) {
            session.complain(fmt::format("there is no folder '{}'", request.scenarios),
                             "give the folder of the scenarios");
            return exit_invalid;
        }
        const auto refuse = [&](const std::string& file, const char* option, bool may_make_folder) {
            const auto reason = why_not_writable(file, true, may_make_folder);
            if (reason) session.complain(*reason, fmt::format("choose another place with {}", option));
            return reason.has_value();
        };
        if (update_ && refuse(request.references + "/CHANGES.md", "--references", true)) return exit_io;
        if (!report_.empty() && refuse(report_, "--report", false)) return exit_io;
        return exit_ok;
    }

    int update(const Session& session, const SuiteReport& report) const
    {
        for (const Verdict& verdict : report.verdicts)
            if (verdict.kind == Verdict::Kind::failed)
                session.complain(fmt::format("{} failed: {}", verdict.name, verdict.reason));
        if (report.count(Verdict::Kind::failed) > 0) return exit_failed; // and nothing was written
        const auto names = update_references(report, reason_);
        if (session.json()) return session.print(to_json(report)), exit_ok;
        std::string list;
        for (const std::string& name : names) list += "  " + name + "\n";
        session.print(names.empty()
                          ? "All references are what they were.\n"
                          : fmt::format("References made anew or removed in {}:\n{}", report.request.references, list));
        return exit_ok;
    }

    static void say_what_next(const Session& session, const SuiteReport& report)
    {
        if (report.is_same() || report.count(Verdict::Kind::failed) > 0) return;
        session.say(fmt::format("If that is meant: {} verify {} --references {} --update --reason \"why\"",
                                session.application().name, report.request.scenarios, report.request.references));
    }

    // ---- determinism

    int run_determinism(const Session& session) const
    {
        const auto threads = parse_numbers(threads_ == "auto" ? "1,2,4" : threads_, 1, 4096);
        const auto blocks = parse_numbers(blocks_, 0, std::numeric_limits<int>::max());
        const std::vector<std::string> backends = split_list(backends_);
        if (const int wrong = check_usage(session, threads.has_value(), blocks.has_value(), backends); wrong != exit_ok)
            return wrong;
        Progress::catch_signals();
        const TemporaryFolder folder(keep_);
        try {
            const DeterminismReport report = run_all_ways(session, scenario_, all_ways(backends, *threads, *blocks),
                                                          folder.path(), folder.is_kept());
            session.print(session.json() ? to_json(report) : to_text(report));
            return report.is_same() ? exit_ok : exit_different;
        } catch (const TooLarge& run) {
            session.complain(fmt::format("the run would take {} of memory", bytes_text(run.bytes)),
                             "verify a part with --set run.scale=0.001");
            return exit_invalid;
        } catch (const Unfinished& end) {
            if (end.result.status == RunResult::Status::interrupted)
                return Progress::signal() == SIGINT ? exit_interrupted : exit_terminated;
            session.complain("the run was stopped: " + end.result.reason);
            return exit_failed;
        }
    }

    int check_usage(const Session& session, bool threads_fit, bool blocks_fit,
                    const std::vector<std::string>& backends) const
    {
        const bool is_alone =
            references_.empty() && tolerance_.empty() && !update_ && reason_.empty() && report_.empty();
        if (!is_alone)
            session.complain("--references, --tolerance, --update, --reason and --report are of references",
                             "leave them out, or leave --determinism out");
        if (!threads_fit)
            session.complain(fmt::format("--threads '{}' is no list of whole numbers from 1 to 4096", threads_),
                             "write --threads 1,2,4");
        if (!blocks_fit)
            session.complain(fmt::format("--blocks '{}' is no list of whole numbers", blocks_),
                             "write --blocks 1024,8192");
        bool backends_fit = true;
        for (const std::string& backend : backends)
            if (std::find(known_backends.begin(), known_backends.end(), backend) == known_backends.end()) {
                session.complain(fmt::format("--backends: '{}' is no back end", backend),
                                 suggestion(backend, known_backends));
                backends_fit = false;
            }
        return is_alone && threads_fit && blocks_fit && backends_fit ? exit_ok : exit_usage;
    }

    ScenarioArguments scenario_;
    bool determinism_ = false, update_ = false;
    std::string references_, tolerance_, reason_, report_, threads_ = "auto", blocks_ = all_blocks,
                                                           backends_ = all_backends, keep_;
};

} // namespace

std::unique_ptr<Verb> verify_verb() { return std::make_unique<Verify>(); }

} // namespace sim::cli
