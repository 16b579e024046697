#include "sim/scenario/key_table.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "sim/scenario/toml.hpp"

namespace sim::scenario {

bool Range::contains(double value) const
{
    return (low_included ? value >= low : value > low) && (high_included ? value <= high : value < high);
}

std::string Range::text() const
{
    const bool has_low = low > -std::numeric_limits<double>::infinity();
    const bool has_high = high < std::numeric_limits<double>::infinity();
    if (has_low && has_high)
        return fmt::format("{}{}, {}{}", low_included ? '[' : '(', low, high, high_included ? ']' : ')');
    if (has_low) return (low_included ? "at least " : "above ") + fmt::format("{}", low);
    if (has_high) return (high_included ? "at most " : "below ") + fmt::format("{}", high);
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
