#pragma once

#include "sim/base/archive.hpp"
#include "sim/base/io_error.hpp"
#include "sim/record/fixed_table.hpp"
#include "sim/record/series.hpp"

#include <concepts>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace sim::record {

class Table;
struct RecorderState;

/// How a run ended. Only a complete one is published under its name.
enum class Status { complete, interrupted, failed };

/// A second set of series with a period of its own (say, years), in a group of the result.
class SeriesTable {
public:
    SeriesTable(RecorderState& state, std::size_t table, std::vector<Series> series);

    /// Gives series @p series its values in the open period, row-major over its axes. Reals take integers, not the reverse.
    void set(std::size_t series, std::span<const std::int64_t> row);
    void set(std::size_t series, std::span<const double> row);
    template <class T>
    requires std::is_arithmetic_v<T>
    void set_scalar(std::size_t series, T value) // of a series without axes
    {
        const std::conditional_t<std::is_floating_point_v<T>, double, std::int64_t> number = value;
        set(series, std::span(&number, 1));
    }

    /// Closes the period that began where the last one ended (the first: day 0).
    /// @param day  end of the period, exclusive: the first day after it [days since start], greater than in the last call
    /// Series not set: NaN for reals, std::logic_error for integers. The period's time is its last day, day - 1.
    void advance(double day);

    const std::vector<Series>& series() const { return series_; }
    /// Index of a series by name; throws std::out_of_range that names it.
    std::size_t index(std::string_view name) const;
    std::int64_t periods() const;

private:
    friend class Recorder;
    RecorderState& state_;
    std::size_t table_;
    std::vector<Series> series_;
    double last_day_ = 0;
};

/// An append-only table of numbers, one dataset per column, in a group of the result (events of agents, or their states at times).
class Panel {
public:
    Panel(RecorderState& state, std::size_t table) : state_(state), table_(table) {}

    /// Appends a row: one number per column, in the order of the columns.
    template <class... T>
    requires(std::is_arithmetic_v<T>&&...) void row(T... values)
    {
        std::size_t column = 0;
        (put(column++, values), ...);
        end_row(column);
    }
    /// The same in steps, for columns known only at run time: put each column, then end_row(number of columns).
    void put(std::size_t column, std::int64_t value);
    void put(std::size_t column, double value);
    template <std::integral T>
    void put(std::size_t column, T value)
    {
        put(column, static_cast<std::int64_t>(value));
    }
    void end_row(std::size_t columns);
    std::int64_t rows() const;

private:
    RecorderState& state_;
    std::size_t table_;
};

/// Writes a run's series to X.h5, an HDF5 file that is also netCDF-4 and follows CF-1.8 (tests/readers opens it with other software).
///
/// The compressed file is held in memory. After each 12 periods of the main table all rows so far are saved as X.h5.partial: a whole
/// file, replaced by renaming, so it opens whenever and however the process ends. finish(complete) copies the rows to chunks long in
/// time, checks each dataset against the SHA-256 of what was handed in, and puts the result on the disk as X.h5, again by renaming.
///
/// Every failure of the disk is an IoError, after which X.h5.partial is as last saved and the call may be repeated; wrong use is a
/// std::logic_error. One thread at a time.
class Recorder {
public:
    /// Saves X.h5.partial without rows, so that a missing or read-only directory, a full disk or a second writer shows at once.
    /// @param path        X.h5; replaced only by finish(complete). "": the rows are held in memory, for visit_state, and no file is touched
    /// @param calendar    a CF calendar: "proleptic_gregorian", "360_day"
    /// @param start       first day, "YYYY-MM-DD": day 0 of the time axis
    /// @param attributes  of the whole file (Conventions, title, source...); nothing that depends on the machine or the clock
    Recorder(std::string path, std::vector<Axis> axes, std::vector<Series> series, std::string calendar,
             std::string start, std::vector<Attribute> attributes);
    ~Recorder();
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    /// The series of the main table, one row per month: see SeriesTable.
    SeriesTable& table() { return *main_; }
    void set(std::size_t series, std::span<const std::int64_t> row) { main_->set(series, row); }
    void set(std::size_t series, std::span<const double> row) { main_->set(series, row); }
    template <class T>
    requires std::is_arithmetic_v<T>
    void set_scalar(std::size_t series, T value) { main_->set_scalar(series, value); }
    void advance(double day) { main_->advance(day); }
    std::size_t index(std::string_view name) const { return main_->index(name); }

    /// Series with another period in group /NAME, over the axes of the recorder. Before the first period.
    SeriesTable& add_table(const std::string& name, std::vector<Series> series);
    /// A panel in group /NAME. Before the first period.
    Panel& add_panel(const std::string& name, std::vector<Column> columns);
    /// Series known beforehand in group /NAME. Before the first period.
    void add_fixed(const std::string& name, FixedTable table);

    /// Writes what is buffered and ends the file: complete publishes X.h5 and removes the partial file; the others leave all rows so far in
    /// X.h5.partial. The attribute `status` says which, `status_reason` why where given.
    /// @return path of the file that holds the results
    std::string finish(Status status = Status::complete, const std::string& reason = "");

    /// All rows so far, between two rows. A recorder of the same tables takes them in before its first row, and saves X.h5.partial: what it
    /// publishes in the end is what one recorder would have. Other tables throw ArchiveError.
    void visit_state(Archive& archive);

private:
    std::unique_ptr<RecorderState> state_;
    std::unique_ptr<SeriesTable> main_;
    std::vector<std::unique_ptr<SeriesTable>> tables_;
    std::vector<std::unique_ptr<Panel>> panels_;
};

std::string to_string(Status status);

} // namespace sim::record
