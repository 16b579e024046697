#include <algorithm>
#include <cmath>
#include <filesystem>

#include "sim/cli/facts.hpp"
#include "sim/cli/result_inputs.hpp"
#include "sim/cli/session.hpp"
#include "sim/report/facts/scorecard.hpp"
#include "sim/scenario/json.hpp"

namespace sim::cli {
namespace {

namespace fs = std::filesystem;
using report::Score;

/// What is printed of a fact, cell by cell.
std::vector<std::string> cells(const Score& one, bool has_range)
{
    const report::Fact& fact = *one.fact;
    std::string simulated = shown(fact, one.middle());
    if (has_range && one.simulated.size() > 1)
        simulated += fmt::format(" ({} to {})", shown(fact, one.low()), shown(fact, one.high()));
    return {fact.name,
            fact.population,
            simulated,
            shown(fact, fact.observed.value_or(std::nan(""))),
            fmt::format("{} to {}", shown(fact, fact.low), shown(fact, fact.high)),
            one.verdict(),
            fact.kind,
            one.remark,
            fact.source};
}

const std::vector<std::string> head{"fact",    "firms", "simulated", "observed", "accepted",
                                    "verdict", "kind",  "remark",    "source"};

std::string markdown(const std::vector<Score>& scores)
{
    const auto line = [](const std::vector<std::string>& row) {
        std::string text = "|";
        for (std::string cell : row) {
            std::replace(cell.begin(), cell.end(), '|', '/');
            text += " " + cell + " |";
        }
        return text + "\n";
    };
    std::string text = line(head) + line(std::vector<std::string>(head.size(), "---"));
    for (const Score& one : scores) text += line(cells(one, true));
    return text;
}

/// Columns side by side, without the sources.
std::string plain(const std::vector<Score>& scores)
{
    std::vector<std::vector<std::string>> rows{head};
    for (const Score& one : scores) rows.push_back(cells(one, true));
    const std::size_t columns = head.size() - 1;
    std::vector<std::size_t> widths(columns, 0);
    for (const auto& row : rows)
        for (std::size_t c = 0; c < columns; ++c) widths[c] = std::max(widths[c], row[c].size());
    std::string text;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t c = 0; c < columns; ++c) line += fmt::format("{:<{}}  ", row[c], widths[c]);
        text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return text;
}

class Validate final : public Verb {
public:
    std::string name() const override { return "validate"; }
    std::string help() const override { return "Hold results, or an ensemble, against published facts"; }

    void declare(Arguments& arguments) override
    {
        arguments.positionals(
            inputs_, "results",
            "Results of one scenario with several seeds, the folder of a batch or sweep, or an ensemble");
        arguments.option(facts_, "--facts", "FILE", "Table of facts (default: facts.csv of the nation's folder)");
        arguments.flag(markdown_, "--markdown", "A table in Markdown, with the sources");
    }

    int run(const Session& session) override
    {
        const Application& application = session.application();
        if (const auto wrong = std::find_if(inputs_.begin(), inputs_.end(), &is_scenario);
            inputs_.empty() || wrong != inputs_.end()) {
            session.complain(inputs_.empty()
                                 ? "say which result is to be held against the facts"
                                 : fmt::format("{} is a scenario, and facts are held against results", *wrong),
                             fmt::format("first `{0} run {1} --out RESULT.h5`, then `{0} validate RESULT.h5`",
                                         application.name, inputs_.empty() ? application.starter_base : *wrong));
            return exit_usage;
        }
        const auto files = result_inputs(session, inputs_);
        if (!files) return exit_invalid;
        const auto table = facts_for(*files, facts_, application.name, application.shipped);
        if (table.facts.empty()) {
            session.complain(
                fmt::format("no facts.csv was found beside the tables that {} was made from", inputs_[0]),
                "name a table with --facts FILE, or call this from the folder that the scenario was run in");
            return exit_invalid;
        }
        try {
            return show(session, report::collect(*files, ""), table);
        } catch (const report::Mismatch& mismatch) {
            session.complain(mismatch.what());
            return exit_invalid;
        }
    }

private:
    static bool is_scenario(const std::string& name)
    {
        return fs::path(name).extension() == ".toml" || (name.find(':') != std::string::npos && !fs::exists(name));
    }

    int show(const Session& session, const report::Collection& all, const report::FactTable& table) const
    {
        const auto runs = report::scored_runs(all);
        if (runs.size() < all.runs())
            session.say(fmt::format("note: the facts are held against {}, {} of {} runs", all.groups[0].name,
                                    runs.size(), all.runs()));
        const auto scores = report::score(all, runs, table);
        if (session.json())
            session.print(scenario::write_json(node_of(scores, runs.size(), table)) + "\n");
        else
            session.print((markdown_ ? markdown(scores) : plain(scores)) + "\n" + told(scores) + "\n");
        return exit_ok;
    }

    std::vector<std::string> inputs_;
    std::string facts_;
    bool markdown_ = false;
};

} // namespace

std::unique_ptr<Verb> validate_verb() { return std::make_unique<Validate>(); }

} // namespace sim::cli
