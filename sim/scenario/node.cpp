#include "sim/scenario/node.hpp"

#include <algorithm>
#include <array>

namespace sim::scenario {
namespace {

bool is_bare(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool is_list_of_items(const Node::Array& array)
{
    return !array.empty() &&
           std::all_of(array.begin(), array.end(), [](const Node& n) { return !n.text_at("id").empty(); });
}

void merge_items(Node::Array& base, const Node::Array& over)
{
    std::map<std::string, std::size_t> index;
    for (std::size_t i = 0; i < base.size(); ++i) index.emplace(base[i].text_at("id"), i);
    for (const Node& item : over) {
        // An id that `over` itself gives twice stays twice, and is refused when the list is read.
        const auto known = index.extract(item.text_at("id"));
        if (known)
            merge(base[known.mapped()], item);
        else
            base.push_back(item);
    }
}

} // namespace

const char* Node::kind() const
{
    static constexpr std::array names = {"nothing", "a truth value",      "an integer", "a number", "text",
                                         "a date",  "a date with a time", "an array",   "a table"};
    return names.at(value.index());
}

const Node* Node::find(std::string_view key) const
{
    const Table* table = as<Table>();
    if (table == nullptr) return nullptr;
    const auto found = table->find(key);
    return found == table->end() ? nullptr : &found->second;
}

const Node* Node::find_dotted(std::string_view key) const
{
    const Node* at = this;
    while (at != nullptr && !key.empty()) {
        const std::size_t dot = std::min(key.find('.'), key.size());
        at = at->find(key.substr(0, dot));
        key.remove_prefix(std::min(dot + 1, key.size()));
    }
    return at;
}

std::string Node::text_at(std::string_view key) const
{
    const Node* member = find(key);
    const std::string* text = member == nullptr ? nullptr : member->as<std::string>();
    return text == nullptr ? std::string() : *text;
}

void merge(Node& base, const Node& over)
{
    auto* base_table = base.as<Node::Table>();
    const auto* over_table = over.as<Node::Table>();
    if (base_table != nullptr && over_table != nullptr) {
        for (const auto& [key, node] : *over_table) {
            const auto [place, is_new] = base_table->try_emplace(key, node);
            if (!is_new) merge(place->second, node);
        }
        base.where = over.where;
        base.key_where = over.key_where;
        return;
    }
    auto* base_array = base.as<Node::Array>();
    const auto* over_array = over.as<Node::Array>();
    if (base_array != nullptr && over_array != nullptr && is_list_of_items(*base_array) &&
        is_list_of_items(*over_array))
        merge_items(*base_array, *over_array);
    else
        base = over;
}

std::string path_part(std::string_view key)
{
    if (!key.empty() && std::all_of(key.begin(), key.end(), is_bare)) return std::string(key);
    return fmt::format("\"{}\"", key);
}

std::string join(std::string_view prefix, std::string_view key)
{
    return prefix.empty() ? path_part(key) : fmt::format("{}.{}", prefix, path_part(key));
}

} // namespace sim::scenario
