#pragma once

// Private to recorder*.cpp.
#include "sim/record/h5_file.hpp"
#include "sim/record/io_error.hpp"
#include "sim/record/output_file.hpp"
#include "sim/record/table.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sim::record {

/// The file under way and what it holds.
struct RecorderState {
    RecorderState(std::string path, std::vector<Axis> axes, std::string calendar, std::string start, std::vector<Attribute> attributes);

    std::size_t add(Table table);      // creates it in the partial file
    void row_done(std::size_t table);  // writes the table when a chunk is full
    void write_chunk(Table& table);
    void write_tail();                 // whatever is buffered, in all tables
    void seal(h5::File& file, const std::string& status, const std::string& reason) const;
    void repack(const std::string& status, const std::string& reason);

    /// Runs f on the partial file. After a failure the file is frozen as it is on the disk and every later call fails.
    template <class F>
    void guarded(F&& f)
    {
        if (!partial) throw IoError(output.partial(), "write the result", "the file is closed after an earlier failure");
        try {
            f();
        } catch (const IoError&) {
            partial->freeze();
            partial.reset();
            throw;
        }
    }

    OutputFile output;
    std::vector<Axis> axes;
    std::string calendar, start;
    std::vector<Attribute> attributes;
    std::vector<Table> tables;
    std::optional<h5::File> partial;

private:
    void create_root(h5::File& file) const;
};

/// The columns of a table of series: time, its bounds, then one per series.
std::vector<ColumnSpec> series_columns(const RecorderState& state, const std::vector<Series>& series);
/// The columns of a panel.
std::vector<ColumnSpec> panel_columns(const std::vector<Column>& columns);

} // namespace sim::record
