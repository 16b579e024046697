#include "sim/scenario/combine.hpp"

#include <algorithm>

#include "sim/scenario/toml.hpp"

namespace sim::scenario {
namespace {

const Node nothing;

bool is_same(const Node& a, const Node& b)
{
    return a.value.index() == b.value.index() && write_value(a) == write_value(b);
}

const Node& member(const Node& table, const std::string& key)
{
    const Node* found = table.find(key);
    return found == nullptr ? nothing : *found;
}

const Node& item(const Node& list, const std::string& id)
{
    if (const auto* array = list.as<Node::Array>())
        for (const Node& node : *array)
            if (node.text_at("id") == id) return node;
    return nothing;
}

bool is_list_of_items(const Node& node)
{
    const auto* array = node.as<Node::Array>();
    return array != nullptr &&
           std::all_of(array->begin(), array->end(), [](const Node& n) { return !n.text_at("id").empty(); });
}

/// Adds the keys of a table, or the ids of a list, that are not yet among the names.
void add_names(std::vector<std::string>& names, const Node& tree)
{
    const auto add = [&](const std::string& name) {
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    };
    if (const auto* table = tree.as<Node::Table>())
        for (const auto& [key, node] : *table) add(key);
    if (const auto* array = tree.as<Node::Array>())
        for (const Node& node : *array) add(node.text_at("id"));
}

/// Merges the changes of two trees against the base of both.
class ThreeWay {
public:
    ThreeWay(const KeyTable& table, std::vector<std::string>& conflicts) : table_(table), conflicts_(conflicts) {}

    Node operator()(const Node& base, const Node& a, const Node& b, const std::string& path) const
    {
        const Row* row = table_.find(path);
        if (row != nullptr && row->effect == Row::Effect::never) return base; // a label
        if (is_same(a, b) || is_same(base, b)) return a;
        if (is_same(base, a)) return b;
        const auto are = [&](auto&& is) { return is(a) && is(b) && (base.empty() || is(base)); };
        if (are([](const Node& n) { return n.as<Node::Table>() != nullptr; })) return tables(base, a, b, path);
        if (are(is_list_of_items)) return lists(base, a, b, path);
        return choose(base, path);
    }

private:
    Node tables(const Node& base, const Node& a, const Node& b, const std::string& path) const
    {
        std::vector<std::string> keys;
        for (const Node* tree : {&base, &a, &b}) add_names(keys, *tree);
        Node::Table merged;
        for (const std::string& key : keys) {
            Node value = (*this)(member(base, key), member(a, key), member(b, key),
                                 path.empty() ? key : fmt::format("{}.{}", path, key));
            if (!value.empty()) merged.emplace(key, std::move(value));
        }
        return make_node(std::move(merged));
    }

    Node lists(const Node& base, const Node& a, const Node& b, const std::string& path) const
    {
        std::vector<std::string> ids;
        for (const Node* tree : {&base, &a, &b}) add_names(ids, *tree);
        Node::Array merged;
        for (const std::string& id : ids) {
            Node value = (*this)(item(base, id), item(a, id), item(b, id), fmt::format("{}.{}", path, id));
            if (!value.empty()) merged.push_back(std::move(value));
        }
        return make_node(std::move(merged));
    }

    Node choose(const Node& base, const std::string& path) const
    {
        const bool is_note = path.find("sources.") != std::string::npos;
        const bool is_told = std::find(conflicts_.begin(), conflicts_.end(), path) != conflicts_.end();
        if (!is_note && !is_told) conflicts_.push_back(path);
        return base;
    }

    const KeyTable& table_;
    std::vector<std::string>& conflicts_;
};

} // namespace

Combination combine(const Loaded& base, const std::vector<const Loaded*>& changes, const KeyTable& table)
{
    Combination all;
    const ThreeWay merge(table, all.conflicts);
    Node values = base.values;
    for (const Loaded* change : changes) values = merge(base.values, values, change->values, "");
    all.text = write_toml(values);
    return all;
}

} // namespace sim::scenario
