#include "sim/scenario/toml.hpp"

#include <algorithm>
#include <sstream>

#define TOML_HEADER_ONLY 0
#define TOML_SHARED_LIB 1
#include <toml++/toml.h>

namespace sim::scenario {
namespace {

constexpr int most_dots = 200; // deeper keys would exhaust the stack of any reader

class Converter {
public:
    explicit Converter(std::shared_ptr<const Source> source) : source_(std::move(source)) {}

    Node operator()(const toml::node& given) const
    {
        Node node;
        node.where = at(given.source().begin);
        given.visit([&](const auto& value) { node.value = convert(value); });
        return node;
    }

private:
    using Value = decltype(Node::value);

    [[nodiscard]] Position at(const toml::source_position& position) const
    {
        return {source_, static_cast<int>(position.line), static_cast<int>(position.column)};
    }

    [[nodiscard]] Value convert(const toml::table& given) const
    {
        Node::Table table;
        for (const auto& [key, value] : given) {
            Node node = (*this)(value);
            node.key_where = at(key.source().begin);
            table.emplace_hint(table.end(), std::string(key.str()), std::move(node));
        }
        return table;
    }

    [[nodiscard]] Value convert(const toml::array& given) const
    {
        Node::Array array;
        array.reserve(given.size());
        for (const toml::node& element : given) array.push_back((*this)(element));
        return array;
    }

    [[nodiscard]] static Value convert(const toml::value<bool>& v) { return v.get(); }
    [[nodiscard]] static Value convert(const toml::value<std::int64_t>& v) { return v.get(); }
    [[nodiscard]] static Value convert(const toml::value<double>& v) { return v.get(); }
    [[nodiscard]] static Value convert(const toml::value<std::string>& v) { return v.get(); }
    [[nodiscard]] static Value convert(const toml::value<toml::date>& v)
    {
        return Date{v.get().year, v.get().month, v.get().day};
    }
    template <class T>
    [[nodiscard]] static Value convert(const toml::value<T>& v)
    {
        std::ostringstream text;
        text << v.get();
        return Node::Clock{text.str()};
    }

    std::shared_ptr<const Source> source_;
};

// What the parser said, made useful: where the value starts, and what to write instead.
class SyntaxError {
public:
    SyntaxError(const std::shared_ptr<const Source>& source, const toml::parse_error& error)
        : message_(error.description()), where_{source, static_cast<int>(error.source().begin.line),
                                                static_cast<int>(error.source().begin.column)}
    {
    }

    void report(Errors& errors)
    {
        const bool about_value = mentions("boolean") || mentions("integer") || mentions("floating-point") ||
                                 mentions("parsing date") || mentions("parsing time") || mentions("value type");
        if (mentions("cannot redefine"))
            twice(errors);
        else if (about_value)
            value(errors);
        else
            errors.add(where_, "not valid TOML: {}", shortened()).help(hint());
    }

private:
    [[nodiscard]] bool mentions(const char* words) const { return message_.find(words) != std::string::npos; }

    [[nodiscard]] std::string shortened() const
    {
        const std::string prefix = "Error while parsing ";
        return message_.starts_with(prefix) ? message_.substr(prefix.size()) : message_;
    }

    [[nodiscard]] std::string hint() const
    {
        if (mentions("expected keys, tables") && mentions("saw '\\") == false)
            return "a line is `key = value`, `[table]` or `[[list]]`; other keys than a-z A-Z 0-9 _ - need quotes";
        if (mentions("expected a comment or whitespace"))
            return "one value per key; numbers are written without thousands separators or units, text in quotes";
        if (mentions("string")) return "text is closed by the quote it began with, on the same line";
        return {};
    }

    void twice(Errors& errors)
    {
        const std::string_view line = where_.source->line(where_.line);
        const std::size_t first = line.find_first_not_of(" \t");
        if (first != std::string_view::npos && line.find('{') == std::string_view::npos)
            where_.column = static_cast<int>(first) + 1;
        const std::size_t quote = message_.find('\'');
        errors.add(where_, "{} is given twice", message_.substr(quote))
            .help("a key or table may appear once in a file; remove one of them");
    }

    void value(Errors& errors)
    {
        const std::string token = move_to_token();
        auto& finding = errors.add(where_, "'{}' is not a value ({})", token, shortened());
        const char first = token.empty() ? ' ' : token.front();
        if (token == "True" || token == "False" || token == "TRUE" || token == "FALSE")
            finding.help("truth values are written true and false");
        else if (mentions("representable") || mentions("could not be interpreted"))
            finding.help("the number is too large to be held");
        else if (mentions("date"))
            finding.help("dates are written YYYY-MM-DD, without quotes: 2015-01-31");
        else if ((first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z'))
            finding.help(fmt::format("text needs quotes: \"{}\"", token));
        else
            finding.help("numbers are written like 1200, 0.05 or 1e6, without thousands separators or units");
    }

    // Puts the place at the first character of the value that could not be read, and returns the value's text.
    std::string move_to_token()
    {
        const std::string_view line = where_.source->line(where_.line);
        const auto is_stop = [](char c) {
            return c == '=' || c == ',' || c == '[' || c == '{' || c == ' ' || c == '\t';
        };
        std::size_t begin = 0;
        int characters = 0;
        for (std::size_t i = 0; i < line.size() && characters < where_.column - 1; ++i)
            if ((static_cast<unsigned char>(line[i]) & 0xC0U) != 0x80U) ++characters, begin = i + 1;
        begin = std::min(begin, line.size());
        while (begin > 0 && is_stop(line[begin - 1]) && begin == line.size()) --begin;
        while (begin > 0 && !is_stop(line[begin - 1])) --begin;
        std::size_t end = begin;
        while (end < line.size() && !is_stop(line[end]) && line[end] != ']' && line[end] != '}' && line[end] != '#')
            ++end;
        where_.column = 1 + static_cast<int>(
                                std::count_if(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(begin),
                                              [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
        return std::string(line.substr(begin, std::min<std::size_t>(end - begin, 40)));
    }

    std::string message_;
    Position where_;
};

// Line of the first key of more than `most_dots` parts, 0 when there is none.
int too_deep(std::string_view text)
{
    int line = 1;
    int dots = 0;
    for (const char c : text) {
        if (c == '\n') ++line;
        if (c == '.' && ++dots > most_dots) return line;
        const bool of_key = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                            c == '-' || c == '.' || c == ' ' || c == '\t' || c == '"' || c == '\'';
        if (!of_key) dots = 0;
    }
    return 0;
}

} // namespace

std::optional<Node> parse_toml(const std::shared_ptr<const Source>& source, std::string_view text, Errors& errors)
{
    if (const int line = too_deep(text); line > 0) {
        errors.add({source, line, 1}, "a key of more than {} parts is refused (nested too deeply)", most_dots);
        return std::nullopt;
    }
    try {
        const toml::table table = toml::parse(text, std::string_view(source->name));
        Node node = Converter(source)(table);
        node.where = {source, 0, 0};
        return node;
    } catch (const toml::parse_error& error) {
        SyntaxError(source, error).report(errors);
        return std::nullopt;
    }
}

} // namespace sim::scenario
