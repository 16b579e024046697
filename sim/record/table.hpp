#pragma once

#include "sim/base/archive.hpp"
#include "sim/base/sha256.hpp"
#include "sim/record/h5_file.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sim::record {

/// Storage and description of one column: a dataset whose first dimension is the table's growing one.
struct ColumnSpec {
    std::string name{};
    Kind kind = Kind::f64;
    std::vector<std::string> scales{}; // paths of the scales of the other dimensions
    std::vector<h5::Length> widths{};  // their lengths
    std::vector<Attribute> attributes{};
    std::vector<std::string> meanings{}; // of an enumeration
};

/// Columns that grow together by rows in one group of a file. Rows gather in a buffer and go to the file as whole chunks. When the first
/// column has the dimension's name it is its coordinate.
class Table {
public:
    /// @param group       "" for the root, else "/name"
    /// @param chunk_rows  rows of one chunk while running
    Table(std::string group, std::string dimension, std::vector<ColumnSpec> columns, h5::Length chunk_rows);

    /// Creates the datasets. @p final_rows is the number of rows to come where it is known, which makes chunks long.
    void create(h5::File& file, std::optional<h5::Length> final_rows = {}) const;

    /// Gives column @p column its values in the open row, again where it has some. Reals into an integer column throw std::logic_error,
    /// so does a wrong count.
    void set(std::size_t column, std::span<const std::int64_t> values);
    void set(std::size_t column, std::span<const double> values);
    /// Closes the row. A real column that was not set is NaN; for an integer one std::logic_error names it.
    void end_row();

    bool full() const { return buffered_ >= chunk_rows_; }
    std::size_t columns() const { return columns_.size(); }
    h5::Length buffered() const { return buffered_; }
    h5::Length rows() const { return written_ + buffered_; }

    /// Writes the buffered rows.
    void write(h5::File& file);

    /// Copies all rows to a file of the same layout; IoError when what is read differs from what was written.
    void copy(const h5::File& from, h5::File& to) const;
    /// All rows, the buffered ones too; a table without rows takes them in.
    void visit_state(Archive& archive, const h5::File& file);
    /// Stores each column's SHA-256 as attribute `sha256`.
    void seal(h5::File& file) const;

private:
    struct ColumnState {
        h5::Length width = 1; // numbers per row
        std::vector<std::byte> buffer;
        Sha256 digest;
    };
    template <class T>
    void put(std::size_t column, std::span<const T> values);
    [[nodiscard]] std::vector<std::byte> rows_of(std::size_t column, const h5::File& file) const;
    std::string path(const std::string& name) const { return group_ + "/" + name; }
    std::size_t row_bytes(std::size_t column) const { return states_[column].width * size_of(columns_[column].kind); }
    bool has_coordinate() const { return columns_[0].name == dimension_; }
    void create_column(h5::File& file, const ColumnSpec& column, std::optional<h5::Length> final_rows) const;

    std::string group_, dimension_;
    std::vector<ColumnSpec> columns_;
    std::vector<ColumnState> states_;
    h5::Length chunk_rows_, buffered_ = 0, written_ = 0;
};

} // namespace sim::record
