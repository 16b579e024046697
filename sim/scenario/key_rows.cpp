#include "sim/scenario/key_table.hpp"

// One function per type of key: each makes a row and says how a checked value reaches its variable.
namespace sim::scenario {
namespace {

using Type = Row::Type;

template <class Given, class T>
std::function<void(const Node&)> into(T& where)
{
    return [&where](const Node& node) { where = *node.as<Given>(); };
}

template <class T>
std::function<void(const Node&)> into_all(std::vector<T>& where)
{
    return [&where](const Node& node) {
        where.clear();
        for (const Node& element : *node.as<Node::Array>()) where.push_back(*element.as<T>());
    };
}

template <class T>
Node array_of(const std::vector<T>& values)
{
    Node::Array array;
    for (const T& value : values) array.push_back(make_node(value));
    return make_node(std::move(array));
}

Dated dated(const Node& node, double before, const std::string& value_name)
{
    if (const auto* always = node.as<double>()) return Dated(*always);
    std::vector<Dated::Step> steps;
    for (const Node& step : *node.as<Node::Array>())
        steps.push_back({*step.find("from")->as<Date>(), *step.find(value_name)->as<double>()});
    return {before, std::move(steps)};
}

Row row_of(Type type, std::string key, Node preset, std::string help, std::string source,
           std::function<void(const Node&)> store)
{
    Row row;
    row.type = type;
    row.key = std::move(key);
    row.preset = std::move(preset);
    row.help = std::move(help);
    row.source = std::move(source);
    row.store = std::move(store);
    return row;
}

Row with_range(Row row, Range range, std::string unit)
{
    row.range = range;
    row.unit = std::move(unit);
    return row;
}

Row with_names(Row row, std::vector<std::string> allowed)
{
    row.allowed = std::move(allowed);
    return row;
}

} // namespace

Row& KeyTable::number(double& where, std::string key, double preset, Range range, std::string unit, std::string help,
                      std::string source)
{
    Row row = row_of(Type::number, std::move(key), make_node(preset), std::move(help), std::move(source),
                     into<double>(where));
    return add(with_range(std::move(row), range, std::move(unit)));
}

Row& KeyTable::number(std::optional<double>& where, std::string key, Range range, std::string unit, std::string help)
{
    where.reset();
    Row row = row_of(Type::number, std::move(key), {}, std::move(help), "", into<double>(where));
    row.clear = [&where] { where.reset(); };
    return add(with_range(std::move(row), range, std::move(unit)));
}

Row& KeyTable::integer(std::int64_t& where, std::string key, std::int64_t preset, Range range, std::string unit,
                       std::string help, std::string source)
{
    Row row = row_of(Type::integer, std::move(key), make_node(preset), std::move(help), std::move(source),
                     into<std::int64_t>(where));
    return add(with_range(std::move(row), range, std::move(unit)));
}

Row& KeyTable::integer(std::optional<std::int64_t>& where, std::string key, Range range, std::string unit,
                       std::string help)
{
    where.reset();
    Row row = row_of(Type::integer, std::move(key), {}, std::move(help), "", into<std::int64_t>(where));
    row.clear = [&where] { where.reset(); };
    return add(with_range(std::move(row), range, std::move(unit)));
}

Row& KeyTable::flag(bool& where, std::string key, bool preset, std::string help, std::string source)
{
    return add(
        row_of(Type::flag, std::move(key), make_node(preset), std::move(help), std::move(source), into<bool>(where)));
}

Row& KeyTable::choice(std::string& where, std::string key, std::string preset, Names allowed, std::string help,
                      std::string source)
{
    Row row = row_of(Type::choice, std::move(key), make_node(std::move(preset)), std::move(help), std::move(source),
                     into<std::string>(where));
    return add(with_names(std::move(row), std::move(allowed)));
}

Row& KeyTable::text(std::string& where, std::string key, std::string preset, std::string help, std::string source)
{
    return add(row_of(Type::text, std::move(key), make_node(std::move(preset)), std::move(help), std::move(source),
                      into<std::string>(where)));
}

Row& KeyTable::date(Date& where, std::string key, Date preset, std::string help, std::string source)
{
    return add(
        row_of(Type::date, std::move(key), make_node(preset), std::move(help), std::move(source), into<Date>(where)));
}

Row& KeyTable::date(std::optional<Date>& where, std::string key, std::string help)
{
    where.reset();
    Row row = row_of(Type::date, std::move(key), {}, std::move(help), "", into<Date>(where));
    row.clear = [&where] { where.reset(); };
    return add(std::move(row));
}

Row& KeyTable::file(std::string& where, std::string key, std::string preset, std::string help)
{
    return add(row_of(Type::file, std::move(key), make_node(std::move(preset)), std::move(help), "",
                      into<std::string>(where)));
}

Row& KeyTable::folder(std::string& where, std::string key, std::string preset, std::string help)
{
    return add(row_of(Type::folder, std::move(key), make_node(std::move(preset)), std::move(help), "",
                      into<std::string>(where)));
}

Row& KeyTable::numbers(std::vector<double>& where, std::string key, const std::vector<double>& preset, Range range,
                       std::string unit, std::string help, std::string source)
{
    Row row =
        row_of(Type::numbers, std::move(key), array_of(preset), std::move(help), std::move(source), into_all(where));
    return add(with_range(std::move(row), range, std::move(unit)));
}

Row& KeyTable::names(Names& where, std::string key, const Names& preset, std::string help, Names allowed)
{
    Row row = row_of(Type::names, std::move(key), array_of(preset), std::move(help), "", into_all(where));
    return add(with_names(std::move(row), std::move(allowed)));
}

Row& KeyTable::series(Dated& where, std::string key, std::string value_name, double preset, Range range,
                      std::string unit, std::string help, std::string source)
{
    auto store = [&where, preset, value_name](const Node& node) { where = dated(node, preset, value_name); };
    Row row =
        row_of(Type::series, std::move(key), make_node(preset), std::move(help), std::move(source), std::move(store));
    row.value_name = std::move(value_name);
    return add(with_range(std::move(row), range, std::move(unit)));
}

Row& KeyTable::add_items_row(std::string key, std::string help, Items items)
{
    Row row = row_of(Type::items, std::move(key), {}, std::move(help), "", {});
    row.items = std::make_shared<Items>(std::move(items));
    return add(std::move(row));
}

} // namespace sim::scenario
