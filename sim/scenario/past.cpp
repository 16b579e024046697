#include "sim/scenario/past.hpp"

#include <algorithm>
#include <set>

#include "sim/scenario/toml.hpp"

namespace sim::scenario {
namespace {

using Effect = Row::Effect;

std::string text_of(const Node* value) { return value == nullptr ? std::string() : write_value(*value); }

std::optional<Date> date_of(const Node* value)
{
    const Date* date = value == nullptr ? nullptr : value->as<Date>();
    return date == nullptr ? std::nullopt : std::optional(*date);
}

std::optional<Date> earlier(std::optional<Date> a, std::optional<Date> b)
{
    if (!a || !b) return std::nullopt; // a missing date may mean any
    return std::min(*a, *b);
}

/// The number that a dated series holds, as its variable would take it.
Dated series_of(const Row& row, const Node* value)
{
    const auto* preset = row.preset.as<double>();
    const double before = preset == nullptr ? 0.0 : *preset;
    if (value == nullptr) return Dated(before);
    if (const auto* always = value->as<double>()) return Dated(*always);
    std::vector<Dated::Step> steps;
    for (const Node& step : *value->as<Node::Array>())
        steps.push_back({*step.find("from")->as<Date>(), *step.find(row.value_name)->as<double>()});
    return {before, std::move(steps)};
}

/// One item of a list or of named tables; the order in which the model has it.
struct Item {
    std::string id;
    const Node* node;
};

std::vector<Item> items_of(const Node* value)
{
    std::vector<Item> items;
    if (value == nullptr) return items;
    if (const auto* array = value->as<Node::Array>())
        for (const Node& item : *array) items.push_back({item.text_at("id"), &item});
    if (const auto* table = value->as<Node::Table>())
        for (const auto& [id, item] : *table) items.push_back({id, &item});
    return items;
}

const Node* find_item(const std::vector<Item>& items, const std::string& id)
{
    const auto at = std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.id == id; });
    return at == items.end() ? nullptr : at->node;
}

std::string rest_of(const std::string& name, const std::string& folder)
{
    return name == folder ? std::string() : name.substr(folder.size());
}

/// Digests of what a file or folder key names, by the name inside the folder: where the folder lies does not matter.
std::set<std::pair<std::string, std::string>> contents(const Loaded& loaded, const Node* value)
{
    std::set<std::pair<std::string, std::string>> all;
    const std::string* name = value == nullptr ? nullptr : value->as<std::string>();
    if (name == nullptr || name->empty()) return all;
    for (const FileRead& file : loaded.files)
        if (file.name == *name || file.name.starts_with(*name + "/"))
            all.emplace(rest_of(file.name, *name), file.sha256);
    return all;
}

/// Walks through two scenarios and keeps the earliest difference.
class Comparison {
public:
    Comparison(const Loaded& a, const Loaded& b) : a_(a), b_(b) {}

    Divergence operator()(const KeyTable& table)
    {
        for (const Row& row : table.rows())
            compare(row, a_.values.find_dotted(row.key), b_.values.find_dotted(row.key));
        return found_;
    }

private:
    void compare(const Row& row, const Node* a, const Node* b)
    {
        if (row.effect == Effect::never) return;
        if (row.items) return compare_items(row, items_of(a), items_of(b));
        if (row.type == Row::Type::series) return compare_series(row.key, series_of(row, a), series_of(row, b));
        if (row.type == Row::Type::file || row.type == Row::Type::folder) return compare_files(row.key, a, b);
        if (text_of(a) == text_of(b)) return;
        note(row.key, row.effect == Effect::ends ? earlier(date_of(a), date_of(b)) : std::nullopt);
    }

    void compare_series(const std::string& key, const Dated& a, const Dated& b)
    {
        if (a.before() != b.before()) return note(key, std::nullopt);
        std::set<Date> dates;
        for (const auto* steps : {&a.steps(), &b.steps()})
            for (const Dated::Step& step : *steps) dates.insert(step.from);
        for (const Date date : dates)
            if (a.at(date) != b.at(date)) return note(key, date);
    }

    void compare_files(const std::string& key, const Node* a, const Node* b)
    {
        const auto of_a = contents(a_, a), of_b = contents(b_, b);
        for (const auto* files : {&of_a, &of_b})
            for (const auto& file : *files)
                if (of_a.count(file) == 0 || of_b.count(file) == 0)
                    return note_file(*(files == &of_a ? a : b)->as<std::string>() + file.first);
        if (of_a.empty() && text_of(a) != text_of(b)) note(key, std::nullopt);
    }

    // Items that both have must come in the same order: the model may combine them in it.
    void compare_items(const Row& row, const std::vector<Item>& a, const std::vector<Item>& b)
    {
        std::vector<Item> common_a, common_b;
        for (const Item& item : a) (find_item(b, item.id) == nullptr ? only_one(row, item) : common_a.push_back(item));
        for (const Item& item : b) (find_item(a, item.id) == nullptr ? only_one(row, item) : common_b.push_back(item));
        for (std::size_t i = 0; i < common_a.size(); ++i) {
            compare_item(row, common_a[i], *find_item(b, common_a[i].id));
            if (common_a[i].id != common_b[i].id) only_one(row, common_a[i]), only_one(row, common_b[i]);
        }
    }

    void only_one(const Row& row, const Item& item) { note(row.key + "." + item.id, begin_of(row, *item.node)); }

    void compare_item(const Row& row, const Item& a, const Node& b)
    {
        const std::optional<Date> begin = earlier(begin_of(row, *a.node), begin_of(row, b));
        if (a.node->text_at("kind") != b.text_at("kind")) return note(row.key + "." + a.id + ".kind", begin);
        each_key(row, *a.node, [&](const Row& key) {
            const Node* of_a = a.node->find_dotted(key.key);
            const Node* of_b = b.find_dotted(key.key);
            if (key.effect == Effect::never || text_of(of_a) == text_of(of_b)) return;
            note(row.key + "." + a.id + "." + key.key,
                 key.effect == Effect::ends ? earlier(date_of(of_a), date_of(of_b)) : begin);
        });
    }

    /// The earliest of the dates before which the item does nothing.
    static std::optional<Date> begin_of(const Row& row, const Node& item)
    {
        std::optional<Date> begin;
        each_key(row, item, [&](const Row& key) {
            if (key.effect != Effect::begins) return;
            const auto date = date_of(item.find_dotted(key.key));
            if (date && (!begin || *date < *begin)) begin = date;
        });
        return begin;
    }

    template <class F>
    static void each_key(const Row& row, const Node& item, F&& f)
    {
        row.items->describe(item.text_at("kind"), [&](const KeyTable& table) {
            for (const Row& key : table.rows()) f(key);
        });
    }

    void note_file(const std::string& name)
    {
        if (!found_.is_undated()) found_ = {false, std::nullopt, true, name};
    }

    void note(const std::string& key, std::optional<Date> from)
    {
        if (found_.is_undated() || (!found_.is_equal && from && *found_.from <= *from)) return;
        found_ = {false, from, false, key};
    }

    const Loaded& a_;
    const Loaded& b_;
    Divergence found_;
};

} // namespace

std::string value_text(const Loaded& loaded, const std::string& key)
{
    const Node* at = &loaded.values;
    std::string_view rest = key;
    while (at != nullptr && !rest.empty()) {
        const std::size_t dot = std::min(rest.find('.'), rest.size());
        const std::string part(rest.substr(0, dot));
        at = at->as<Node::Array>() != nullptr ? find_item(items_of(at), part) : at->find(part);
        rest.remove_prefix(std::min(dot + 1, rest.size()));
    }
    if (at == nullptr) return "nothing";
    const bool is_item = at->as<Node::Table>() != nullptr;
    return is_item ? "an item" : write_value(*at);
}

Divergence first_divergence(const Loaded& a, const Loaded& b, const KeyTable& table) { return Comparison(a, b)(table); }

} // namespace sim::scenario
