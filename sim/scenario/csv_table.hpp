#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/errors.hpp"
#include "sim/scenario/csv_text.hpp"
#include "sim/scenario/key_table.hpp"

namespace sim::scenario {

/// What a table must look like.
struct CsvShape {
    std::vector<std::string> columns;  ///< that must be there; others are allowed
    std::vector<std::string> unique{}; ///< columns that together name a row; a second row of the same name is an error
    bool has_provenance =
        true; ///< a column `provenance` (read|computed|assumed, then `: remark`) and a `# source:` line
};

/// What a table holds.
struct CsvContent {
    std::shared_ptr<const Source> source{};
    std::map<std::string, std::size_t, std::less<>> columns{};
    std::vector<std::vector<CsvCell>> rows{};
    std::map<std::string, std::string> remarks{};
};

/// A table of a scenario: `#` lines on top with title, unit, year, source and licence as `# key: value`, then a header
/// line and rows of comma-separated cells (RFC 4180 quotes). Errors are collected with the place of the cell; a cell that
/// cannot be read gives 0, "" or index 0, so that the rest is checked too. `errors` must outlive the table.
class CsvTable {
public:
    static CsvTable read(const std::string& path, const CsvShape& shape, Errors& errors);
    static CsvTable parse(std::string name, std::string text, const CsvShape& shape, Errors& errors);

    [[nodiscard]] std::size_t rows() const { return content_->rows.size(); }
    [[nodiscard]] bool has(std::string_view column) const
    {
        return content_->columns.find(column) != content_->columns.end();
    }

    [[nodiscard]] std::string_view text(std::size_t row, std::string_view column) const;
    [[nodiscard]] bool is_blank(std::size_t row, std::string_view column) const { return text(row, column).empty(); }
    double number(std::size_t row, std::string_view column, Range range = Range::any()) const;
    std::int64_t integer(std::size_t row, std::string_view column, Range range = Range::any()) const;
    Date date(std::size_t row, std::string_view column) const;

    /// Index of the cell's text among known names; else an error with a suggestion.
    /// @param what  the kind of name, for the message: "sector"
    std::size_t one_of(std::size_t row, std::string_view column, const std::vector<std::string>& known,
                       std::string_view what) const;

    /// Every text of a column, in the order of the rows.
    [[nodiscard]] std::vector<std::string> column(std::string_view name) const;

    /// Place of a cell, for errors of the caller.
    [[nodiscard]] Position where(std::size_t row, std::string_view column) const;
    [[nodiscard]] Position where() const { return {content_->source, 0, 0}; }

    /// Value of a `# key: value` line ("" when absent; several are joined by "; ").
    [[nodiscard]] std::string remark(const std::string& key) const;

private:
    [[nodiscard]] const CsvCell* cell(std::size_t row, std::string_view column) const;

    std::shared_ptr<const CsvContent> content_ = std::make_shared<const CsvContent>(); // shared by copies, see ReadOnce
    Errors* errors_ = nullptr;
};

} // namespace sim::scenario
