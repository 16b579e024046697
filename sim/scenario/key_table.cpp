#include "sim/scenario/key_table.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "sim/scenario/toml.hpp"

namespace sim::scenario {
namespace {

std::string short_number(double value) { return fmt::format("{}", value); }

template <class T, class Given>
void keep(T& where, const Node& node)
{
    if (const auto* value = node.as<Given>()) where = *value;
}

template <class T, class Given>
std::vector<T> elements(const Node& node)
{
    std::vector<T> result;
    for (const Node& element : *node.as<Node::Array>()) result.push_back(*element.as<Given>());
    return result;
}

Node node_of(auto value)
{
    Node node;
    node.value = std::move(value);
    return node;
}

template <class T>
Node array_of(const std::vector<T>& values)
{
    Node::Array array;
    for (const T& value : values) array.push_back(node_of(value));
    return node_of(std::move(array));
}

Dated dated(const Node& node, double before, const std::string& value_name)
{
    if (const auto* always = node.as<double>()) return Dated(*always);
    std::vector<Dated::Step> steps;
    for (const Node& step : *node.as<Node::Array>())
        steps.push_back({*step.find("from")->as<Date>(), *step.find(value_name)->as<double>()});
    return {before, std::move(steps)};
}

} // namespace

bool Range::contains(double value) const
{
    return (low_included ? value >= low : value > low) && (high_included ? value <= high : value < high);
}

std::string Range::text() const
{
    const bool has_low = low > -std::numeric_limits<double>::infinity();
    const bool has_high = high < std::numeric_limits<double>::infinity();
    if (has_low && has_high)
        return fmt::format("{}{}, {}{}", low_included ? '[' : '(', short_number(low), short_number(high),
                           high_included ? ']' : ')');
    if (has_low) return (low_included ? "at least " : "above ") + short_number(low);
    if (has_high) return (high_included ? "at most " : "below ") + short_number(high);
    return "";
}

double Dated::at(Date date) const
{
    double value = before_;
    for (const Step& step : steps_) {
        if (step.from > date) break;
        value = step.value;
    }
    return value;
}

Row& Row::required()
{
    is_required = true;
    preset = Node{};
    return *this;
}

const char* Row::type_name() const
{
    static constexpr const char* names[] = {"number",  "integer",       "true or false", "choice",
                                            "text",    "date",          "file",          "folder",
                                            "numbers", "list of texts", "dated numbers", "tables"};
    return names[static_cast<std::size_t>(type)];
}

std::string Row::preset_text() const { return preset.empty() ? std::string() : write_value(preset); }

Row& KeyTable::add(Row row)
{
    const auto* number = row.preset.as<double>();
    const auto* integer = row.preset.as<std::int64_t>();
    const double value = number != nullptr ? *number : integer != nullptr ? static_cast<double>(*integer) : 0.0;
    if ((number != nullptr || integer != nullptr) && !row.range.contains(value))
        throw std::logic_error(fmt::format("default of key {} is outside {}", row.key, row.range.text()));
    if (index_.count(row.key) > 0) throw std::logic_error("key " + row.key + " is in the table twice");
    if (row.type == Row::Type::choice) {
        const auto* chosen = row.preset.as<std::string>();
        if (std::count(row.allowed.begin(), row.allowed.end(), *chosen) == 0)
            throw std::logic_error("default of key " + row.key + " is not among its choices");
    }
    rows_.push_back(std::move(row));
    Row& added = rows_.back();
    index_.emplace(added.key, &added);
    if (!added.preset.empty() && added.store) added.store(added.preset);
    return added;
}

Row& KeyTable::number(double& where, std::string key, double preset, Range range, std::string unit, std::string help,
                      std::string source)
{
    return add({std::move(key),
                Row::Type::number,
                std::move(unit),
                std::move(help),
                std::move(source),
                range,
                {},
                "",
                node_of(preset),
                false,
                [&where](const Node& n) { keep<double, double>(where, n); },
                nullptr});
}

Row& KeyTable::number(std::optional<double>& where, std::string key, Range range, std::string unit, std::string help)
{
    where.reset();
    return add({std::move(key),
                Row::Type::number,
                std::move(unit),
                std::move(help),
                "",
                range,
                {},
                "",
                {},
                false,
                [&where](const Node& n) { keep<std::optional<double>, double>(where, n); },
                nullptr});
}

Row& KeyTable::integer(std::int64_t& where, std::string key, std::int64_t preset, Range range, std::string unit,
                       std::string help, std::string source)
{
    return add({std::move(key),
                Row::Type::integer,
                std::move(unit),
                std::move(help),
                std::move(source),
                range,
                {},
                "",
                node_of(preset),
                false,
                [&where](const Node& n) { keep<std::int64_t, std::int64_t>(where, n); },
                nullptr});
}

Row& KeyTable::integer(std::optional<std::int64_t>& where, std::string key, Range range, std::string unit,
                       std::string help)
{
    where.reset();
    return add({std::move(key),
                Row::Type::integer,
                std::move(unit),
                std::move(help),
                "",
                range,
                {},
                "",
                {},
                false,
                [&where](const Node& n) { keep<std::optional<std::int64_t>, std::int64_t>(where, n); },
                nullptr});
}

Row& KeyTable::flag(bool& where, std::string key, bool preset, std::string help, std::string source)
{
    return add({std::move(key),
                Row::Type::flag,
                "",
                std::move(help),
                std::move(source),
                {},
                {},
                "",
                node_of(preset),
                false,
                [&where](const Node& n) { keep<bool, bool>(where, n); },
                nullptr});
}

Row& KeyTable::choice(std::string& where, std::string key, std::string preset, Names allowed, std::string help,
                      std::string source)
{
    return add({std::move(key),
                Row::Type::choice,
                "",
                std::move(help),
                std::move(source),
                {},
                std::move(allowed),
                "",
                node_of(std::move(preset)),
                false,
                [&where](const Node& n) { keep<std::string, std::string>(where, n); },
                nullptr});
}

Row& KeyTable::text(std::string& where, std::string key, std::string preset, std::string help, std::string source)
{
    return add({std::move(key),
                Row::Type::text,
                "",
                std::move(help),
                std::move(source),
                {},
                {},
                "",
                node_of(std::move(preset)),
                false,
                [&where](const Node& n) { keep<std::string, std::string>(where, n); },
                nullptr});
}

Row& KeyTable::date(Date& where, std::string key, Date preset, std::string help, std::string source)
{
    return add({std::move(key),
                Row::Type::date,
                "",
                std::move(help),
                std::move(source),
                {},
                {},
                "",
                node_of(preset),
                false,
                [&where](const Node& n) { keep<Date, Date>(where, n); },
                nullptr});
}

Row& KeyTable::date(std::optional<Date>& where, std::string key, std::string help)
{
    where.reset();
    return add({std::move(key),
                Row::Type::date,
                "",
                std::move(help),
                "",
                {},
                {},
                "",
                {},
                false,
                [&where](const Node& n) { keep<std::optional<Date>, Date>(where, n); },
                nullptr});
}

Row& KeyTable::file(std::string& where, std::string key, std::string preset, std::string help)
{
    Row& row = text(where, std::move(key), std::move(preset), std::move(help));
    row.type = Row::Type::file;
    return row;
}

Row& KeyTable::folder(std::string& where, std::string key, std::string preset, std::string help)
{
    Row& row = text(where, std::move(key), std::move(preset), std::move(help));
    row.type = Row::Type::folder;
    return row;
}

Row& KeyTable::numbers(std::vector<double>& where, std::string key, std::vector<double> preset, Range range,
                       std::string unit, std::string help, std::string source)
{
    return add({std::move(key),
                Row::Type::numbers,
                std::move(unit),
                std::move(help),
                std::move(source),
                range,
                {},
                "",
                array_of(preset),
                false,
                [&where](const Node& n) { where = elements<double, double>(n); },
                nullptr});
}

Row& KeyTable::names(Names& where, std::string key, Names preset, std::string help, Names allowed)
{
    return add({std::move(key),
                Row::Type::names,
                "",
                std::move(help),
                "",
                {},
                std::move(allowed),
                "",
                array_of(preset),
                false,
                [&where](const Node& n) { where = elements<std::string, std::string>(n); },
                nullptr});
}

Row& KeyTable::series(Dated& where, std::string key, std::string value_name, double preset, Range range,
                      std::string unit, std::string help, std::string source)
{
    auto store = [&where, preset, value_name](const Node& n) { where = dated(n, preset, value_name); };
    return add({std::move(key),
                Row::Type::series,
                std::move(unit),
                std::move(help),
                std::move(source),
                range,
                {},
                std::move(value_name),
                node_of(preset),
                false,
                std::move(store),
                nullptr});
}

Row& KeyTable::add_items_row(std::string key, std::string help, Items items)
{
    return add({std::move(key),
                Row::Type::items,
                "",
                std::move(help),
                "",
                {},
                {},
                "",
                {},
                false,
                {},
                std::make_shared<Items>(std::move(items))});
}

const Row* KeyTable::find(std::string_view key) const
{
    const auto found = index_.find(key);
    return found == index_.end() ? nullptr : found->second;
}

bool KeyTable::is_group(std::string_view path) const
{
    const std::string prefix = std::string(path) + ".";
    const auto next = index_.lower_bound(prefix);
    return next != index_.end() && next->first.starts_with(prefix);
}

KeyTable::Names KeyTable::members(std::string_view group) const
{
    std::set<std::string> found;
    const std::string prefix = group.empty() ? std::string() : std::string(group) + ".";
    for (const Row& row : rows_)
        if (row.key.starts_with(prefix))
            found.insert(row.key.substr(prefix.size(), row.key.find('.', prefix.size()) - prefix.size()));
    return {found.begin(), found.end()};
}

KeyTable::Names KeyTable::keys() const
{
    Names result;
    for (const Row& row : rows_) result.push_back(row.key);
    return result;
}

} // namespace sim::scenario
