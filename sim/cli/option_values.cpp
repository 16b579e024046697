#include "sim/cli/option_values.hpp"

#include <cctype>
#include <charconv>
#include <chrono>
#include <system_error>
#include <tuple>

namespace sim::cli {

std::optional<double> parse_bytes(const std::string& text)
{
    double value = 0.0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || !(value > 0.0)) return std::nullopt;
    std::string unit;
    for (const char* c = end; c != text.data() + text.size(); ++c)
        if (*c != ' ') unit += static_cast<char>(std::toupper(static_cast<unsigned char>(*c)));
    if (unit.ends_with("IB")) unit.resize(unit.size() - 2);
    if (unit.ends_with("B")) unit.pop_back();
    for (const char* known = "KMGT"; *known != '\0'; ++known) {
        value *= 1000.0;
        if (unit == std::string(1, *known)) return value;
    }
    return unit.empty() ? std::optional(value / 1e12) : std::nullopt;
}

std::optional<Date> parse_date(const std::string& text)
{
    Date date;
    const char* at = text.data();
    const char* const end = at + text.size();
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    for (const auto& [part, from, to] : {std::tuple{&date.year, 0, 4}, {&date.month, 5, 7}, {&date.day, 8, 10}}) {
        const auto [stop, failed] = std::from_chars(at + from, at + to, *part);
        if (failed != std::errc() || stop != at + to || stop > end) return std::nullopt;
    }
    const std::chrono::year_month_day civil{std::chrono::year{date.year},
                                            std::chrono::month{static_cast<unsigned>(date.month)},
                                            std::chrono::day{static_cast<unsigned>(date.day)}};
    return civil.ok() ? std::optional(date) : std::nullopt;
}

std::vector<std::string> split_list(const std::string& list)
{
    std::vector<std::string> parts(1);
    for (const char c : list) {
        if (c == ',')
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

std::optional<std::vector<int>> parse_numbers(const std::string& list, int low, int high)
{
    std::vector<int> all;
    for (const std::string& part : split_list(list)) {
        int value = 0;
        const char* end = part.data() + part.size();
        const auto [stop, error] = std::from_chars(part.data(), end, value);
        if (part.empty() || error != std::errc{} || stop != end || value < low || value > high) return {};
        all.push_back(value);
    }
    return all;
}

} // namespace sim::cli
