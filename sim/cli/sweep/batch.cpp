#include <algorithm>

#include "sim/cli/option_values.hpp"
#include "sim/cli/sweep/plan_arguments.hpp"

namespace sim::cli {
namespace {

class Batch final : public Verb {
public:
    std::string name() const override { return "batch"; }
    std::string help() const override { return "Run several scenarios, each with several seeds"; }

    void declare(Arguments& arguments) override
    {
        arguments.positionals(request_.scenarios, "scenario", "Scenario files, or PROGRAM:NAME for shipped ones");
        arguments.option(seeds_, "--seeds", "FIRST:LAST", "Seeds of each scenario, both ends included (default 1:1)");
        arguments.option(request_.name, "--name", "NAME", "Name of the batch (default batch)");
        arguments.option(outputs_, "--outputs", "SERIES,...",
                         "Series that are gathered (default: the model's headline)");
        plan_.declare(arguments);
    }

    int run(const Session& session) override
    {
        if (const int refused = check(session); refused != exit_ok) return refused;
        if (request_.name.empty()) request_.name = "batch";
        const PlanRequest request = plan_.request(request_.name);
        Errors errors;
        const sweep::Plan plan = make_batch(session.application(), request_, request, errors);
        if (!errors.empty()) return session.report(errors), exit_invalid;
        return plan_(session, plan, request);
    }

private:
    int check(const Session& session)
    {
        const auto refuse = [&](const std::string& what, const std::string& help) {
            session.complain(what, help);
            return int{exit_usage};
        };
        if (request_.scenarios.empty())
            return refuse("a batch needs a scenario",
                          fmt::format("name files, or shipped ones such as {}", session.application().starter_base));
        for (auto at = request_.scenarios.begin(); at != request_.scenarios.end(); ++at)
            if (std::find(request_.scenarios.begin(), at, *at) != at)
                return refuse(fmt::format("the scenario {} is named twice: its runs would be the same", *at),
                              "name it once; --seeds repeats it with other draws");
        if (!outputs_.empty()) request_.outputs = split_list(outputs_);
        if (!seeds_.empty()) {
            const std::size_t colon = seeds_.find(':');
            const std::string upper = colon == std::string::npos ? seeds_ : seeds_.substr(colon + 1);
            const auto range = parse_seeds(seeds_.substr(0, colon), upper);
            if (!range) return refuse(fmt::format("--seeds '{}' is no range of seeds", seeds_), "write it like 1:8");
            request_.first_seed = range->first, request_.replicates = range->second - range->first + 1;
        }
        return plan_.check(session);
    }

    static std::optional<std::pair<std::int64_t, std::int64_t>> parse_seeds(const std::string& first,
                                                                            const std::string& last)
    {
        const auto range = parse_range(fmt::format("{}:{}", first, last));
        if (!range && first == last) { // a single seed
            const auto one = parse_range("0:" + first);
            if (one) return std::pair{one->second, one->second};
            return first == "0" ? std::optional(std::pair{std::int64_t{0}, std::int64_t{0}}) : std::nullopt;
        }
        const bool is_good = range && range->second <= most_seed && range->second - range->first < sweep::most_runs;
        return is_good ? range : std::nullopt;
    }

    BatchRequest request_{};
    std::string seeds_, outputs_;
    PlanArguments plan_;
};

} // namespace

std::unique_ptr<Verb> batch_verb() { return std::make_unique<Batch>(); }

} // namespace sim::cli
