#include "sim/scenario/toml.hpp"

#include <algorithm>

namespace sim::scenario {
namespace {

std::string quoted(const std::string& text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result += std::string("\\") + c;
        else if (c == '\n')
            result += "\\n";
        else if (c == '\t')
            result += "\\t";
        else if (static_cast<unsigned char>(c) < 0x20U || c == 0x7f)
            result += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        else
            result += c;
    }
    return result + "\"";
}

bool is_list_of_tables(const Node& node)
{
    const auto* array = node.as<Node::Array>();
    return array != nullptr && !array->empty() &&
           std::all_of(array->begin(), array->end(), [](const Node& n) { return n.find("id") != nullptr; });
}

class Writer {
public:
    explicit Writer(const std::function<std::string(const std::string&)>& comment) : comment_(comment) {}

    std::string text;

    // `origin` is the path in the sense of `--set`: list items by their id.
    void table(const Node& node, const std::string& path, const std::string& origin)
    {
        const auto& members = *node.as<Node::Table>();
        for (const auto& [key, value] : members)
            if (!is_section(value)) line(key, value, join(origin, key));
        for (const auto& [key, value] : members) {
            if (!is_section(value)) continue;
            if (value.as<Node::Table>() != nullptr)
                section(value, join(path, key), join(origin, key));
            else
                for (const Node& item : *value.as<Node::Array>())
                    header("[[" + join(path, key) + "]]"),
                        table(item, join(path, key), join(join(origin, key), item.text_at("id")));
        }
    }

private:
    static bool is_section(const Node& node) { return node.as<Node::Table>() != nullptr || is_list_of_tables(node); }

    void header(const std::string& line) { text += (text.empty() ? "" : "\n") + line + "\n"; }

    void section(const Node& node, const std::string& path, const std::string& origin)
    {
        const auto& members = *node.as<Node::Table>();
        const bool only_sections =
            std::all_of(members.begin(), members.end(), [](const auto& m) { return is_section(m.second); });
        if (!only_sections || members.empty()) header("[" + path + "]");
        table(node, path, origin);
    }

    void line(const std::string& key, const Node& value, const std::string& origin)
    {
        const std::string assignment = path_part(key) + " = " + write_value(value);
        const std::string remark = comment_ ? comment_(origin) : std::string();
        text += remark.empty() ? assignment : fmt::format("{:<40}  # {}", assignment, remark);
        text += '\n';
    }

    const std::function<std::string(const std::string&)>& comment_;
};

struct ValueWriter {
    std::string operator()(std::monostate) const { return "\"\""; }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return fmt::format("{}", value); }
    std::string operator()(double value) const { return write_number(value); }
    std::string operator()(const std::string& value) const { return quoted(value); }
    std::string operator()(Date value) const { return to_string(value); }
    std::string operator()(const Node::Clock& value) const { return value.text; }
    std::string operator()(const Node::Array& array) const
    {
        std::string result = "[";
        for (const Node& element : array) result += (result.size() > 1 ? ", " : "") + write_value(element);
        return result + "]";
    }
    std::string operator()(const Node::Table& table) const
    {
        std::string result = "{";
        for (const auto& [key, value] : table)
            result += (result.size() > 1 ? ", " : "") + path_part(key) + " = " + write_value(value);
        return result + "}";
    }
};

} // namespace

std::string write_number(double value)
{
    std::string text = fmt::format("{}", value);
    if (text.find_first_of(".en") == std::string::npos) text += ".0"; // `n`: nan, inf
    return text;
}

std::string write_value(const Node& value) { return std::visit(ValueWriter{}, value.value); }

std::string write_toml(const Node& table, const std::function<std::string(const std::string& path)>& comment)
{
    Writer writer(comment);
    writer.table(table, "", "");
    return std::move(writer.text);
}

} // namespace sim::scenario
