#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "sim/scenario/key_table.hpp"
#include "sim/scenario/library.hpp"

namespace sim::scenario {

/// How to read a scenario.
struct LoadOptions {
    std::vector<std::string> overrides{}; ///< "key=value" each, later ones win
    std::filesystem::path root{};         ///< scenario root; empty: found from the scenario (see Library)
    std::filesystem::path shipped{};      ///< folder of the shipped scenarios
    std::string scheme = "fabrica";       ///< word before the colon of shipped names
};

/// What a scenario said, after everything it extends, the overrides and the defaults were put together.
struct Loaded {
    std::string name;            ///< of the scenario, as given
    std::string root;            ///< folder that the files it names lie in
    std::string text;            ///< canonical TOML of every value, defaults too; loading it gives the same values
    std::string sha256;          ///< of `text`
    std::vector<FileRead> files; ///< every file read, with its digest
    std::map<std::string, std::string> sources; ///< key -> where its value comes from, in words
    Node values;                                ///< what `text` was written from

    /// Place of a key, of the table around it when the key was not given, else of the scenario as a whole.
    /// Items of lists and named tables are addressed by their id: "shock.oil.size".
    [[nodiscard]] Position where(const std::string& key) const;

    /// Whether the scenario (or an override) gave the key.
    [[nodiscard]] bool given(const std::string& key) const { return places.count(key) > 0; }

    /// "file:line:column", "--set:1:10" or "default".
    [[nodiscard]] std::string origin(const std::string& key) const;

    /// `text` with the origin of each value as a comment.
    [[nodiscard]] std::string annotated() const;

    std::map<std::string, Position> places; ///< of every key given
    Position whole;                         ///< the scenario as a whole
};

/// Reads a scenario into the variables bound in the table. All errors are collected; the result is only to be used when
/// there are none. Nothing is changed in `table` itself.
Loaded load(const std::string& scenario, const LoadOptions& options, const KeyTable& table, Errors& errors);

/// The same for a text in memory, such as the resolved scenario kept in a result.
/// @param name    shown in messages
/// @param folder  the files it names are looked for from the scenario root of this folder
Loaded load_text(const std::string& name, std::string text, const std::filesystem::path& folder,
                 const LoadOptions& options, const KeyTable& table, Errors& errors);

} // namespace sim::scenario
