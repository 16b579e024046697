#include "sim/record/recorder.hpp"

#include "sim/record/recorder_state.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace sim::record {
namespace {

constexpr std::size_t time_columns = 2; // time and time_bounds come before the series
constexpr h5::Length series_chunk = 12, panel_chunk = 8192;

std::size_t add_series_table(RecorderState& state, const std::string& group, const std::vector<Series>& series)
{
    check_layout(state.axes, series);
    return state.add(Table(group, "time", series_columns(state, series), series_chunk));
}

void require_fresh(const RecorderState& state, const std::string& name)
{
    for (const Table& table : state.tables)
        if (table.rows() > 0) throw std::logic_error("table " + name + " is added after the first row was recorded");
}

} // namespace

SeriesTable::SeriesTable(RecorderState& state, std::size_t table, std::vector<Series> series)
    : state_(state), table_(table), series_(std::move(series))
{
}

void SeriesTable::set(std::size_t series, std::span<const std::int64_t> row)
{
    state_.tables[table_].set(series + time_columns, row);
}

void SeriesTable::set(std::size_t series, std::span<const double> row)
{
    state_.tables[table_].set(series + time_columns, row);
}

void SeriesTable::advance(double day)
{
    if (!(day > last_day_))
        throw std::logic_error("a period ends on day " + std::to_string(day) + ", not after day " +
                               std::to_string(last_day_));
    Table& table = state_.tables[table_];
    const std::array<double, 1> time{std::max(last_day_, day - 1)};
    const std::array<double, 2> bounds{last_day_, day};
    table.set(0, time);
    table.set(1, bounds);
    table.end_row();
    last_day_ = day;
    state_.row_done(table_);
}

std::size_t SeriesTable::index(std::string_view name) const
{
    const auto at = std::find_if(series_.begin(), series_.end(), [&](const Series& s) { return s.name == name; });
    if (at == series_.end()) throw std::out_of_range("no series is called " + std::string(name));
    return static_cast<std::size_t>(at - series_.begin());
}

std::int64_t SeriesTable::periods() const { return static_cast<std::int64_t>(state_.tables[table_].rows()); }

void Panel::put(std::size_t column, std::int64_t value)
{
    state_.tables[table_].set(column, std::span<const std::int64_t>(&value, 1));
}

void Panel::put(std::size_t column, double value)
{
    state_.tables[table_].set(column, std::span<const double>(&value, 1));
}

void Panel::end_row(std::size_t columns)
{
    Table& table = state_.tables[table_];
    if (columns != table.columns())
        throw std::logic_error("a row of " + std::to_string(columns) + " numbers for " +
                               std::to_string(table.columns()) + " columns");
    table.end_row();
    state_.row_done(table_);
}

std::int64_t Panel::rows() const { return static_cast<std::int64_t>(state_.tables[table_].rows()); }

Recorder::Recorder(std::string path, std::vector<Axis> axes, std::vector<Series> series, std::string calendar,
                   std::string start, std::vector<Attribute> attributes)
{
    check_layout(axes, series);
    state_ = std::make_unique<RecorderState>(std::move(path), std::move(axes), std::move(calendar), std::move(start),
                                             std::move(attributes));
    const std::size_t table = add_series_table(*state_, "", series);
    main_ = std::make_unique<SeriesTable>(*state_, table, std::move(series));
    state_->save();
}

Recorder::~Recorder() = default;

SeriesTable& Recorder::add_table(const std::string& name, std::vector<Series> series)
{
    require_fresh(*state_, name);
    const std::size_t table = add_series_table(*state_, "/" + name, series);
    state_->save();
    return *tables_.emplace_back(std::make_unique<SeriesTable>(*state_, table, std::move(series)));
}

Panel& Recorder::add_panel(const std::string& name, std::vector<Column> columns)
{
    require_fresh(*state_, name);
    const std::size_t table = state_->add(Table("/" + name, "row", panel_columns(columns), panel_chunk));
    state_->save();
    return *panels_.emplace_back(std::make_unique<Panel>(*state_, table));
}

void Recorder::add_fixed(const std::string& name, FixedTable table)
{
    require_fresh(*state_, name);
    check_layout(state_->axes, table);
    create_fixed(state_->file, *state_, "/" + name, table);
    state_->fixed.emplace_back("/" + name, std::move(table));
    state_->save();
}

std::string Recorder::finish(Status status, const std::string& reason)
{
    if (status != Status::complete) {
        for (Table& table : state_->tables) table.write(state_->file);
        state_->seal(state_->file, status, reason);
        state_->save();
        return state_->output ? state_->output->partial() : "";
    }
    if (!state_->output) throw std::logic_error("a record in memory is not published");
    state_->save(); // should publishing fail, all rows are there
    h5::File whole = state_->repacked();
    state_->seal(whole, status, reason);
    state_->output->publish(whole.image());
    return state_->output->path();
}

void Recorder::visit_state(Archive& archive)
{
    archive("last_day", main_->last_day_);
    for (auto& table : tables_) archive("last_day", table->last_day_);
    for (Table& table : state_->tables) table.visit_state(archive, state_->file);
    if (archive.is_loading()) state_->save();
}

std::string to_string(Status status)
{
    switch (status) {
    case Status::complete: return "complete";
    case Status::interrupted: return "interrupted";
    case Status::failed: return "failed";
    }
    return "unknown";
}

} // namespace sim::record
