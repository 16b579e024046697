#pragma once

#include <string>

#include "sim/scenario/load.hpp"
#include "sim/scenario/values.hpp"

namespace sim::scenario {

/// Checks a whole document against a table of keys, stores each value, and returns the document with every default filled in.
class Validator {
public:
    Validator(Loaded& loaded, Library& library, Errors& errors)
        : loaded_(loaded), errors_(errors), read_value_(library, errors)
    {
    }

    Node operator()(const KeyTable& table, const Node& document) { return table_of(table, document, ""); }

private:
    // A source that names a key of an item, "shock.oil.size"; it waits until the items have been read.
    struct ItemNote {
        const Row& row;
        std::string group, key; // of the table it was written in, and as it was written there
        const Node& note;
    };

    // One table of keys being read: where it lies in the document, and what has been found of it so far.
    struct Reading {
        const KeyTable& table;
        std::string prefix; // "" or "shock.oil"
        std::map<std::string, const Node*, std::less<>> given{};
        Node::Table result{};
        std::vector<ItemNote> item_notes{};
    };

    Node table_of(const KeyTable& table, const Node& given, const std::string& prefix);
    void collect(Reading& reading, const Node& given, const std::string& group);
    void unknown_key(const Reading& reading, const std::string& group, const std::string& key, const Node& node);
    void read_row(Reading& reading, const Row& row, const Node& scope);
    void fill_preset(Reading& reading, const Row& row, const std::string& path, const Node& scope);
    void read_sources(Reading& reading, const Node& given, const std::string& group);
    void read_item_note(Reading& reading, const ItemNote& note);
    static void keep_note(Reading& reading, const std::string& group, const std::string& key, const Node& note);
    void default_sources(const Reading& reading);

    void read_list(Reading& reading, const Row& row, const Node& given, const std::string& path);
    void read_named(Reading& reading, const Row& row, const Node& given, const std::string& path);
    bool read_item(const Row& row, const std::string& id, const Node& given, const std::string& path, Node& result);
    bool is_good_id(const std::string& id, const Position& where, const std::string& path);

    static Node& slot(Node::Table& result, const std::string& key);

    Loaded& loaded_;
    Errors& errors_;
    ValueReader read_value_;
};

} // namespace sim::scenario
