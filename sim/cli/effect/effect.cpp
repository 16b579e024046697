#include <cmath>
#include <csignal>
#include <filesystem>

#include "sim/cli/effect/budget_arguments.hpp"
#include "sim/cli/effect/design.hpp"
#include "sim/cli/effect/report.hpp"
#include "sim/cli/option_values.hpp"
#include "sim/cli/output_path.hpp"
#include "sim/experiment/factorial.hpp"
#include "sim/record/output_file.hpp"

namespace sim::cli {
namespace {

class Effect final : public Verb {
public:
    std::string name() const override { return "effect"; }
    std::string help() const override { return "Estimate the effect of policies by pairs of runs with the same seeds"; }

    void declare(Arguments& arguments) override
    {
        arguments.positional(base_, "base", "Scenario to compare with: a file, or PROGRAM:NAME for a shipped one");
        arguments.positionals(policies_, "policies", "Scenarios with the policy, one or more");
        arguments.option(series_, "--series", "LIST", "Series, such as a,b[AXIS=LABEL,...]; `list series` lists them");
        arguments.option(at_, "--at", "WHEN", "Year or month to average over, such as 2025 (default: the last year)");
        arguments.option(from_, "--from", "DATE", "First day to average over");
        arguments.option(window_, "--window", 1, 1200, "Months to average over from --from on (default 12)");
        arguments.option(
            half_width_, "--halfwidth", "WIDTHS",
            "Half-width of the intervals: 0.1pp, 0.5% of the base, or a number; one, or one for each series");
        arguments.option(most_pairs_, "--max-pairs,--pairs", experiment::first_stage_pairs, 1000000,
                         "Most pairs (default 400); without --halfwidth, the number of pairs (default 16)");
        arguments.whole_number(seed_, "--seed", 0, most_seed, "Seed of the first pair; the others follow (default 1)");
        arguments.repeated(overrides_, "--set", "KEY=VALUE", "Override a key in all scenarios; may be repeated");
        arguments.option(root_, "--root", "DIR", "Scenario root: no file outside it is read");
        arguments.flag(is_factorial_, "--factorial",
                       "Run all combinations of the policies (at most 4): main effects and interactions");
        budget_.declare(arguments);
        arguments.option(out_, "-o,--out", "FILE.json",
                         "File for the effects and all that `report` needs for a page of them");
        arguments.flag(force_, "--force", "Overwrite it");
        arguments.option(store_, "--store", "DIR",
                         "Folder of the runs, DIR/NAME/ID.h5; runs found in it are not repeated "
                         "(default results)");
        arguments.flag(discard_, "--discard", "Remove the results of runs made here when they have been read");
        arguments.option(threads_, "--threads", 0, 4096, "Threads; 0 for all cores. Does not change the results");
        arguments.option(max_memory_, "--max-memory", "SIZE",
                         "Memory for all runs together (default: of this machine)");
        arguments.flag(dry_run_, "--dry-run", "Print what the first stage would take, and stop");
    }

    int run(const Session& session) override
    {
        UsageProblems problems;
        check_options(problems);
        if (!problems.empty()) return complain(session, problems);
        EffectPlan plan{session.application(), root_, store_.empty() ? "results" : store_};
        add_arms(plan);
        Errors errors;
        std::string mismatch = relate(plan, first_seed_, errors);
        if (errors.empty() && mismatch.empty()) mismatch = make_design(plan, errors);
        if (!errors.empty()) return session.report(errors), exit_invalid;
        if (!mismatch.empty()) return session.complain(mismatch), exit_invalid;
        const Prepared base = prepare(plan, plan.arms[0], first_seed_, errors);
        read_questions(base, plan, problems, errors);
        if (!problems.empty()) return complain(session, problems);
        const Estimate estimate = estimate_of(base);
        if (estimate.memory_bytes > memory_) return refuse_too_large(session, estimate);
        const Lanes lanes = choose_lanes(estimate, threads_, memory_, first_stage());
        if (dry_run_) return show_estimate(session, plan, estimate, lanes);
        return carry_out(session, plan, lanes);
    }

private:
    void check_options(UsageProblems& problems)
    {
        if (policies_.empty())
            problems.push_back({"say which policy to compare with the base", "effect BASE POLICY..."});
        if (series_.empty())
            problems.push_back({"say with --series what the effect is on", "`list series` lists what a run records"});
        if (!out_.empty() && !out_.ends_with(".json"))
            problems.push_back(
                {"--out " + out_ + ": the file of an effect ends in .json", "--store says where the runs go"});
        first_seed_ = std::stoll(seed_);
        for (const std::string& key : overrides_)
            if (key.starts_with("run.seed"))
                problems.push_back({"--set " + key + ": each pair has a seed of its own", "--seed says the first one"});
        if (window_ > 0 && from_.empty())
            problems.push_back({"--window counts from a day that is not given", "add --from DATE"});
        const auto memory = max_memory_.empty() ? std::optional(physical_memory()) : parse_bytes(max_memory_);
        if (!memory) problems.push_back({"--max-memory '" + max_memory_ + "' is no size", "write it like 8G or 500M"});
        memory_ = memory.value_or(0);
        budget_.check(policies_.size(), problems);
        check_factorial(problems);
    }

    void check_factorial(UsageProblems& problems) const
    {
        if (!is_factorial_) return;
        if (policies_.size() < 2)
            problems.push_back({"--factorial combines at least two policies", "effect BASE POLICY POLICY --factorial"});
        if (policies_.size() > experiment::most_factors)
            problems.push_back(
                {fmt::format("--factorial takes at most {} policies: {} would take {} runs for each seed",
                             experiment::most_factors, policies_.size(), std::exp2(policies_.size())),
                 "leave some out, or compare each with the base without --factorial"});
    }

    static int complain(const Session& session, const UsageProblems& problems)
    {
        for (const UsageProblem& problem : problems) session.complain(problem.message, problem.help);
        return exit_usage;
    }

    void add_arms(EffectPlan& plan) const
    {
        plan.arms.push_back({"base", base_, overrides_, {}});
        for (const std::string& policy : policies_) {
            const std::string stem = std::filesystem::path(policy.substr(policy.rfind(':') + 1)).stem().string();
            const auto is_taken = [&](const Arm& arm) { return arm.label == stem; };
            const bool is_unique = std::none_of(plan.arms.begin(), plan.arms.end(), is_taken);
            Arm arm{is_unique ? stem : fmt::format("{} ({})", stem, plan.arms.size()), policy, overrides_, {}};
            arm.policies = plan.arms.size() <= experiment::most_factors ? 1U << (plan.arms.size() - 1) : 0;
            plan.arms.push_back(std::move(arm));
        }
    }

    /// Adds the arms of a design, and says what is compared.
    /// @return  why there is no such design, empty when there is
    std::string make_design(EffectPlan& plan, Errors& errors) const
    {
        std::string reason = is_factorial_ ? add_combinations(plan, first_seed_, errors) : "";
        plan.comparisons = is_factorial_ ? factorial_effects(plan) : against_base(plan);
        return reason;
    }

    void read_questions(const Prepared& base, EffectPlan& plan, UsageProblems& problems, Errors& errors) const
    {
        std::vector<std::vector<SeriesShape>> recorded{base.model->recorded()};
        for (std::size_t i = 1; i < plan.arms.size(); ++i)
            recorded.push_back(prepare(plan, plan.arms[i], first_seed_, errors).model->recorded());
        plan.series = parse_series(series_, recorded_by_any(recorded), problems);
        if (problems.empty()) parse_half_widths(half_width_, plan.series, problems);
        plan.period = parse_period(at_, from_, window_ > 0 ? window_ : 12, base.model->settings(), problems);
        budget_.read(plan, policies_.size(), first_seed_, problems);
    }

    [[nodiscard]] static Estimate estimate_of(const Prepared& base)
    {
        Progress progress(Progress::Style::none);
        return base.model->estimate({base.loaded, "", 1, 0, "tbb", "", false, progress});
    }

    int refuse_too_large(const Session& session, const Estimate& estimate) const
    {
        session.complain(fmt::format("a run would take {} of memory, and may take {}",
                                     bytes_text(estimate.memory_bytes), bytes_text(memory_)),
                         "simulate a part with --set run.scale=0.1, or raise --max-memory");
        return exit_invalid;
    }

    [[nodiscard]] std::int64_t most_pairs() const { return most_pairs_ > 0 ? most_pairs_ : 400; }

    /// Pairs before the first look: with a width to reach those of Stein's first stage, else all.
    [[nodiscard]] std::int64_t first_stage() const
    {
        return half_width_.empty() && most_pairs_ > 0 ? most_pairs_ : experiment::first_stage_pairs;
    }

    int show_estimate(const Session& session, const EffectPlan& plan, const Estimate& one, const Lanes& lanes) const
    {
        const double runs = static_cast<double>(first_stage()) * static_cast<double>(plan.arms.size());
        Summary summary = {{"runs", static_cast<std::int64_t>(runs)},
                           {"seeds_at_a_time", std::int64_t{lanes.seeds}},
                           {"threads_for_each", std::int64_t{lanes.threads}},
                           {"memory_bytes", lanes.seeds * one.memory_bytes},
                           {"output_bytes", runs * one.output_bytes}};
        if (one.seconds > 0) summary.emplace_back("seconds_on_one_core", runs * one.seconds);
        if (const auto date = plan.fork()) summary.emplace_back("fork", to_string(*date));
        return session.show(summary), exit_ok;
    }

    int carry_out(const Session& session, EffectPlan& plan, const Lanes& lanes) const
    {
        if (const auto reason = why_not_writable(plan.folder + "/run.h5", true, true)) {
            session.complain(*reason, "choose another folder with --store");
            return exit_io;
        }
        if (const auto reason = out_.empty() ? std::nullopt : why_not_writable(out_, force_, false)) {
            session.complain(*reason, reason->ends_with(" exists")
                                          ? "add --force to overwrite it, or choose another file with --out"
                                          : "choose another file with --out");
            return exit_io;
        }
        Progress::catch_signals();
        for (const Arm& arm : plan.arms) {
            if (&arm != &plan.arms[0]) session.say(fmt::format("{}: {}", arm.label, past_text(plan, arm)));
            for (const std::string& note : arm.notes) session.say(fmt::format("note: {}: {}", arm.label, note));
        }
        std::vector<DialSetting> dials;
        try {
            if (plan.money) dials = turn_dials(session, plan, lanes);
        } catch (const std::runtime_error&) {
            if (Progress::signal() != 0) return interrupted(session);
            throw;
        }
        auto seeds = run_seeds(session, plan, lanes, first_seed_, first_stage(), discard_);
        const std::int64_t wanted = half_width_.empty() ? first_stage() : seeds_needed(plan, seeds);
        const std::int64_t further = std::min(wanted, std::max(most_pairs(), first_stage())) - first_stage();
        if (further > 0 && Progress::signal() == 0) {
            session.say(fmt::format("the first {} pairs ask for {}", first_stage(), wanted));
            for (auto& seed : run_seeds(session, plan, lanes, first_seed_ + first_stage(), further, discard_))
                seeds.push_back(std::move(seed));
        }
        EffectResult result = estimate_effects(plan, std::move(seeds), first_stage());
        result.dials = std::move(dials);
        if (!out_.empty()) record::write_whole(out_, effect_file(plan, result, session.command()));
        session.print(session.json() ? effect_json(plan, result) : effect_table(plan, result));
        return exit_code(session, result);
    }

    /// Sets the dials of the policies; their combinations follow.
    std::vector<DialSetting> turn_dials(const Session& session, EffectPlan& plan, const Lanes& lanes) const
    {
        plan.arms.resize(1 + policies_.size());
        auto dials = equalise_budgets(session, plan, budget_.dials(), lanes, first_seed_);
        Errors errors;
        const std::string reason = make_design(plan, errors);
        if (!errors.empty()) throw InvalidInput(errors);
        if (!reason.empty()) throw std::runtime_error(reason);
        return dials;
    }

    [[nodiscard]] int exit_code(const Session& session, const EffectResult& result) const
    {
        if (result.is_interrupted) return interrupted(session);
        return result.failed.empty() ? exit_ok : exit_failed;
    }

    [[nodiscard]] int interrupted(const Session& session) const
    {
        session.complain("interrupted", discard_ ? "" : "the same command goes on from the runs that are done");
        if (!discard_) return exit_resumable;
        return Progress::signal() == SIGINT ? exit_interrupted : exit_terminated;
    }

    std::string base_, series_, at_, from_, half_width_, seed_ = "1", root_, out_, store_, max_memory_;
    std::vector<std::string> policies_, overrides_;
    BudgetArguments budget_;
    int window_ = 0, most_pairs_ = 0, threads_ = 0;
    bool discard_ = false, dry_run_ = false, is_factorial_ = false, force_ = false;
    std::int64_t first_seed_ = 1;
    double memory_ = 0;
};

} // namespace

std::unique_ptr<Verb> effect_verb() { return std::make_unique<Effect>(); }

} // namespace sim::cli
