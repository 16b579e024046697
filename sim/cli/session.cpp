#include "sim/cli/session.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

#include <unistd.h>

#include "sim/base/io_error.hpp"
#include "sim/scenario/json.hpp"

namespace sim::cli {

void Session::print(const std::string& text) const
{
    const bool is_written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (!is_written) throw IoError("standard output cannot be written");
}

void Session::say(const std::string& line) const
{
    if (!common_.quiet) fmt::print(stderr, "{}\n", line);
}

void Session::detail(const std::string& line) const
{
    if (common_.verbose) fmt::print(stderr, "{}\n", line);
}

void Session::complain(const std::string& line, const std::string& help) const
{
    fmt::print(stderr, "{}: error: {}\n", application_.name, line);
    if (!help.empty()) fmt::print(stderr, "  help: {}\n", help);
}

void Session::report(const Errors& errors) const
{
    fmt::print(stderr, "{}{} error{}\n", errors.report(is_coloured()), errors.count(), errors.count() == 1 ? "" : "s");
}

void Session::show(const Summary& summary) const
{
    std::string text;
    std::size_t width = 0;
    for (const auto& [name, value] : summary) width = std::max(width, name.size());
    for (const auto& [name, value] : summary)
        text += json() ? fmt::format("{}{}: {}", text.empty() ? "{" : ", ", scenario::json_text(name), json_of(value))
                       : fmt::format("{:<{}}  {}\n", name, width, text_of(value));
    print(json() ? (text.empty() ? "{" : text) + "}\n" : text);
}

Progress::Style Session::progress_style() const
{
    if (common_.quiet) return Progress::Style::none;
    return isatty(STDERR_FILENO) != 0 ? Progress::Style::bar : Progress::Style::lines;
}

bool Session::is_coloured() const
{
    if (common_.colour != "auto") return common_.colour == "always";
    const char* refused = std::getenv("NO_COLOR");
    if (refused != nullptr && *refused != '\0') return false;
    return isatty(STDERR_FILENO) != 0;
}

std::string bytes_text(double bytes)
{
    static constexpr std::array units = {"B", "kB", "MB", "GB", "TB", "PB"};
    std::size_t unit = 0;
    while (bytes >= 1000.0 && unit + 1 < units.size()) bytes /= 1000.0, ++unit;
    return fmt::format("{:.3g} {}", bytes, units[unit]);
}

std::string text_of(const Value& value)
{
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* number = std::get_if<double>(&value)) return fmt::format("{:.6g}", *number);
    return json_of(value);
}

std::string json_of(const Value& value)
{
    if (const auto* text = std::get_if<std::string>(&value)) return scenario::json_text(*text);
    if (const auto* number = std::get_if<double>(&value)) return scenario::json_number(*number);
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    return fmt::format("{}", std::get<std::int64_t>(value));
}

} // namespace sim::cli
