#include "sim/cli/verify/tolerance.hpp"

#include <charconv>

#include "sim/cli/option_values.hpp"

namespace sim::cli {
namespace {

std::optional<double> parse_part(const std::string& text)
{
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, failed] = std::from_chars(text.data(), end, value);
    if (failed != std::errc() || stop != end || !(0 <= value && value < 1)) return std::nullopt;
    return value;
}

} // namespace

std::optional<record::Tolerance> parse_tolerance(const std::string& text)
{
    record::Tolerance tolerance;
    if (text.empty()) return tolerance;
    for (const std::string& part : split_list(text)) {
        const auto equals = part.find('=');
        const auto number = parse_part(equals == std::string::npos ? part : part.substr(equals + 1));
        if (!number) return std::nullopt;
        const std::string series = part.substr(0, equals == std::string::npos ? 0 : equals);
        if (!series.empty() && series != "amounts" && series != "shares") return std::nullopt;
        if (series != "shares") tolerance.amounts = *number;
        if (series != "amounts") tolerance.shares = *number;
    }
    return tolerance;
}

} // namespace sim::cli
