#include "sim/cli/sweep/plan_arguments.hpp"

namespace sim::cli {
namespace {

/// The file of a shipped sweep, PROGRAM:sweeps/NAME; any other name as it is.
std::string shipped_path(const Application& application, const std::string& name)
{
    const std::string scheme = application.name + ":";
    if (!name.starts_with(scheme) || application.shipped.empty()) return name;
    return fmt::format("{}/{}.toml", application.shipped, name.substr(scheme.size()));
}

class Sweep final : public Verb {
public:
    std::string name() const override { return "sweep"; }
    std::string help() const override { return "Run a design of many scenarios, told by a sweep file"; }

    void declare(Arguments& arguments) override
    {
        arguments.positional(
            file_, "file",
            "Sweep file (TOML): base, design, axes, replicates, outputs; or PROGRAM:sweeps/NAME for a shipped one");
        plan_.declare(arguments);
    }

    int run(const Session& session) override
    {
        if (const int refused = plan_.check(session); refused != exit_ok) return refused;
        Errors errors;
        file_ = shipped_path(session.application(), file_);
        sweep::SweepFile file = sweep::read_sweep(file_, errors);
        const bool is_readable = !file.base.empty() && !file.sha256.empty();
        const PlanRequest request = plan_.request(file.name);
        sweep::Plan plan;
        if (is_readable) plan = make_plan(session.application(), file, file_, request, errors);
        if (!errors.empty()) return session.report(errors), exit_invalid;
        return plan_(session, plan, request);
    }

private:
    std::string file_;
    PlanArguments plan_;
};

} // namespace

std::unique_ptr<Verb> sweep_verb() { return std::make_unique<Sweep>(); }

} // namespace sim::cli
