#include "sim/cli/scenario_arguments.hpp"
#include "sim/scenario/json.hpp"
#include "sim/scenario/reference.hpp"

namespace sim::cli {
namespace {

class Explain final : public Verb {
public:
    std::string name() const override { return "explain"; }
    std::string help() const override { return "Explain a key of a scenario, a group of keys, or a kind of item"; }

    void declare(Arguments& arguments) override
    {
        arguments.positional(key_, "key", "Key such as run.seed, group such as run, or kind", false);
        arguments.flag(markdown_, "--markdown", "Print the reference page of all keys");
        arguments.flag(schema_, "--json-schema", "Print the JSON Schema of scenarios, for editors");
    }

    int run(const Session& session) override
    {
        const Application& application = session.application();
        const Prepared keys = bind_keys(application);
        if (schema_)
            return session.print(scenario::json_schema(keys.table, "Scenario of " + application.name)), exit_ok;
        if (markdown_) return session.print(scenario::reference_page(keys.table, application.name)), exit_ok;
        if (key_.empty()) {
            session.complain("say which key to explain", fmt::format("{} list parameters", application.name));
            return exit_usage;
        }
        const auto text = scenario::explain(keys.table, key_);
        if (!text) {
            const std::string near = closest(key_, scenario::explainable(keys.table));
            const std::string list = fmt::format("`{} list parameters` lists them all", application.name);
            session.complain(fmt::format("there is no key '{}'", key_),
                             near.empty() ? list : fmt::format("did you mean '{}'? {}", near, list));
            return exit_usage;
        }
        if (session.json())
            session.show({{"key", key_}, {"text", *text}});
        else
            session.print(*text);
        return exit_ok;
    }

private:
    std::string key_;
    bool markdown_ = false;
    bool schema_ = false;
};

} // namespace

std::unique_ptr<Verb> explain_verb() { return std::make_unique<Explain>(); }

} // namespace sim::cli
