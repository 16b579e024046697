#pragma once

// Private to recorder*.cpp.
#include "sim/record/fixed_table.hpp"
#include "sim/record/h5_file.hpp"
#include "sim/record/output_file.hpp"
#include "sim/record/recorder.hpp"
#include "sim/record/table.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sim::record {

/// The file under way and what it holds. Rows are on the disk after save().
struct RecorderState {
    RecorderState(std::string path, std::vector<Axis> axes, std::string calendar, std::string start,
                  std::vector<Attribute> attributes);

    std::size_t add(Table table);
    void row_done(std::size_t table); // passes a full chunk on; one of the main table (the first) also saves the file
    void save();                      // all rows so far to X.h5.partial
    void seal(h5::File& to, Status status, const std::string& reason) const;
    h5::File repacked() const;

    std::optional<OutputFile> output; // none: rows stay in memory
    std::vector<Axis> axes;
    std::string calendar, start;
    std::vector<Attribute> attributes;
    std::vector<Table> tables;
    std::vector<std::pair<std::string, FixedTable>> fixed; // by group
    h5::File file;                                         // in memory, with short chunks

private:
    void create_root(h5::File& to) const;
};

/// The columns of a table of series: time, its bounds, then one per series.
std::vector<ColumnSpec> series_columns(const RecorderState& state, const std::vector<Series>& series);
/// The columns of a panel.
std::vector<ColumnSpec> panel_columns(const std::vector<Column>& columns);

/// Writes a whole table into a new group of the file.
void create_fixed(h5::File& file, const RecorderState& state, const std::string& group, const FixedTable& table);

} // namespace sim::record
