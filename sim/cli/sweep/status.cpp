#include <nlohmann/json.hpp>

#include "sim/cli/sweep/make_plan.hpp"
#include "sim/sweep/failures.hpp"
#include "sim/sweep/run_lock.hpp"
#include "sim/sweep/stored_result.hpp"

namespace sim::cli {
namespace {

struct Problem {
    std::int64_t index;
    std::string id, what, reason;
};

class Status final : public Verb {
public:
    std::string name() const override { return "status"; }
    std::string help() const override { return "Tell how far a plan is: finished, running, failed and missing runs"; }

    void declare(Arguments& arguments) override
    {
        arguments.positional(folder_, "plan", "Folder of the plan");
        arguments.flag(is_quick_, "--quick", "Believe what results say of themselves, and do not check their digests");
    }

    int run(const Session& session) override
    {
        const sweep::Plan plan = sweep::read_plan(folder_);
        const auto stale = why_stale(session.application(), folder_, plan);
        const auto failures = sweep::read_failures(sweep::failures_path(folder_));
        for (const sweep::PlanRow& row : plan.rows) look_at(plan, row, failures);
        session.json() ? print_json(session, plan, stale) : print_text(session, plan, stale);
        return exit_ok;
    }

private:
    void look_at(const sweep::Plan& plan, const sweep::PlanRow& row,
                 const std::map<std::string, std::vector<sweep::Failure>>& failures)
    {
        std::string why;
        const std::string path = sweep::result_path(folder_, plan, row.id);
        const auto stored = sweep::check_result(path, row.id, plan, plan.scenario(row.scenario), &why,
                                                is_quick_ ? sweep::Depth::quick : sweep::Depth::full);
        if (stored == sweep::Stored::good) return ++done_, void();
        const auto owner = sweep::RunLock::owner_of(sweep::lock_path(path));
        if (owner) return ++running_, void();
        const auto failed = failures.find(row.id);
        if (stored == sweep::Stored::damaged) {
            ++damaged_;
            problems_.push_back({row.index, row.id, "damaged", why});
        } else if (failed != failures.end()) {
            ++failed_;
            problems_.push_back({row.index, row.id, "failed", failed->second.back().reason});
        } else {
            ++missing_;
        }
    }

    [[nodiscard]] std::string next(const Session& session, const sweep::Plan& plan,
                                   const std::optional<std::string>& stale) const
    {
        const std::string& program = session.application().name;
        const std::string run = fmt::format("{} run --plan {}", program, folder_);
        if (stale)
            return plan.sweep_file.empty() ? fmt::format("{} batch ... --out {}", program, folder_)
                                           : fmt::format("{} sweep {} --out {}", program,
                                                         sweep::path_in(folder_, plan.sweep_file), folder_);
        if (missing_ + damaged_ > 0) return run;
        if (failed_ > 0) return run + " --retry";
        return running_ > 0 ? fmt::format("{} status {}", program, folder_)
                            : fmt::format("{} {} {}", program, plan.axes.empty() ? "report" : "gather", folder_);
    }

    void print_text(const Session& session, const sweep::Plan& plan, const std::optional<std::string>& stale) const
    {
        session.show({{"plan", folder_},
                      {"sweep", plan.name},
                      {"runs", static_cast<std::int64_t>(plan.rows.size())},
                      {"finished", done_},
                      {"running", running_},
                      {"failed", failed_},
                      {"damaged", damaged_},
                      {"missing", missing_}});
        std::string text;
        if (stale) text += fmt::format("Every run is stale: {}\n", *stale);
        constexpr std::size_t most = 20;
        for (std::size_t i = 0; i < std::min(most, problems_.size()); ++i)
            text += fmt::format("run {} ({}) {}: {}\n", problems_[i].index, problems_[i].id, problems_[i].what,
                                problems_[i].reason);
        if (problems_.size() > most) text += fmt::format("and {} more; --json lists all\n", problems_.size() - most);
        session.print(text + fmt::format("Next: {}\n", next(session, plan, stale)));
    }

    void print_json(const Session& session, const sweep::Plan& plan, const std::optional<std::string>& stale) const
    {
        nlohmann::ordered_json json = {{"plan", folder_},
                                       {"sweep", plan.name},
                                       {"runs", plan.rows.size()},
                                       {"finished", done_},
                                       {"running", running_},
                                       {"failed", failed_},
                                       {"damaged", damaged_},
                                       {"missing", missing_},
                                       {"stale", stale.has_value()},
                                       {"stale_reason", stale.value_or("")}};
        json["problems"] = nlohmann::ordered_json::array();
        for (const Problem& p : problems_)
            json["problems"].push_back({{"index", p.index}, {"id", p.id}, {"what", p.what}, {"reason", p.reason}});
        json["next"] = next(session, plan, stale);
        session.print(json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
    }

    std::string folder_;
    bool is_quick_ = false;
    std::int64_t done_ = 0, running_ = 0, failed_ = 0, damaged_ = 0, missing_ = 0;
    std::vector<Problem> problems_;
};

} // namespace

std::unique_ptr<Verb> status_verb() { return std::make_unique<Status>(); }

} // namespace sim::cli
