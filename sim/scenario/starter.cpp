#include <algorithm>

#include "sim/scenario/describe.hpp"
#include "sim/scenario/reference.hpp"
#include "sim/scenario/toml.hpp"

namespace sim::scenario {
namespace {

std::string group_of(const Row& row)
{
    const std::size_t dot = row.key.rfind('.');
    return dot == std::string::npos ? std::string() : row.key.substr(0, dot);
}

// The name is what a starter must give; everything else keeps its default until a comment sign is taken away.
void add_key(std::string& text, const Row& row, const std::string& name)
{
    const std::string key = row.key.substr(row.key.rfind('.') + 1);
    const bool is_name = row.key == "run.name";
    const std::string value = is_name ? fmt::format("\"{}\"", name) : row.preset.empty() ? "..." : row.preset_text();
    text += fmt::format("# {} ({})\n{}{} = {}\n", row.help, summary(row), is_name ? "" : "# ", key, value);
}

void add_items(std::string& text, const Row& row)
{
    const std::string header = row.items->named ? fmt::format("[{}.NAME]", row.key) : fmt::format("[[{}]]", row.key);
    text += fmt::format("\n# {}\n# {}\n", row.help, header);
    const std::string kind = row.items->kinds.empty() ? std::string() : row.items->kinds.front();
    row.items->describe(kind, [&](const KeyTable& table) {
        for (const Row& inner : table.rows()) {
            const std::string value = inner.key == "kind"    ? fmt::format("\"{}\"", kind)
                                      : inner.preset.empty() ? "..."
                                                             : inner.preset_text();
            text += fmt::format("# {} = {}  # {} ({})\n", inner.key, value, inner.help, summary(inner));
        }
    });
}

} // namespace

std::string starter(const KeyTable& table, const std::string& name, const std::string& base)
{
    std::string text = "# A scenario. Take away the comment sign of a line to change its value.\n";
    text += base.empty() ? "# extends = \"base.toml\"\n" : fmt::format("extends = \"{}\"\n", base);
    std::vector<std::string> groups = {""}; // in the order of the table; keys without a group come first
    for (const Row& row : table.rows())
        if (!row.items && std::count(groups.begin(), groups.end(), group_of(row)) == 0) groups.push_back(group_of(row));
    for (const std::string& group : groups) {
        if (!group.empty()) text += fmt::format("\n[{}]\n", group);
        for (const Row& row : table.rows())
            if (!row.items && group_of(row) == group) add_key(text, row, name);
    }
    for (const Row& row : table.rows())
        if (row.items) add_items(text, row);
    return text;
}

} // namespace sim::scenario
