#include "sim/report/scenario_rows.hpp"

#include <algorithm>
#include <map>

#include "sim/scenario/toml.hpp"

namespace sim::report {

using scenario::make_node;
using scenario::Node;

namespace {

constexpr const char* sources_key = "sources";

class Rows {
public:
    explicit Rows(const std::vector<scenario::Description>& keys) : keys_(keys) {}

    Node operator()(const Node& scenario)
    {
        read_sources(scenario, "");
        add(scenario, "", "", "");
        for (auto& [key, row] : rows_) {
            const auto source = sources_.find(key);
            if (source != sources_.end()) row["source"] = make_node(source->second);
        }
        Node::Array all;
        for (auto& [key, row] : rows_) all.push_back(make_node(std::move(row)));
        return make_node(std::move(all));
    }

private:
    static bool is_list_of_tables(const Node& node)
    {
        const auto* items = node.as<Node::Array>();
        return items != nullptr && !items->empty() && !items->front().text_at("id").empty();
    }

    /// @param path     of the node: "shock.oil.size"
    /// @param pattern  the same as the program describes it: "shock.ID.size"
    /// @param kind     of the item that it belongs to
    void add(const Node& node, const std::string& path, const std::string& pattern, const std::string& kind)
    {
        if (const auto* table = node.as<Node::Table>()) {
            const std::string own = node.text_at("kind");
            for (const auto& [key, member] : *table)
                if (key != sources_key) add(member, join(path, key), next(pattern, key), own.empty() ? kind : own);
        } else if (is_list_of_tables(node)) {
            for (const Node& item : *node.as<Node::Array>()) {
                const std::string id = item.text_at("id");
                add(item, join(path, id), pattern + ".ID", item.text_at("kind"));
            }
        } else if (!path.ends_with(".id")) {
            add_row(node, path, pattern, kind);
        }
    }

    static std::string join(const std::string& path, const std::string& key)
    {
        return path.empty() ? key : path + "." + key;
    }

    /// A member of named tables counts as NAME.
    [[nodiscard]] std::string next(const std::string& pattern, const std::string& key) const
    {
        const bool is_named = std::any_of(keys_.begin(), keys_.end(), [&](const scenario::Description& d) {
            return !pattern.empty() && d.path.starts_with(pattern + ".NAME.");
        });
        return is_named ? pattern + ".NAME" : join(pattern, key);
    }

    void add_row(const Node& node, const std::string& path, const std::string& pattern, const std::string& kind)
    {
        const std::string value = scenario::write_value(node);
        Node::Table row{{"key", make_node(path)}, {"value", make_node(value)}, {"is_default", make_node(false)}};
        if (const scenario::Description* known = find(pattern, kind)) {
            const std::string preset = known->row.preset_text();
            row["is_default"] = make_node(preset == value);
            row["unit"] = make_node(known->row.unit);
            row["help"] = make_node(known->row.help);
            if (preset == value && !known->row.source.empty()) row["source"] = make_node(known->row.source);
        }
        rows_.emplace_back(path, std::move(row));
    }

    [[nodiscard]] const scenario::Description* find(const std::string& pattern, const std::string& kind) const
    {
        const auto at = std::find_if(keys_.begin(), keys_.end(), [&](const scenario::Description& d) {
            return d.path == pattern && (d.kinds.empty() || std::count(d.kinds.begin(), d.kinds.end(), kind) > 0);
        });
        return at == keys_.end() ? nullptr : &*at;
    }

    /// What the tables `sources` tell, those of items too.
    void read_sources(const Node& node, const std::string& path)
    {
        if (const auto* items = node.as<Node::Array>(); items != nullptr && is_list_of_tables(node))
            for (const Node& item : *items) read_sources(item, join(path, item.text_at("id")));
        const auto* table = node.as<Node::Table>();
        if (table == nullptr) return;
        for (const auto& [key, member] : *table) {
            if (key != sources_key)
                read_sources(member, join(path, key));
            else if (const auto* told = member.as<Node::Table>())
                for (const auto& [name, text] : *told)
                    if (const auto* words = text.as<std::string>()) sources_[join(path, name)] = *words;
        }
    }

    const std::vector<scenario::Description>& keys_;
    std::vector<std::pair<std::string, Node::Table>> rows_;
    std::map<std::string, std::string> sources_;
};

} // namespace

Node scenario_rows(const std::string& toml, const std::vector<scenario::Description>& keys)
{
    Errors errors;
    const auto source = std::make_shared<const Source>(Source{"scenario", toml});
    const auto scenario = scenario::parse_toml(source, errors);
    return scenario && errors.empty() ? Rows(keys)(*scenario) : Node{};
}

} // namespace sim::report
