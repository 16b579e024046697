#include "sim/cli/output_path.hpp"
#include "sim/cli/simulate.hpp"
#include "sim/scenario/past.hpp"

namespace sim::cli {
namespace {

class Fork final : public Verb {
public:
    std::string name() const override { return "fork"; }
    std::string help() const override { return "Continue a checkpoint under another scenario with the same past"; }

    void declare(Arguments& arguments) override
    {
        arguments.positional(checkpoint_, "checkpoint", "Checkpoint (X.ckpt.h5) of a run");
        scenario_.declare(arguments);
        simulate_.declare(arguments);
    }

    int run(const Session& session) override
    {
        Errors errors;
        const Prepared future = scenario_.prepare(session.application(), errors);
        if (!errors.empty()) return session.report(errors), exit_invalid;
        const Continuation all = read_checkpoint(checkpoint_, "", session.application());
        const auto difference = scenario::first_divergence(all.past.loaded, future.loaded, future.table);
        const bool shares_past =
            difference.is_equal || (difference.from && to_string(*difference.from) >= all.head.open_from);
        if (!shares_past) return refuse(session, future, all, difference);
        session.detail(fmt::format("going on from {}", all.head.next_day));
        return simulate_(session, future, &all, output_path("", future, session.application()));
    }

private:
    int refuse(const Session& session, const Prepared& future, const Continuation& all,
               const scenario::Divergence& difference) const
    {
        const std::string& program = session.application().name;
        const std::string what = difference.is_file ? fmt::format("the data file {} is not the same", difference.key)
                                                    : fmt::format("{} is {} there and {} here", difference.key,
                                                                  scenario::value_text(all.past.loaded, difference.key),
                                                                  scenario::value_text(future.loaded, difference.key));
        const std::string when = difference.from ? fmt::format("counts from {} on; the checkpoint knows all before {}",
                                                               to_string(*difference.from), all.head.open_from)
                                                 : std::string("has no date: it counts from the first day");
        session.complain(
            fmt::format("{} has another past than {}: {}, which {}", scenario_.scenario(), checkpoint_, what, when),
            difference.from ? fmt::format("make a checkpoint before it: {} run SCENARIO --until {}", program,
                                          to_string(*difference.from))
                            : fmt::format("run it from the first day: {} run {}", program, scenario_.scenario()));
        return exit_invalid;
    }

    std::string checkpoint_;
    ScenarioArguments scenario_;
    Simulate simulate_;
};

} // namespace

std::unique_ptr<Verb> fork_verb() { return std::make_unique<Fork>(); }

} // namespace sim::cli
