#include "sim/cli/output_path.hpp"
#include "sim/cli/scenario_arguments.hpp"
#include "sim/scenario/json.hpp"

namespace sim::cli {
namespace {

using scenario::make_node;
using scenario::Node;

Node as_node(const Finding& finding)
{
    Node::Table table = {{"file", make_node(finding.where.source ? finding.where.source->name : std::string())},
                         {"line", make_node(std::int64_t{finding.where.line})},
                         {"column", make_node(std::int64_t{finding.where.column})},
                         {"message", make_node(finding.message)},
                         {"help", make_node(finding.help_text)}};
    return make_node(std::move(table));
}

class CheckScenario final : public Verb {
public:
    std::string name() const override { return "check"; }
    std::string help() const override { return "Check a scenario and the data it names, without running it"; }

    void declare(Arguments& arguments) override
    {
        scenario_.declare(arguments);
        arguments.flag(is_resolved_, "--resolved", "Print the merged scenario with the origin of each value");
    }

    int run(const Session& session) override
    {
        Errors errors;
        const Prepared prepared = scenario_.prepare(session.application(), errors);
        if (session.json())
            session.print(as_json(session, prepared, errors) + "\n");
        else if (errors.empty())
            show(session, prepared);
        if (errors.empty()) return exit_ok;
        if (!session.json()) session.report(errors);
        return exit_invalid;
    }

private:
    void show(const Session& session, const Prepared& prepared) const
    {
        for (const std::string& note : prepared.notes) session.say("note: " + note);
        if (is_resolved_) return session.print(prepared.loaded.annotated());
        session.print(fmt::format("{} is valid: {} files read, {} keys given. Next: {} run {}\n", scenario_.scenario(),
                                  prepared.loaded.files.size(), prepared.loaded.places.size(),
                                  session.application().name, scenario_.scenario()));
    }

    [[nodiscard]] std::string as_json(const Session& session, const Prepared& prepared, const Errors& errors) const
    {
        Node::Array findings;
        for (const Finding& finding : errors.sorted()) findings.push_back(as_node(finding));
        Node::Table table = {{"scenario", make_node(scenario_.scenario())},
                             {"valid", make_node(errors.empty())},
                             {"errors", make_node(std::move(findings))}};
        if (errors.empty()) add_facts(table, session, prepared);
        return scenario::write_json(make_node(std::move(table)), -1);
    }

    void add_facts(Node::Table& table, const Session& session, const Prepared& prepared) const
    {
        Node::Table files;
        Node::Array notes;
        for (const scenario::FileRead& file : prepared.loaded.files) files[file.name] = make_node(file.sha256);
        for (const std::string& note : prepared.notes) notes.push_back(make_node(note));
        table["files"] = make_node(std::move(files));
        table["notes"] = make_node(std::move(notes));
        table["sha256"] = make_node(prepared.loaded.sha256);
        table["id"] = make_node(run_id(prepared.loaded, session.application()));
        if (is_resolved_) table["resolved"] = prepared.loaded.values;
    }

    ScenarioArguments scenario_;
    bool is_resolved_ = false;
};

} // namespace

std::unique_ptr<Verb> check_verb() { return std::make_unique<CheckScenario>(); }

} // namespace sim::cli
