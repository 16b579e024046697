#include <cstdio>
#include <exception>
#include <filesystem>
#include <new>
#include <system_error>

#include "sim/base/io_error.hpp"
#include "sim/cli/parser.hpp"
#include "sim/record/checkpoint_file.hpp"

namespace sim::cli {
namespace {

namespace fs = std::filesystem;

// The exit code of an exception that left a verb, after it was told on stderr.
int failure(const Session& session)
{
    try {
        throw;
    } catch (const InvalidInput& error) {
        fmt::print(stderr, "{}", error.what());
        return exit_invalid;
    } catch (const record::CheckpointError& error) {
        session.complain(error.what(), error.help());
        return exit_io;
    } catch (const IoError& error) {
        session.complain(error.what());
        return exit_io;
    } catch (const fs::filesystem_error& error) {
        session.complain(error.what());
        return exit_io;
    } catch (const std::bad_alloc&) {
        session.complain("out of memory", "simulate a part with --set run.scale=0.1");
        return exit_failed;
    } catch (const std::exception& error) {
        session.complain(error.what());
        return exit_failed;
    } catch (...) {
        session.complain("unknown failure");
        return exit_failed;
    }
}

/// The command line as it can be typed again.
std::string command_line(int argc, char** argv, const std::string& program)
{
    std::string line = program;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const bool is_plain =
            !word.empty() && word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                    "0123456789_-+=.,:/@%^") == std::string::npos;
        std::string quoted;
        for (const char c : word) quoted += c == '\'' ? "'\\''" : std::string(1, c);
        line += is_plain ? " " + word : " '" + quoted + "'";
    }
    return line;
}

} // namespace

std::vector<std::unique_ptr<Verb>> verbs()
{
    std::vector<std::unique_ptr<Verb>> all;
    for (const auto make :
         {run_verb, fork_verb, check_verb, explain_verb, list_verb, new_verb, compare_verb, diff_verb, verify_verb,
          effect_verb, report_verb, validate_verb, batch_verb, sweep_verb, status_verb, gather_verb, bench_verb})
        all.push_back(make());
    return all;
}

int main(int argc, char** argv, const Application& application)
{
    Common common;
    const Session session(application, common);
    try {
        const auto all = verbs();
        const Parsed parsed = parse(argc, argv, application, all);
        common = parsed.common;
        common.command = command_line(argc, argv, application.name);
        return parsed.verb == nullptr ? parsed.exit_code : parsed.verb->run(session);
    } catch (...) {
        return failure(session);
    }
}

std::string find_shipped(const std::string& program, const std::string& built_in)
{
    std::error_code failed;
    const fs::path executable = fs::read_symlink("/proc/self/exe", failed);
    const fs::path installed = executable.parent_path().parent_path() / "share" / program / "scenarios";
    if (!failed && fs::is_directory(installed, failed)) return installed.string();
    return fs::is_directory(built_in, failed) ? built_in : std::string();
}

} // namespace sim::cli
