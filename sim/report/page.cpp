#include "sim/report/page_parts.hpp"
#include "sim/report/report.hpp"

#include <stdexcept>

namespace sim::report {
namespace {

constexpr std::string_view data_place = "{\"place\":\"data\"}", title_place = "<title>Report</title>";

std::string whole_page()
{
    std::string page;
    for (const std::string_view part : page_parts()) page += part;
    return page;
}

void replace_once(std::string& text, std::string_view what, const std::string& with)
{
    const std::size_t at = text.find(what);
    if (at == std::string::npos || text.find(what, at + 1) != std::string::npos)
        throw std::logic_error("the page of reports has not one place for its data: build it anew");
    text.replace(at, what.size(), with);
}

std::string in_html(const std::string& text)
{
    std::string safe;
    for (const char c : text) safe += c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : std::string(1, c);
    return safe;
}

/// JSON that no HTML parser mistakes for the end of its element.
std::string in_script(const std::string& json)
{
    std::string safe;
    safe.reserve(json.size());
    for (const char c : json) {
        if (c == '<')
            safe += "\\u003c";
        else
            safe += c;
    }
    return safe;
}

} // namespace

std::string page_with(const Report& report)
{
    std::string page = whole_page();
    replace_once(page, title_place, "<title>" + in_html(report.title) + "</title>");
    replace_once(page, data_place, in_script(report.json)); // last: the data may hold any text
    return page;
}

} // namespace sim::report
