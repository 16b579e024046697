#pragma once

#include <optional>
#include <string>

#include "sim/scenario/key_table.hpp"
#include "sim/scenario/library.hpp"

namespace sim::scenario {

/// Checks one value against its row.
class ValueReader {
public:
    ValueReader(Library& library, Errors& errors) : library_(library), errors_(errors) {}

    struct Value {
        Node stored;  ///< as the row's variable takes it
        Node written; ///< as a resolved scenario writes it; differs for files
    };
    /// @param path  full path of the key, for messages
    /// @return      nothing when the value is refused (the error is added)
    std::optional<Value> operator()(const Row& row, const Node& given, const std::string& path);

    /// The default of a row as a value; nothing when it has none, or names a file that does not exist.
    std::optional<Value> preset(const Row& row, const std::string& path, const Position& scenario);

private:
    std::optional<Value> number(const Row& row, const Node& given, const std::string& path);
    std::optional<Value> integer(const Row& row, const Node& given, const std::string& path);
    std::optional<Value> text(const Row& row, const Node& given, const std::string& path);
    std::optional<Value> date(const Node& given, const std::string& path);
    std::optional<Value> found(const Row& row, const Node& given, const std::string& path, bool from_root);
    std::optional<Value> array(const Row& row, const Node& given, const std::string& path);
    std::optional<Value> series(const Row& row, const Node& given, const std::string& path);
    std::optional<Value> step(const Row& row, const Node& given, const std::string& path);
    std::optional<Value> wrong_type(const Node& given, const std::string& path, const std::string& wanted,
                                    std::string help = "");
    bool in_range(const Row& row, double value, const Node& given, const std::string& path);

    Library& library_;
    Errors& errors_;
};

} // namespace sim::scenario
