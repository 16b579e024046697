#include "sim/scenario/values.hpp"

#include <algorithm>
#include <cmath>

#include "sim/scenario/toml.hpp"

namespace sim::scenario {
namespace {

constexpr Date first_date{1949, 1, 1};
constexpr Date last_date{2100, 12, 31};
constexpr double exact_integers = 9007199254740992.0; // 2^53

Node with(const Node& given, auto value)
{
    Node node = given;
    node.value = std::move(value);
    return node;
}

ValueReader::Value same(Node node) { return {node, node}; }

std::string shown(const Node& value)
{
    if (value.as<Node::Array>() != nullptr || value.as<Node::Table>() != nullptr) return value.kind();
    std::string text = write_value(value);
    return text.size() > 60 ? text.substr(0, 57) + "..." : text;
}

bool is_name_list(const Row& row) { return row.type == Row::Type::names; }

} // namespace

std::optional<ValueReader::Value> ValueReader::operator()(const Row& row, const Node& given, const std::string& path)
{
    switch (row.type) {
    case Row::Type::number: return number(row, given, path);
    case Row::Type::integer: return integer(row, given, path);
    case Row::Type::flag:
        if (given.as<bool>() == nullptr)
            return wrong_type(given, path, "true or false", "truth values are written true and false, without quotes");
        return same(given);
    case Row::Type::choice:
    case Row::Type::text: return text(row, given, path);
    case Row::Type::date: return date(given, path);
    case Row::Type::file:
    case Row::Type::folder: return found(row, given, path, false);
    case Row::Type::numbers:
    case Row::Type::names: return array(row, given, path);
    case Row::Type::series: return series(row, given, path);
    case Row::Type::items: break;
    }
    return std::nullopt;
}

std::optional<ValueReader::Value> ValueReader::preset(const Row& row, const std::string& path, const Position& scenario)
{
    if (row.preset.empty()) return std::nullopt;
    Node node = row.preset;
    if (row.type != Row::Type::file && row.type != Row::Type::folder) return same(node);
    node.where = scenario;
    auto value = found(row, node, path, true);
    if (value) value->stored.where = value->written.where = Position{};
    return value;
}

std::optional<ValueReader::Value> ValueReader::wrong_type(const Node& given, const std::string& path,
                                                          const std::string& wanted, std::string help)
{
    const std::string value = given.as<Node::Array>() != nullptr || given.as<Node::Table>() != nullptr
                                  ? std::string(given.kind())
                                  : fmt::format("{} ({})", given.kind(), shown(given));
    errors_.add(given.where, "{} should be {}, and is {}", path, wanted, value).help(std::move(help));
    return std::nullopt;
}

bool ValueReader::in_range(const Row& row, double value, const Node& given, const std::string& path)
{
    if (row.range.contains(value)) return true;
    const std::string unit = row.unit.empty() || row.unit == "1" ? std::string() : fmt::format(" ({})", row.unit);
    const std::string range = row.range.text();
    const bool is_interval = range.starts_with('[') || range.starts_with('(');
    auto& finding = errors_.add(given.where, "{} = {} is {}{}{}", path, shown(given),
                                is_interval ? "outside " : "refused: must be ", range, unit);
    const bool is_share = row.range.low >= 0.0 && row.range.high <= 1.0;
    if (is_share && value > 1.0 && value <= 100.0)
        finding.help(fmt::format("write {} for {} %", write_number(value / 100.0), fmt::format("{}", value)));
    return false;
}

std::optional<ValueReader::Value> ValueReader::number(const Row& row, const Node& given, const std::string& path)
{
    double value = 0.0;
    if (const auto* real = given.as<double>()) {
        value = *real;
    } else if (const auto* whole = given.as<std::int64_t>()) {
        value = static_cast<double>(*whole);
        if (std::abs(value) > exact_integers) {
            errors_.add(given.where, "{} = {} is too large to be held exactly as a number", path, *whole)
                .help("write it with a decimal point to accept rounding");
            return std::nullopt;
        }
    } else {
        return wrong_type(given, path, "a number",
                          given.as<std::string>() != nullptr ? "numbers are written without quotes" : "");
    }
    if (!std::isfinite(value)) {
        errors_.add(given.where, "{} = {} is not a finite number", path, std::isnan(value) ? "nan" : shown(given));
        return std::nullopt;
    }
    if (value == 0.0 && std::signbit(value)) {
        errors_.add(given.where, "{} = {} is minus zero", path, shown(given)).help("write 0.0");
        return std::nullopt;
    }
    if (!in_range(row, value, given, path)) return std::nullopt;
    return same(with(given, value));
}

std::optional<ValueReader::Value> ValueReader::integer(const Row& row, const Node& given, const std::string& path)
{
    const auto* value = given.as<std::int64_t>();
    if (value == nullptr) {
        const auto* real = given.as<double>();
        const bool is_whole = real != nullptr && std::abs(*real) <= exact_integers && *real == std::trunc(*real);
        const std::string help = is_whole ? fmt::format("write {}", static_cast<std::int64_t>(*real))
                                 : given.as<std::string>() != nullptr ? "numbers are written without quotes"
                                                                      : "";
        return wrong_type(given, path, "an integer", help);
    }
    if (!in_range(row, static_cast<double>(*value), given, path)) return std::nullopt;
    return same(given);
}

std::optional<ValueReader::Value> ValueReader::text(const Row& row, const Node& given, const std::string& path)
{
    const auto* value = given.as<std::string>();
    if (value == nullptr)
        return wrong_type(given, path, row.type == Row::Type::choice ? "one of its choices, as text" : "text",
                          "text is written in quotes");
    if (row.type == Row::Type::choice && std::count(row.allowed.begin(), row.allowed.end(), *value) == 0) {
        errors_.add(given.where, "{} = {} is not among its choices", path, shown(given))
            .help(suggestion(*value, row.allowed, "Choices"));
        return std::nullopt;
    }
    return same(given);
}

std::optional<ValueReader::Value> ValueReader::date(const Node& given, const std::string& path)
{
    const auto* value = given.as<Date>();
    if (value == nullptr) {
        if (given.as<Node::Clock>() != nullptr)
            return wrong_type(given, path, "a date", "write the date only, without a time: 2015-01-31");
        return wrong_type(given, path, "a date", "dates are written YYYY-MM-DD, without quotes: 2015-01-31");
    }
    if (*value < first_date || *value > last_date) {
        errors_.add(given.where, "{} = {} is outside {} to {}", path, to_string(*value), to_string(first_date),
                    to_string(last_date));
        return std::nullopt;
    }
    return same(given);
}

std::optional<ValueReader::Value> ValueReader::found(const Row& row, const Node& given, const std::string& path,
                                                     bool from_root)
{
    const auto* name = given.as<std::string>();
    const bool is_file = row.type == Row::Type::file;
    if (name == nullptr)
        return wrong_type(given, path, is_file ? "the name of a file" : "the name of a folder",
                          "names are written in quotes");
    if (name->empty()) {
        if (row.is_required) errors_.add(given.where, "{} names no {}", path, is_file ? "file" : "folder");
        return row.is_required ? std::nullopt : std::optional(same(given));
    }
    const auto file = library_.find(*name, given.where, is_file ? Library::Wanted::file : Library::Wanted::folder,
                                    errors_, from_root);
    if (!file) return std::nullopt;
    return Value{with(given, file->path), with(given, file->portable)};
}

std::optional<ValueReader::Value> ValueReader::array(const Row& row, const Node& given, const std::string& path)
{
    const auto* array = given.as<Node::Array>();
    if (array == nullptr)
        return wrong_type(given, path, is_name_list(row) ? "a list of texts" : "a list of numbers",
                          is_name_list(row) ? "[\"a\", \"b\"]" : "[1.0, 2.0]");
    Row element = row;
    element.type = !is_name_list(row) ? Row::Type::number : row.allowed.empty() ? Row::Type::text : Row::Type::choice;
    Node::Array values;
    for (std::size_t i = 0; i < array->size(); ++i) {
        auto value = (*this)(element, (*array)[i], fmt::format("{}[{}]", path, i));
        if (value) values.push_back(std::move(value->stored));
    }
    if (values.size() != array->size()) return std::nullopt;
    return same(with(given, std::move(values)));
}

std::optional<ValueReader::Value> ValueReader::series(const Row& row, const Node& given, const std::string& path)
{
    if (given.as<double>() != nullptr || given.as<std::int64_t>() != nullptr) return number(row, given, path);
    const auto* array = given.as<Node::Array>();
    if (array == nullptr || array->empty())
        return wrong_type(given, path, "a number, or a list of dated numbers",
                          fmt::format("[{{from = 2015-01-01, {} = {}}}]", row.value_name, row.preset_text()));
    Node::Array steps;
    const Date* before = nullptr;
    for (std::size_t i = 0; i < array->size(); ++i) {
        const std::string name = fmt::format("{}[{}]", path, i);
        auto value = step(row, (*array)[i], name);
        if (!value) continue;
        const Node* from = (*array)[i].find("from");
        if (before != nullptr && *from->as<Date>() <= *before)
            errors_.add(from->where, "{}.from = {} is not after the one before it ({})", name,
                        to_string(*from->as<Date>()), to_string(*before));
        else
            steps.push_back(std::move(value->stored));
        before = from->as<Date>();
    }
    if (steps.size() != array->size()) return std::nullopt;
    return same(with(given, std::move(steps)));
}

std::optional<ValueReader::Value> ValueReader::step(const Row& row, const Node& given, const std::string& path)
{
    const auto* members = given.as<Node::Table>();
    const std::vector<std::string> known = {"from", row.value_name};
    if (members == nullptr)
        return wrong_type(given, path, fmt::format("a table {{from = DATE, {} = NUMBER}}", row.value_name));
    const std::size_t before = errors_.count();
    for (const auto& [key, value] : *members)
        if (std::count(known.begin(), known.end(), key) == 0)
            errors_.add(value.key_where, "{} is not a known key", join(path, key))
                .help(suggestion(key, known, "Known keys"));
    Node::Table result;
    for (const std::string& key : known) {
        const Node* member = given.find(key);
        if (member == nullptr) {
            errors_.add(given.where, "{} lacks the key {}", path, key);
            continue;
        }
        auto value = key == "from" ? date(*member, join(path, key)) : number(row, *member, join(path, key));
        if (value) result.emplace(key, std::move(value->stored));
    }
    if (errors_.count() != before) return std::nullopt;
    return same(with(given, std::move(result)));
}

} // namespace sim::scenario
