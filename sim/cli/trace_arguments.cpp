#include "sim/cli/trace_arguments.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "sim/cli/option_values.hpp"
#include "sim/cli/output_path.hpp"

namespace sim::cli {

namespace fs = std::filesystem;

void TraceArguments::declare(Arguments& arguments)
{
    arguments.option(
        file_, "--trace", "FILE",
        "Write what each thread did when, as JSON for chrome://tracing or Perfetto. Does not change the results");
    arguments.option(from_, "--trace-from", "DATE", "First day of the trace (default: the first of the run)");
    arguments.option(windows_, "--trace-windows", 1, 100'000, "Days to trace (default 365)");
}

int TraceArguments::prepare(const Session& session, const scenario::RunSettings& settings, const std::string& out,
                            bool may_overwrite, TraceRequest& request) const
{
    request = {file_, settings.start, windows_};
    if (!from_.empty()) {
        const auto from = parse_date(from_);
        if (!from || *from < settings.start || !(*from < settings.end)) {
            session.complain(fmt::format("--trace-from '{}' is no day of the run", from_),
                             fmt::format("write a date from {} on and before {}", to_string(settings.start),
                                         to_string(settings.end)));
            return exit_usage;
        }
        request.from = *from;
    }
    if (!file_.empty() && fs::weakly_canonical(fs::absolute(file_)) == fs::weakly_canonical(fs::absolute(out))) {
        session.complain(fmt::format("--trace and --out are both {}", out), "give the trace a file of its own");
        return exit_usage;
    }
    const auto reason = file_.empty() ? std::nullopt : why_not_writable(file_, may_overwrite, false);
    if (!reason) return exit_ok;
    session.complain(*reason, reason->ends_with(" exists")
                                  ? "add --force to overwrite it, or choose another file with --trace"
                                  : "choose another file with --trace");
    return exit_io;
}

} // namespace sim::cli
