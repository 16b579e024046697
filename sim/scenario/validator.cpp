#include "sim/scenario/validator.hpp"

#include <algorithm>
#include <set>

namespace sim::scenario {
namespace {

// Keys of the same name in other groups come first, then the members of the group.
std::string key_help(const KeyTable& table, const std::string& group, const std::string& key)
{
    const std::vector<std::string> members = table.members(group);
    const std::string label = group.empty() ? "Known keys" : fmt::format("Known keys of [{}]", group);
    for (const std::string& path : table.keys())
        if (path == key || path.ends_with("." + key))
            return fmt::format("did you mean '{}'? {}", path, suggestion("", members, label));
    return suggestion(key, members, label);
}

// A key within a group, taken as it is: in `sources` a quoted key may be a path.
std::string path_of(const std::string& group, const std::string& key)
{
    return group.empty() ? key : group + "." + key;
}

const Row* items_of(const KeyTable& table, const std::string& path)
{
    for (const Row& row : table.rows())
        if (row.items && path.starts_with(row.key + ".")) return &row;
    return nullptr;
}

// Items that were read without error, by id.
std::map<std::string, const Node*> items_by_id(const Node& items)
{
    std::map<std::string, const Node*> result;
    if (const auto* array = items.as<Node::Array>())
        for (const Node& item : *array) result.emplace(item.text_at("id"), &item);
    if (const auto* table = items.as<Node::Table>())
        for (const auto& [id, item] : *table) result.emplace(id, &item);
    return result;
}

template <class Map>
std::vector<std::string> names_of(const Map& map)
{
    std::vector<std::string> names;
    for (const auto& [name, value] : map) names.push_back(name);
    return names;
}

} // namespace

Node Validator::table_of(const KeyTable& table, const Node& given, const std::string& prefix)
{
    const std::size_t before = errors_.count();
    Reading reading{table, prefix};
    collect(reading, given, "");
    for (const Row& row : table.rows()) read_row(reading, row, given);
    for (const ItemNote& note : reading.item_notes) read_item_note(reading, note);
    default_sources(reading);
    if (errors_.count() == before) {
        Check check([this](const std::string& key) { return loaded_.where(key); }, prefix, errors_);
        for (const auto& condition : table.checks()) condition(check);
    }
    Node result = given;
    result.value = std::move(reading.result);
    return result;
}

// Finds which nodes belong to which keys; what belongs to none is an error.
void Validator::collect(Reading& reading, const Node& given, const std::string& group)
{
    for (const auto& [key, node] : *given.as<Node::Table>()) {
        const std::string path = join(group, key);
        const std::string full = reading.prefix.empty() ? path : reading.prefix + "." + path;
        if (reading.table.find(path) != nullptr) {
            reading.given.emplace(path, &node);
            loaded_.places.insert_or_assign(full, node.where);
        } else if (reading.table.is_group(path)) {
            loaded_.places.insert_or_assign(full, node.key_where);
            if (node.as<Node::Table>() != nullptr)
                collect(reading, node, path);
            else
                errors_.add(node.where, "{} should be a table, and is {}", full, node.kind())
                    .help(fmt::format("it holds the keys {}", suggestion("", reading.table.members(path), "Known")));
        } else if (key == "sources" && node.as<Node::Table>() != nullptr) {
            continue; // read when the values are known
        } else {
            unknown_key(reading, group, key, node);
        }
    }
    if (const Node* sources = given.find("sources"); sources != nullptr && sources->as<Node::Table>() != nullptr)
        if (reading.table.find(join(group, "sources")) == nullptr) read_sources(reading, *sources, group);
}

void Validator::unknown_key(const Reading& reading, const std::string& group, const std::string& key, const Node& node)
{
    const std::string path = join(group, key);
    const std::string full = reading.prefix.empty() ? path : reading.prefix + "." + path;
    auto& finding = errors_.add(node.key_where.source ? node.key_where : node.where, "{} is not a known key", full);
    if (errors_.count() <= Errors::kept) finding.help(key_help(reading.table, group, key));
}

void Validator::read_row(Reading& reading, const Row& row, const Node& scope)
{
    const std::string path = reading.prefix.empty() ? row.key : reading.prefix + "." + row.key;
    const auto found = reading.given.find(row.key);
    if (row.items) {
        row.items->clear();
        if (found == reading.given.end()) {
            if (row.is_required) errors_.add(scope.where, "{} is missing", path).help(row.help);
            return;
        }
        return row.items->named ? read_named(reading, row, *found->second, path)
                                : read_list(reading, row, *found->second, path);
    }
    if (found == reading.given.end()) return fill_preset(reading, row, path, scope);
    auto value = read_value_(row, *found->second, path);
    if (!value) return;
    row.store(value->stored);
    slot(reading.result, row.key) = std::move(value->written);
}

void Validator::fill_preset(Reading& reading, const Row& row, const std::string& path, const Node& scope)
{
    if (row.is_required) {
        errors_.add(scope.where, "{} is missing ({})", path, row.type_name()).help(row.help);
        return;
    }
    if (row.clear) row.clear();
    auto value = read_value_.preset(row, path, loaded_.whole);
    if (!value) return;
    row.store(value->stored);
    slot(reading.result, row.key) = std::move(value->written);
}

// A note belongs to the value written in the same file; a value that was overridden elsewhere loses the note.
void Validator::read_sources(Reading& reading, const Node& given, const std::string& group)
{
    for (const auto& [key, note] : *given.as<Node::Table>()) {
        const std::string path = path_of(group, key);
        const std::string full = path_of(reading.prefix, path);
        const Row* items = items_of(reading.table, path);
        if (note.as<std::string>() == nullptr) {
            errors_.add(note.where, "the source of {} should be text, and is {}", full, note.kind())
                .help(note.as<Node::Table>() != nullptr ? "a dotted key is quoted here" : "");
        } else if (items != nullptr) {
            reading.item_notes.push_back({*items, group, key, note});
        } else if (reading.table.find(path) == nullptr && !reading.table.is_group(path)) {
            errors_.add(note.key_where, "sources names {}, which is not a known key", full)
                .help(suggestion(key, reading.table.members(group), "Known keys"));
        } else if (const auto value = reading.given.find(path);
                   value == reading.given.end() || value->second->where.source == note.where.source) {
            loaded_.sources[full] = *note.as<std::string>();
            keep_note(reading, group, key, note);
        }
    }
}

// The rule for a value overridden elsewhere holds here too. An item or a key that is wrong itself has been reported already.
void Validator::read_item_note(Reading& reading, const ItemNote& entry)
{
    const std::string full = path_of(reading.prefix, path_of(entry.group, entry.key));
    const std::string rest = path_of(entry.group, entry.key).substr(entry.row.key.size() + 1);
    const std::string id = rest.substr(0, rest.find('.'));
    const std::string key = id.size() < rest.size() ? rest.substr(id.size() + 1) : "";
    const auto items = items_by_id(slot(reading.result, entry.row.key));
    const auto item = items.find(id);
    const auto place = loaded_.places.find(full);
    if (place != loaded_.places.end() || (item != items.end() && item->second->find_dotted(key) != nullptr)) {
        if (place != loaded_.places.end() && place->second.source != entry.note.where.source) return;
        loaded_.sources[full] = *entry.note.as<std::string>();
        keep_note(reading, entry.group, entry.key, entry.note);
    } else if (item != items.end()) {
        errors_.add(entry.note.key_where, "sources names {}, which is not a known key", full)
            .help(suggestion(key, names_of(*item->second->as<Node::Table>()), "Known keys"));
    } else if (loaded_.places.count(path_of(reading.prefix, entry.row.key + "." + id)) == 0) {
        errors_.add(entry.note.key_where, "sources names {}, but {} has no item '{}'", full, entry.row.key, id)
            .help(suggestion(id, names_of(items)));
    }
}

// Notes are part of the resolved text.
void Validator::keep_note(Reading& reading, const std::string& group, const std::string& key, const Node& note)
{
    Node& kept = slot(reading.result, group.empty() ? "sources" : group + ".sources");
    if (kept.empty()) kept.value = Node::Table{};
    kept.as<Node::Table>()->emplace(key, note);
}

void Validator::default_sources(const Reading& reading)
{
    for (const Row& row : reading.table.rows()) {
        if (row.source.empty() || reading.given.count(row.key) > 0) continue;
        loaded_.sources.emplace(reading.prefix.empty() ? row.key : reading.prefix + "." + row.key, row.source);
    }
}

void Validator::read_list(Reading& reading, const Row& row, const Node& given, const std::string& path)
{
    const auto* array = given.as<Node::Array>();
    if (array == nullptr) {
        errors_.add(given.where, "{} should be a list of tables, and is {}", path, given.kind())
            .help(fmt::format("start each item with [[{}]]", path));
        return;
    }
    Node::Array items;
    std::set<std::string> seen;
    for (const Node& item : *array) {
        const std::string id = item.text_at("id");
        Node result;
        if (item.as<Node::Table>() == nullptr) {
            errors_.add(item.where, "an item of {} should be a table, and is {}", path, item.kind());
        } else if (id.empty()) {
            errors_.add(item.where, "an item of {} lacks its id (text)", path)
                .help("id = \"name\"; items are merged and addressed by it");
        } else if (!seen.insert(id).second) {
            errors_.add(item.find("id")->where, "the id '{}' is given to two items of {}", id, path)
                .help("give each item an id of its own; to change an item of a base, name its id once");
        } else if (read_item(row, id, item, join(path, id), result)) {
            items.push_back(std::move(result));
        }
    }
    slot(reading.result, row.key).value = std::move(items);
}

void Validator::read_named(Reading& reading, const Row& row, const Node& given, const std::string& path)
{
    const auto* table = given.as<Node::Table>();
    if (table == nullptr) {
        errors_.add(given.where, "{} should be a table of named tables, and is {}", path, given.kind())
            .help(fmt::format("start each with [{}.NAME]", path));
        return;
    }
    Node::Table items;
    for (const auto& [id, item] : *table) {
        Node result;
        if (item.as<Node::Table>() == nullptr)
            errors_.add(item.key_where, "{} should be a table, and is {}", join(path, id), item.kind())
                .help(fmt::format("start it with [{}.NAME]", path));
        else if (read_item(row, id, item, join(path, id), result))
            items.emplace(id, std::move(result));
    }
    slot(reading.result, row.key).value = std::move(items);
}

bool Validator::read_item(const Row& row, const std::string& id, const Node& given, const std::string& path,
                          Node& result)
{
    const Node* id_node = given.find("id");
    const Position place = given.key_where.source ? given.key_where : given.where;
    if (!is_good_id(id, id_node != nullptr ? id_node->where : place, path)) return false;
    loaded_.places.insert_or_assign(path, place);
    const std::string kind = given.text_at("kind");
    const auto& kinds = row.items->kinds;
    if (!kinds.empty() && std::count(kinds.begin(), kinds.end(), kind) == 0) {
        const Node* written = given.find("kind");
        errors_
            .add(written == nullptr ? place : written->where, "{}.kind {}", path,
                 written == nullptr ? "is missing" : fmt::format("= '{}' is not known", kind))
            .help(suggestion(kind, kinds, "Kinds"));
        return false;
    }
    row.items->append(id, kind, [&](const KeyTable& table) { result = table_of(table, given, path); });
    return true;
}

bool Validator::is_good_id(const std::string& id, const Position& where, const std::string& path)
{
    const auto is_plain = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
    };
    const bool good = !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), is_plain);
    if (!good)
        errors_.add(where, "{} has an id that is no name", path).help("letters a-z A-Z, digits, _ and -, at most 64");
    return good;
}

// Member of the result at a dotted key; the tables on the way are made.
Node& Validator::slot(Node::Table& result, const std::string& key)
{
    const std::size_t dot = key.find('.');
    Node& node = result[key.substr(0, dot)];
    if (dot == std::string::npos) return node;
    if (node.empty()) node.value = Node::Table{};
    return slot(*node.as<Node::Table>(), key.substr(dot + 1));
}

} // namespace sim::scenario
