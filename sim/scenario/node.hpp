#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/base/errors.hpp"

namespace sim::scenario {

/// A value of a scenario, with the place it was written at; tables and arrays hold further nodes.
struct Node {
    using Array = std::vector<Node>;
    using Table = std::map<std::string, Node, std::less<>>;
    struct Clock {
        std::string text;
    }; ///< a time of day or a date with time: legal TOML, used by no key

    std::variant<std::monostate, bool, std::int64_t, double, std::string, Date, Clock, Array, Table> value;
    Position where;     ///< of the value
    Position key_where; ///< of its key

    template <class T>
    [[nodiscard]] const T* as() const
    {
        return std::get_if<T>(&value);
    }
    template <class T>
    [[nodiscard]] T* as()
    {
        return std::get_if<T>(&value);
    }
    [[nodiscard]] bool empty() const { return std::holds_alternative<std::monostate>(value); }

    /// Kind of the value in words, for messages: "an integer", "text", "a table"...
    [[nodiscard]] const char* kind() const;

    /// Member of a table, nullptr when this is no table or has no such key.
    [[nodiscard]] const Node* find(std::string_view key) const;

    /// The same for a dotted key, of tables within tables; the node itself for "".
    [[nodiscard]] const Node* find_dotted(std::string_view key) const;

    /// Text member of a table, "" when absent or no text.
    [[nodiscard]] std::string text_at(std::string_view key) const;
};

/// A node without a place, for trees that are built rather than read.
template <class T>
Node make_node(T value)
{
    Node node;
    node.value = std::move(value);
    return node;
}
inline Node make_node(const char* text) { return make_node(std::string(text)); }

/// Lays one tree over another: tables merge deeply, arrays are replaced, arrays of tables merge by their `id`.
void merge(Node& base, const Node& over);

/// Key as it is written in a path: as it is when it is a bare key, quoted otherwise.
std::string path_part(std::string_view key);

/// "a.b" from "a" and "b"; "b" when the prefix is empty.
std::string join(std::string_view prefix, std::string_view key);

} // namespace sim::scenario
