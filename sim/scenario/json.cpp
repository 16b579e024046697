#include "sim/scenario/json.hpp"

#include <cmath>

namespace sim::scenario {
namespace {

// Length of the UTF-8 character that begins at a byte, 0 when there is none.
std::size_t character_length(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const unsigned first = byte(at);
    const std::size_t length = first < 0x80U              ? 1
                               : (first & 0xE0U) == 0xC0U ? 2
                               : (first & 0xF0U) == 0xE0U ? 3
                               : (first & 0xF8U) == 0xF0U ? 4
                                                          : 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(at + i) & 0xC0U) != 0x80U) return 0;
    return length;
}

class JsonWriter {
public:
    explicit JsonWriter(int indent) : indent_(indent) {}

    std::string text;

    void operator()(const Node& node, int level)
    {
        if (const auto* table = node.as<Node::Table>())
            write_table(*table, level);
        else if (const auto* array = node.as<Node::Array>())
            write_array(*array, level);
        else
            text += scalar(node);
    }

private:
    static std::string scalar(const Node& node)
    {
        if (const auto* flag = node.as<bool>()) return *flag ? "true" : "false";
        if (const auto* integer = node.as<std::int64_t>()) return fmt::format("{}", *integer);
        if (const auto* number = node.as<double>()) return json_number(*number);
        if (const auto* words = node.as<std::string>()) return json_text(*words);
        if (const auto* date = node.as<Date>()) return json_text(to_string(*date));
        if (const auto* clock = node.as<Node::Clock>()) return json_text(clock->text);
        return "null";
    }

    void write_table(const Node::Table& table, int level)
    {
        bool first = true;
        text += '{';
        for (const auto& [key, value] : table) {
            separate(first, level + 1);
            text += json_text(key) + ": ";
            (*this)(value, level + 1);
        }
        close(first, level, '}');
    }

    void write_array(const Node::Array& array, int level)
    {
        bool first = true;
        text += '[';
        for (const Node& element : array) {
            separate(first, level + 1);
            (*this)(element, level + 1);
        }
        close(first, level, ']');
    }

    void separate(bool& first, int level)
    {
        if (!first) text += indent_ < 0 ? ", " : ",";
        first = false;
        new_line(level);
    }

    void close(bool is_empty, int level, char bracket)
    {
        if (!is_empty) new_line(level);
        text += bracket;
    }

    void new_line(int level)
    {
        if (indent_ >= 0) text += '\n' + std::string(static_cast<std::size_t>(indent_ * level), ' ');
    }

    int indent_;
};

} // namespace

std::string json_text(std::string_view text)
{
    std::string result = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = character_length(text, at);
        const char c = text[at];
        if (length == 0)
            result += "\xef\xbf\xbd";
        else if (c == '"' || c == '\\')
            result += std::string("\\") + c;
        else if (c == '\n')
            result += "\\n";
        else if (static_cast<unsigned char>(c) < 0x20U)
            result += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        else
            result += text.substr(at, length);
        at += length == 0 ? 1 : length;
    }
    return result + "\"";
}

std::string json_number(double value)
{
    if (!std::isfinite(value)) return "null";
    std::string text = fmt::format("{}", value);
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string write_json(const Node& node, int indent)
{
    JsonWriter writer(indent);
    writer(node, 0);
    return std::move(writer.text);
}

} // namespace sim::scenario
