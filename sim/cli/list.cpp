#include <algorithm>
#include <filesystem>
#include <map>

#include "sim/cli/scenario_arguments.hpp"
#include "sim/scenario/describe.hpp"
#include "sim/scenario/json.hpp"
#include "sim/sweep/sweep_file.hpp"

namespace sim::cli {
namespace {

namespace fs = std::filesystem;
using scenario::make_node;
using scenario::Node;

std::vector<Entry> parameters(const Application& application)
{
    const Prepared keys = bind_keys(application);
    std::vector<Entry> entries;
    for (const scenario::Description& d : scenario::describe(keys.table))
        entries.push_back(
            {d.path, d.row.unit == "1" || d.row.unit.empty() ? d.row.type_name() : d.row.unit, d.row.help});
    return entries;
}

/// Calls f(path, name) for each shipped TOML file, by name: sweeps lie in a folder of theirs, all others are scenarios.
template <class F>
void each_shipped(const Application& application, bool is_sweep, F&& f)
{
    std::error_code failed;
    const fs::path folder = application.shipped;
    std::map<std::string, fs::path> files;
    for (fs::recursive_directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
        if (it->path().extension() != ".toml") continue;
        const std::string name = it->path().lexically_relative(folder).replace_extension().generic_string();
        if (name.starts_with("sweeps/") == is_sweep) files[application.name + ":" + name] = it->path();
    }
    for (const auto& [name, path] : files) f(path, name);
}

// The shipped sweeps, with their base and what varies.
std::vector<Entry> sweeps(const Application& application)
{
    std::vector<Entry> entries;
    each_shipped(application, true, [&](const fs::path& path, const std::string& name) {
        Errors errors;
        const sweep::SweepFile file = sweep::read_sweep(path.string(), errors);
        std::string keys;
        for (const auto& given : file.axes) keys += (keys.empty() ? "" : ", ") + given.axis.key;
        entries.push_back({name, file.design, errors.empty() ? fmt::format("{}: {}", file.base, keys) : "(invalid)"});
    });
    return entries;
}

// The shipped scenarios, with the title they give.
std::vector<Entry> scenarios(const Application& application)
{
    std::vector<Entry> entries;
    each_shipped(application, false, [&](const fs::path& path, const std::string& name) {
        const Prepared keys = bind_keys(application);
        Errors errors;
        scenario::LoadOptions options;
        options.shipped = application.shipped;
        options.scheme = application.name;
        scenario::load(path.string(), options, keys.table, errors);
        entries.push_back({name, "", errors.empty() ? keys.model->settings().title : "(invalid)"});
    });
    return entries;
}

class List final : public Verb {
public:
    std::string name() const override { return "list"; }
    std::string help() const override { return "List what there is: scenarios, parameters, series..."; }

    void declare(Arguments& arguments) override
    {
        arguments.positional(what_, "what", "What to list; without it, what can be listed", false);
    }

    int run(const Session& session) override
    {
        std::vector<Catalogue> catalogues = all(session);
        const auto found =
            std::find_if(catalogues.begin(), catalogues.end(), [&](const Catalogue& c) { return c.name == what_; });
        if (what_.empty()) {
            std::vector<Entry> entries;
            entries.reserve(catalogues.size());
            for (const Catalogue& catalogue : catalogues) entries.push_back({catalogue.name, "", catalogue.help});
            return show(session, "lists", entries), exit_ok;
        }
        if (found == catalogues.end()) {
            std::vector<std::string> names;
            names.reserve(catalogues.size());
            for (const Catalogue& catalogue : catalogues) names.push_back(catalogue.name);
            session.complain(fmt::format("there is no list of '{}'", what_), suggestion(what_, names, "Lists"));
            return exit_usage;
        }
        return show(session, what_, found->entries()), exit_ok;
    }

private:
    static std::vector<Catalogue> all(const Session& session)
    {
        const Application& application = session.application();
        std::vector<Catalogue> catalogues = {
            {"scenarios", "Shipped scenarios", [&application] { return scenarios(application); }},
            {"sweeps", "Shipped sweeps", [&application] { return sweeps(application); }},
            {"parameters", "Keys of a scenario", [&application] { return parameters(application); }}};
        catalogues.push_back(
            {"benchmarks", "Benchmarks that `bench` runs", [&session] { return benchmark_entries(session); }});
        catalogues.insert(catalogues.end(), application.catalogues.begin(), application.catalogues.end());
        return catalogues;
    }

    static void show(const Session& session, const std::string& what, const std::vector<Entry>& entries)
    {
        if (session.json()) {
            Node::Array items;
            for (const Entry& e : entries)
                items.push_back(make_node(Node::Table{
                    {"name", make_node(e.name)}, {"unit", make_node(e.unit)}, {"meaning", make_node(e.meaning)}}));
            return session.print(scenario::write_json(make_node(Node::Table{{what, make_node(std::move(items))}}), -1) +
                                 "\n");
        }
        std::size_t name_width = 0;
        std::size_t unit_width = 0;
        for (const Entry& e : entries)
            name_width = std::max(name_width, e.name.size()), unit_width = std::max(unit_width, e.unit.size());
        std::string text;
        for (const Entry& e : entries)
            text += fmt::format("{:<{}}  {:<{}}{}{}\n", e.name, name_width, e.unit, unit_width,
                                unit_width > 0 ? "  " : "", e.meaning);
        session.print(text);
    }

    std::string what_;
};

} // namespace

std::unique_ptr<Verb> list_verb() { return std::make_unique<List>(); }

} // namespace sim::cli
