#include "sim/cli/output_path.hpp"
#include "sim/cli/simulate.hpp"
#include "sim/cli/sweep/planned_runs.hpp"

namespace sim::cli {
namespace {

class Run final : public Verb {
public:
    std::string name() const override { return "run"; }
    std::string help() const override { return "Run a scenario and write its results"; }

    void declare(Arguments& arguments) override
    {
        scenario_.declare(arguments, false);
        arguments.option(resume_, "--resume", "FILE",
                         "Go on from a checkpoint (X.ckpt.h5) instead; its scenario and its panel are in it");
        planned_.declare(arguments);
        simulate_.declare(arguments);
    }

    int run(const Session& session) override
    {
        if (planned_.is_given()) return of_plan(session);
        if (const int refused = planned_.refuse_without_plan(session); refused != exit_ok) return refused;
        if (!resume_.empty()) return go_on(session);
        if (scenario_.scenario().empty()) {
            session.complain("scenario is required", fmt::format("name a file, or a shipped one such as {}",
                                                                 session.application().starter_base));
            return exit_usage;
        }
        Errors errors;
        const Prepared prepared = scenario_.prepare(session.application(), errors);
        if (!errors.empty()) return session.report(errors), exit_invalid;
        return simulate_(session, prepared, nullptr, output_path("", prepared, session.application()));
    }

private:
    int of_plan(const Session& session) const
    {
        const std::string option = !scenario_.given().empty()   ? scenario_.given()
                                   : !resume_.empty()           ? "--resume"
                                   : !simulate_.out().empty()   ? "--out"
                                   : !simulate_.panel().empty() ? "--panel"
                                                                : "";
        if (!option.empty()) {
            session.complain(fmt::format("{} cannot be given with --plan: the runs are in the plan", option),
                             "what all runs share goes into [sweep.set] of the sweep file");
            return exit_usage;
        }
        return planned_(session, simulate_);
    }

    int go_on(const Session& session) const
    {
        if (const std::string option = scenario_.given(); !option.empty()) {
            session.complain(fmt::format("{} cannot be given with --resume: the scenario is in the checkpoint", option),
                             fmt::format("to continue under another scenario: {} fork {} SCENARIO",
                                         session.application().name, resume_));
            return exit_usage;
        }
        const Continuation all = read_checkpoint(resume_, scenario_.root(), session.application());
        session.detail(fmt::format("going on from {}", all.head.next_day));
        return simulate_(session, all.past, &all, result_of(all));
    }

    // The result lies beside the checkpoint, wherever both were moved to.
    static std::string result_of(const Continuation& all)
    {
        const std::string beside = record::result_of_checkpoint(all.file);
        return beside.empty() ? all.head.result : beside;
    }

    ScenarioArguments scenario_;
    std::string resume_;
    PlannedRuns planned_;
    Simulate simulate_;
};

} // namespace

std::unique_ptr<Verb> run_verb() { return std::make_unique<Run>(); }

} // namespace sim::cli
