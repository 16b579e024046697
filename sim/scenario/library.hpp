#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/errors.hpp"

namespace sim::scenario {

/// A file that was read for a run.
struct FileRead {
    std::string name; ///< relative to the scenario root, or "fabrica:..." for a shipped one: the same on every machine
    std::string path; ///< where it was found
    std::string sha256; ///< 64 hexadecimal digits
};

/// Position scenarios and the files they name are looked for. No file outside the root is ever read.
class Library {
public:
    /// @param scheme   word before the colon of shipped names ("fabrica" for "fabrica:china")
    /// @param shipped  folder of the shipped scenarios; empty when there is none
    /// @param root     scenario root; empty for the nearest ancestor of the scenario that holds `data/`, else its folder
    Library(std::string scheme, const std::filesystem::path& shipped, const std::filesystem::path& root);

    /// Opens the scenario named on the command line: a path, or "fabrica:china". Nothing when it cannot be read.
    std::shared_ptr<const Source> open(const std::string& name, Errors& errors);

    /// Opens the scenario that another one extends.
    std::shared_ptr<const Source> open_base(const std::string& name, const Position& from, Errors& errors);

    /// Makes a text that is no file (overrides, a text from a result) count as lying in a folder.
    void adopt(const std::shared_ptr<const Source>& source, const std::shared_ptr<const Source>& beside);
    void adopt(const std::shared_ptr<const Source>& source, const std::filesystem::path& folder);

    /// Resolves a file or folder that a scenario names, and notes its digest (of a folder: those of the files in it).
    struct Found {
        std::string path;     ///< to open it
        std::string portable; ///< to write it into a resolved scenario
    };
    enum class Wanted { file, folder };
    std::optional<Found> find(const std::string& name, const Position& from, Wanted wanted, Errors& errors,
                              bool from_root = false);

    [[nodiscard]] const std::vector<FileRead>& files() const { return files_; }
    /// Root of the scenario that was opened or adopted first.
    [[nodiscard]] const std::filesystem::path& root() const { return main_.root; }

private:
    struct Place {
        std::filesystem::path folder; // as shown to the user
        std::filesystem::path root;   // canonical
    };
    struct Target {
        std::filesystem::path shown;
        std::filesystem::path real;
        std::filesystem::path root;
    };

    std::optional<Target> resolve(const std::string& name, const Place& from, const Position& where,
                                  Errors& errors) const;
    std::shared_ptr<const Source> read(const Target& target, const Position& where, Errors& errors);
    [[nodiscard]] std::string near_name(const std::string& name, const Target& target) const;
    [[nodiscard]] std::string portable(const Target& target) const;
    [[nodiscard]] const Place& place_of(const Position& where) const;
    void note(const Target& target, const std::string& digest);

    std::string scheme_;
    std::filesystem::path shipped_;
    std::filesystem::path root_;
    std::map<std::filesystem::path, std::shared_ptr<const Source>> opened_;
    std::map<const Source*, Place> places_;
    Place main_;
    std::vector<FileRead> files_;
};

/// Whole content of a regular file of at most `limit` bytes.
/// @throws IoError saying why it cannot be read
std::string read_bytes(const std::filesystem::path& path, std::size_t limit);

/// Adds an error and returns false for a text no reader here accepts: NUL bytes, UTF-16, text that is no UTF-8. Removes a byte order mark.
bool is_clean_text(Source& source, Errors& errors);

} // namespace sim::scenario
