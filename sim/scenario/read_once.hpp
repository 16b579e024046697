#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <tuple>

#include "sim/scenario/csv_table.hpp"

namespace sim::scenario {

/// While one lives, data files are read, digested and taken apart once, and not again: a design of a thousand points is checked against one
/// state of the data, and does not take a thousand readings. What had errors is read anew each time, so that each reader tells them.
/// Threads may share one; it is made before they start and outlives them. Of two that live at once the later one counts.
class ReadOnce {
public:
    ReadOnce();
    ~ReadOnce();
    ReadOnce(const ReadOnce&) = delete;
    ReadOnce& operator=(const ReadOnce&) = delete;

    /// SHA-256 of a file, as text.
    /// @param real  canonical path
    /// @throws IoError  see read_bytes
    static std::string digest(const std::filesystem::path& real, std::size_t limit);

    /// A table of this shape that was read from the path before; nullptr for none.
    static std::shared_ptr<const CsvContent> table(const std::string& path, const CsvShape& shape);

    /// Keeps a table that had no errors; it is only kept while a ReadOnce lives.
    static void keep(const std::string& path, const CsvShape& shape, std::shared_ptr<const CsvContent> content);

private:
    using TableKey = std::tuple<std::string, std::vector<std::string>, std::vector<std::string>, bool>;
    static TableKey key(const std::string& path, const CsvShape& shape);

    ReadOnce* outer_;
    std::mutex mutex_;
    std::map<std::filesystem::path, std::string> digests_;
    std::map<TableKey, std::shared_ptr<const CsvContent>> tables_;
};

} // namespace sim::scenario
