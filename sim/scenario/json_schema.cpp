#include "sim/scenario/describe.hpp"
#include "sim/scenario/json.hpp"
#include "sim/scenario/reference.hpp"

namespace sim::scenario {
namespace {

using Object = Node::Table;

Node array_of(const std::vector<std::string>& words)
{
    Node::Array array;
    for (const std::string& word : words) array.push_back(make_node(word));
    return make_node(std::move(array));
}

Object typed(const char* type) { return {{"type", make_node(type)}}; }

void add_range(Object& schema, const Range& range)
{
    if (range.low > -std::numeric_limits<double>::infinity())
        schema[range.low_included ? "minimum" : "exclusiveMinimum"] = make_node(range.low);
    if (range.high < std::numeric_limits<double>::infinity())
        schema[range.high_included ? "maximum" : "exclusiveMaximum"] = make_node(range.high);
}

Object number(const Row& row, const char* type)
{
    Object schema = typed(type);
    add_range(schema, row.range);
    return schema;
}

Object date()
{
    Object schema = typed("string");
    schema["format"] = make_node("date");
    return schema;
}

Object text(const Row& row)
{
    Object schema = typed("string");
    if (!row.allowed.empty()) schema["enum"] = array_of(row.allowed);
    return schema;
}

Object closed(Object properties, const std::vector<std::string>& required)
{
    Object schema = typed("object");
    schema["properties"] = make_node(std::move(properties));
    schema["additionalProperties"] = make_node(false);
    if (!required.empty()) schema["required"] = array_of(required);
    return schema;
}

Object list(Object element)
{
    Object schema = typed("array");
    schema["items"] = make_node(std::move(element));
    return schema;
}

Object series(const Row& row)
{
    Object step = closed({{"from", make_node(date())}, {row.value_name, make_node(number(row, "number"))}},
                         {"from", row.value_name});
    Object steps = list(std::move(step));
    return {{"anyOf", make_node(Node::Array{make_node(number(row, "number")), make_node(std::move(steps))})}};
}

// The tree of properties below one table of keys. A scenario may extend another, so that no key is required of a file.
class Properties {
public:
    Object operator()(const KeyTable& table)
    {
        Object root;
        for (const Row& row : table.rows()) {
            Object schema = of(row);
            schema["description"] = make_node(row.help + " (" + summary(row) + ")");
            if (!row.preset.empty()) schema["default"] = row.preset;
            place(root, row.key, std::move(schema));
        }
        add_sources(root);
        return root;
    }

private:
    Object of(const Row& row)
    {
        switch (row.type) {
        case Row::Type::number: return number(row, "number");
        case Row::Type::integer: return number(row, "integer");
        case Row::Type::flag: return typed("boolean");
        case Row::Type::date: return date();
        case Row::Type::numbers: return list(number(row, "number"));
        case Row::Type::names: return list(text(row));
        case Row::Type::series: return series(row);
        case Row::Type::items: return items(*row.items);
        case Row::Type::choice:
        case Row::Type::text:
        case Row::Type::file:
        case Row::Type::folder: return text(row);
        }
        return {};
    }

    Object items(const Items& items)
    {
        Object element = items.kinds.empty() ? item(items, "") : Object{};
        Node::Array kinds;
        for (const std::string& kind : items.kinds) kinds.push_back(make_node(item(items, kind)));
        // An item that only changes one of a base has no kind, so that the kinds are alternatives, not cases.
        if (!kinds.empty()) element["anyOf"] = make_node(std::move(kinds));
        if (!items.named) return list(std::move(element));
        Object schema = typed("object");
        schema["additionalProperties"] = make_node(std::move(element));
        return schema;
    }

    static Object item(const Items& items, const std::string& kind)
    {
        Object result;
        items.describe(kind, [&](const KeyTable& table) {
            Object properties = Properties{}(table);
            if (!kind.empty()) properties["kind"] = make_node(Object{{"const", make_node(kind)}});
            result = closed(std::move(properties),
                            items.named ? std::vector<std::string>{} : std::vector<std::string>{"id"});
        });
        return result;
    }

    static void place(Object& properties, const std::string& key, Object schema)
    {
        const std::size_t dot = key.find('.');
        if (dot == std::string::npos) {
            properties[key] = make_node(std::move(schema));
            return;
        }
        Node& group = properties[key.substr(0, dot)];
        if (group.empty()) group = make_node(closed({}, {}));
        place(*group.as<Object>()->at("properties").as<Object>(), key.substr(dot + 1), std::move(schema));
    }

    static void add_sources(Object& properties)
    {
        for (auto& [key, schema] : properties) {
            Object& group = *schema.as<Object>();
            if (group.count("properties") > 0) add_sources(*group.at("properties").as<Object>());
        }
        Object sources = typed("object");
        sources["additionalProperties"] = make_node(typed("string"));
        sources["description"] = make_node("Where the values of this table come from.");
        properties.try_emplace("sources", make_node(std::move(sources)));
    }
};

} // namespace

std::string json_schema(const KeyTable& table, const std::string& title)
{
    Object properties = Properties{}(table);
    Object names = list(typed("string"));
    Object extends = {{"anyOf", make_node(Node::Array{make_node(typed("string")), make_node(std::move(names))})},
                      {"description", make_node("Scenario or scenarios that this one changes.")}};
    properties["extends"] = make_node(std::move(extends));
    Object schema = closed(std::move(properties), {});
    schema["$schema"] = make_node("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = make_node(title);
    return write_json(make_node(std::move(schema))) + "\n";
}

} // namespace sim::scenario
