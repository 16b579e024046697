#include <algorithm>
#include <csignal>
#include <limits>

#include <fmt/format.h>

#include "sim/cli/determinism.hpp"
#include "sim/cli/option_values.hpp"
#include "sim/cli/temporary_folder.hpp"

namespace sim::cli {
namespace {

const std::vector<std::string> known_backends = {"tbb", "threads", "serial"};

class Verify final : public Verb {
public:
    std::string name() const override { return "verify"; }
    std::string help() const override
    {
        return "Prove on this machine that results do not depend on how they are computed; exit code 4 when they do";
    }

    void declare(Arguments& arguments) override
    {
        scenario_.declare(arguments);
        arguments.flag(determinism_, "--determinism",
                       "Run under every combination of back end, threads and block size, and compare every bit");
        arguments.option(threads_, "--threads", "LIST", "Numbers of threads (default 1,2,4)");
        arguments.option(
            blocks_, "--blocks", "LIST",
            "Agents per block, 0 for what the engine chooses (default 1024,8192); sizes above the number of "
            "agents are all alike");
        arguments.option(backends_, "--backends", "LIST", "Back ends (default tbb,threads,serial)");
        arguments.option(keep_, "--keep", "DIR", "Keep the results in this folder");
    }

    int run(const Session& session) override
    {
        const auto threads = parse_numbers(threads_, 1, 4096);
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

private:
    int check_usage(const Session& session, bool threads_fit, bool blocks_fit,
                    const std::vector<std::string>& backends) const
    {
        if (!determinism_) session.complain("what is to be verified is not said", "add --determinism");
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
        return determinism_ && threads_fit && blocks_fit && backends_fit ? exit_ok : exit_usage;
    }

    ScenarioArguments scenario_;
    bool determinism_ = false;
    std::string threads_ = "1,2,4", blocks_ = "1024,8192", backends_ = "tbb,threads,serial", keep_;
};

} // namespace

std::unique_ptr<Verb> verify_verb() { return std::make_unique<Verify>(); }

} // namespace sim::cli
