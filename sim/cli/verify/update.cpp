#include "sim/cli/verify/update.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "sim/record/output_file.hpp"

namespace sim::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t line_width = 150;
constexpr auto heading = "# Changes of the reference results\n\n"
                         "Newest first. Each entry names the scenarios whose reference changed, and tells why that is "
                         "right.\n\n";

std::string text_of_file(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (file) text << file.rdbuf();
    return text.str();
}

/// Words in lines of at most `line_width` characters, the further ones indented as a list item's are.
std::string wrapped(const std::string& text)
{
    std::istringstream words(text);
    std::string all, line, word;
    while (words >> word) {
        if (!line.empty() && line.size() + 1 + word.size() > line_width) all += line + "\n", line = " ";
        line += (line.empty() ? "" : " ") + word;
    }
    return all + line + "\n";
}

} // namespace

std::string with_entry(const std::string& text, const std::vector<std::string>& names, const std::string& reason)
{
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
    const std::string entry = wrapped(fmt::format("- **{}** {}", list, reason));
    if (text.empty()) return heading + entry;
    const auto first = text.starts_with("- ") ? 0 : text.find("\n- ");
    if (first == std::string::npos) return text + (text.ends_with("\n") ? "\n" : "\n\n") + entry;
    const std::size_t at = first == 0 ? 0 : first + 1;
    return text.substr(0, at) + entry + "\n" + text.substr(at);
}

std::vector<std::string> update_references(const SuiteReport& report, const std::string& reason)
{
    std::vector<std::string> names;
    for (const Verdict& verdict : report.verdicts) {
        const std::string path = reference_path(report.request, verdict.name);
        const bool is_gone = verdict.kind == Verdict::Kind::gone;
        const std::string now = is_gone ? "" : record::to_json(verdict.after);
        if (text_of_file(path) == now) continue;
        names.push_back(verdict.name);
        if (is_gone)
            fs::remove(path);
        else
            record::write_whole(path, now);
    }
    if (names.empty()) return names;
    const std::string changes = report.request.references + "/CHANGES.md";
    record::write_whole(changes, with_entry(text_of_file(changes), names, reason));
    return names;
}

} // namespace sim::cli
