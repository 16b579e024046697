#include <filesystem>

#include "sim/cli/output_path.hpp"
#include "sim/cli/sweep/make_plan.hpp"
#include "sim/sweep/ensemble.hpp"

namespace sim::cli {
namespace {

/// "3, 7 to 9 and 120 more".
std::string list_of(const std::vector<std::int64_t>& indices)
{
    std::string text;
    constexpr std::size_t most = 20;
    for (std::size_t i = 0; i < std::min(most, indices.size()); ++i)
        text += fmt::format("{}{}", i == 0 ? "" : ", ", indices[i]);
    return indices.size() <= most ? text : fmt::format("{} and {} more", text, indices.size() - most);
}

class Gather final : public Verb {
public:
    std::string name() const override { return "gather"; }
    std::string help() const override { return "Put the results of a plan into one file with a dimension `run`"; }

    void declare(Arguments& arguments) override
    {
        arguments.positional(folder_, "plan", "Folder of the plan");
        arguments.option(out_, "-o,--out", "FILE", "File to write (default PLAN/ensemble.h5, written anew)");
        arguments.flag(allow_missing_, "--allow-missing",
                       "Write it although results are missing, with a mask `present`");
        arguments.flag(force_, "--force", "Overwrite an existing FILE");
    }

    int run(const Session& session) override
    {
        const sweep::Plan plan = sweep::read_plan(folder_);
        const std::string out = out_.empty() ? sweep::ensemble_path(folder_) : out_;
        if (const auto reason = why_not_writable(out, force_ || out_.empty(), false)) {
            session.complain(*reason, "choose another file with --out, or add --force");
            return exit_io;
        }
        const sweep::Ensemble ensemble(folder_, plan);
        const auto missing = ensemble.missing();
        if (!missing.empty() && !allow_missing_) return refuse(session, plan, missing);
        if (const auto reason = why_stale(session.application(), folder_, plan))
            session.say(fmt::format("note: the plan is stale, the results are those of its day: {}", *reason));
        std::int64_t tenth = 0;
        const auto total = static_cast<std::int64_t>(plan.rows.size());
        const sweep::Gathered gathered = ensemble.write(out, allow_missing_, [&](std::int64_t done) {
            if (total < 100 || 10 * done / total == tenth) return;
            tenth = 10 * done / total;
            session.say(fmt::format("{} of {} runs copied", done, total));
        });
        std::error_code failed;
        session.show({{"ensemble", out},
                      {"runs", gathered.runs},
                      {"missing", static_cast<std::int64_t>(gathered.missing.size())},
                      {"outputs", static_cast<std::int64_t>(plan.outputs.size())},
                      {"bytes", static_cast<std::int64_t>(std::filesystem::file_size(out, failed))}});
        return exit_ok;
    }

private:
    int refuse(const Session& session, const sweep::Plan& plan, const std::vector<std::int64_t>& missing) const
    {
        const std::string& program = session.application().name;
        session.complain(
            fmt::format("{} of {} runs have no good result: {}", missing.size(), plan.rows.size(), list_of(missing)),
            fmt::format("`{} status {}` tells why and what to type next; or gather the others with --allow-missing",
                        program, folder_));
        return exit_failed;
    }

    std::string folder_, out_;
    bool allow_missing_ = false, force_ = false;
};

} // namespace

std::unique_ptr<Verb> gather_verb() { return std::make_unique<Gather>(); }

} // namespace sim::cli
