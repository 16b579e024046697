#include "sim/scenario/describe.hpp"

#include <algorithm>

namespace sim::scenario {
namespace {

bool is_same(const Description& a, const Description& b)
{
    return a.path == b.path && a.row.help == b.row.help && summary(a.row) == summary(b.row);
}

class Describer {
public:
    std::vector<Description> result;

    void operator()(const KeyTable& table, const std::string& prefix, const std::string& kind)
    {
        for (const Row& row : table.rows()) {
            add(row, prefix + row.key, kind);
            if (row.items) add_items(row, prefix + row.key);
        }
    }

private:
    void add(const Row& row, const std::string& path, const std::string& kind)
    {
        Description description{path, {}, row};
        description.row.store = nullptr;
        if (!kind.empty()) description.kinds = {kind};
        const auto known =
            std::find_if(result.begin(), result.end(), [&](const Description& d) { return is_same(d, description); });
        if (known == result.end())
            result.push_back(std::move(description));
        else
            known->kinds.push_back(kind);
    }

    void add_items(const Row& row, const std::string& path)
    {
        const std::string inner = path + (row.items->named ? ".NAME." : ".ID.");
        std::vector<std::string> kinds = row.items->kinds;
        if (kinds.empty()) kinds.emplace_back();
        for (const std::string& kind : kinds)
            row.items->describe(kind, [&](const KeyTable& table) { (*this)(table, inner, kind); });
        for (Description& description : result) // a key that every kind has belongs to the item
            if (description.path.starts_with(inner) && description.kinds.size() == kinds.size())
                description.kinds.clear();
    }
};

} // namespace

std::vector<Description> describe(const KeyTable& table)
{
    Describer describer;
    describer(table, "", "");
    return std::move(describer.result);
}

std::string summary(const Row& row)
{
    std::string text = row.type_name();
    const std::string range = row.range.text();
    if (range.starts_with('[') || range.starts_with('('))
        text += " in " + range;
    else if (!range.empty())
        text += " " + range;
    for (std::size_t i = 0; i < row.allowed.size(); ++i) text += (i == 0 ? ": " : " | ") + row.allowed[i];
    if (!row.unit.empty() && row.unit != "1") text += ", in " + row.unit;
    if (row.is_required) text += ", required";
    if (!row.preset.empty()) text += ", default " + row.preset_text();
    return text;
}

} // namespace sim::scenario
