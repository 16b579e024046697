#include "sim/scenario/reference.hpp"

#include <algorithm>
#include <set>

#include "sim/scenario/describe.hpp"

namespace sim::scenario {
namespace {

std::vector<std::string> split(const std::string& path)
{
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('.', begin), path.size());
        parts.push_back(path.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

bool is_placeholder(const std::string& part) { return part == "ID" || part == "NAME"; }

std::string group_of(const std::string& path)
{
    const std::size_t dot = path.rfind('.');
    return dot == std::string::npos ? std::string() : path.substr(0, dot);
}

std::string last_of(const std::string& path) { return path.substr(path.rfind('.') + 1); }

// A placeholder stands for any part, or may be left out: policy.NAME.rate is policy.ev.rate and policy.rate.
bool matches(const std::string& path, const std::string& name)
{
    const std::vector<std::string> wanted = split(name);
    std::vector<std::string> parts = split(path);
    const auto agree = [](const std::string& part, const std::string& word) {
        return part == word || is_placeholder(part);
    };
    if (std::equal(parts.begin(), parts.end(), wanted.begin(), wanted.end(), agree)) return true;
    std::erase_if(parts, is_placeholder);
    return parts == wanted;
}

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string example(const Description& d)
{
    const std::string group = group_of(d.path);
    const std::string value = d.row.type == Row::Type::items ? "" : d.row.preset.empty() ? "..." : d.row.preset_text();
    if (d.row.items)
        return d.row.items->named ? fmt::format("[{}.NAME]", d.path) : fmt::format("[[{}]]\n  id = \"NAME\"", d.path);
    if (d.row.type == Row::Type::series)
        return fmt::format("[{}]\n  {} = [{{from = 2015-01-01, {} = {}}}]", group, last_of(d.path), d.row.value_name,
                           value);
    const bool in_list = group.ends_with(".ID");
    const std::string header = group.empty() ? ""
                               : in_list     ? fmt::format("[[{}]]\n  ", group_of(group))
                                             : fmt::format("[{}]\n  ", group);
    return fmt::format("{}{} = {}", header, last_of(d.path), value);
}

std::string entry(const Description& d)
{
    std::string text = fmt::format("{}\n  {}\n  {}\n", d.path, summary(d.row), d.row.help);
    if (!d.kinds.empty()) text += fmt::format("  of kind: {}\n", joined(d.kinds));
    if (d.row.items && !d.row.items->kinds.empty()) text += fmt::format("  kinds: {}\n", joined(d.row.items->kinds));
    if (!d.row.source.empty()) text += fmt::format("  source of the default: {}\n", d.row.source);
    return text + fmt::format("\n  {}\n", example(d));
}

std::string short_entry(const Description& d) { return fmt::format("  {:<32} {}\n", d.path, d.row.help); }

bool lies_in(const Description& d, const std::string& group)
{
    if (d.path.starts_with(group + ".")) return true;
    return std::count(d.kinds.begin(), d.kinds.end(), group) > 0;
}

std::string cell(std::string text)
{
    for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
    return text;
}

} // namespace

std::optional<std::string> explain(const KeyTable& table, const std::string& name)
{
    const std::vector<Description> all = describe(table);
    std::string text;
    for (const Description& d : all)
        if (d.path == name || matches(d.path, name)) text += (text.empty() ? "" : "\n") + entry(d);
    std::string members;
    for (const Description& d : all)
        if (lies_in(d, name)) members += short_entry(d);
    if (!members.empty()) {
        const auto section = table.sections().find(name);
        const std::string about = section == table.sections().end() ? std::string() : "  " + section->second + "\n";
        text += fmt::format("{}{}\n{}{}", text.empty() ? "" : "\n", name, about, members);
    }
    for (const Description& d : all)
        if (text.empty() && last_of(d.path) == name) text += entry(d);
    return text.empty() ? std::nullopt : std::optional(text);
}

std::vector<std::string> explainable(const KeyTable& table)
{
    std::set<std::string> names;
    for (const Description& d : describe(table)) {
        names.insert(d.path);
        names.insert(last_of(d.path));
        if (!group_of(d.path).empty()) names.insert(split(d.path).front());
        names.insert(d.kinds.begin(), d.kinds.end());
    }
    return {names.begin(), names.end()};
}

std::string reference_page(const KeyTable& table, const std::string& program)
{
    std::string text = fmt::format(
        "# Keys of a scenario\n\nWritten by `{} explain --markdown` from the table of keys; do not edit.\n", program);
    std::string current = "\n";
    for (const Description& d : describe(table)) {
        const std::string group = group_of(d.path);
        if (group != current) {
            const auto section = table.sections().find(group);
            text += fmt::format("\n## {}\n\n{}", group.empty() ? "(top level)" : group,
                                section == table.sections().end() ? "" : section->second + "\n\n");
            text += "| key | value | meaning | source of the default |\n|---|---|---|---|\n";
            current = group;
        }
        const std::string kinds = d.kinds.empty() ? "" : fmt::format(" (kind {})", joined(d.kinds));
        text += fmt::format("| `{}` | {} | {}{} | {} |\n", last_of(d.path), cell(summary(d.row)), cell(d.row.help),
                            kinds, cell(d.row.source));
    }
    return text;
}

} // namespace sim::scenario
