#include "sim/record/table.hpp"

#include "sim/base/io_error.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace sim::record {
namespace {

constexpr std::size_t chunk_bytes =
    512 * 1024; // upper end of what is quick to read along time and cheap to read for one row

/// Shape of a chunk in the published file: up to 128 rows (all that fit for a narrow column), other dimensions halved to fit.
std::vector<h5::Length> long_chunk(const ColumnSpec& column, h5::Length rows)
{
    std::vector<h5::Length> chunk(1, 1);
    chunk.insert(chunk.end(), column.widths.begin(), column.widths.end());
    const auto bytes = [&] {
        return size_of(column.kind) * std::accumulate(chunk.begin(), chunk.end(), h5::Length{1}, std::multiplies<>{});
    };
    const h5::Length wanted = column.widths.empty() ? chunk_bytes / size_of(column.kind) : 128;
    chunk[0] = std::clamp<h5::Length>(rows, 1, wanted);
    while (bytes() > chunk_bytes) {
        const auto widest = std::max_element(chunk.begin() + 1, chunk.end());
        if (*widest <= 1) break;
        *widest = (*widest + 1) / 2;
    }
    return chunk;
}

template <class To, class From>
void append(std::vector<std::byte>& buffer, std::span<const From> values)
{
    for (const From value : values) {
        const To converted = static_cast<To>(value);
        const auto* bytes = reinterpret_cast<const std::byte*>(&converted);
        buffer.insert(buffer.end(), bytes, bytes + sizeof converted);
    }
}

template <class T>
void append(std::vector<std::byte>& buffer, Kind kind, std::span<const T> values)
{
    switch (kind) {
    case Kind::i64: return append<std::int64_t>(buffer, values);
    case Kind::f64: return append<double>(buffer, values);
    case Kind::f32: return append<float>(buffer, values);
    case Kind::i32: return append<std::int32_t>(buffer, values);
    case Kind::i8: return append<std::int8_t>(buffer, values);
    case Kind::u64: return append<std::uint64_t>(buffer, values);
    }
}

void describe(h5::File& file, const std::string& path, const ColumnSpec& column)
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    if (is_float(column.kind) && column.name != "time" && column.name != "time_bounds") {
        const float short_nan = std::numeric_limits<float>::quiet_NaN();
        const bool is_short = column.kind == Kind::f32;
        file.set_array_attribute(path, "_FillValue", column.kind,
                                 is_short ? static_cast<const void*>(&short_nan) : &nan, 1);
    }
    for (const Attribute& a : column.attributes) file.set_attribute(path, a);
    if (column.meanings.empty()) return;
    std::vector<std::int8_t> flags(column.meanings.size());
    std::iota(flags.begin(), flags.end(), std::int8_t{0});
    file.set_array_attribute(path, "flag_values", Kind::i8, flags.data(), flags.size());
    std::string words;
    for (const std::string& word : column.meanings) words += (words.empty() ? "" : " ") + word;
    file.set_attribute(path, {"flag_meanings", words});
}

} // namespace

Table::Table(std::string group, std::string dimension, std::vector<ColumnSpec> columns, h5::Length chunk_rows)
    : group_(std::move(group)), dimension_(std::move(dimension)), columns_(std::move(columns)),
      states_(columns_.size()), chunk_rows_(chunk_rows)
{
    for (std::size_t c = 0; c < columns_.size(); ++c)
        for (h5::Length width : columns_[c].widths) states_[c].width *= width;
}

void Table::create(h5::File& file, std::optional<h5::Length> final_rows) const
{
    if (!group_.empty()) file.create_group(group_);
    if (!has_coordinate()) file.create_dimension(path(dimension_), final_rows.value_or(0), true);
    for (const ColumnSpec& column : columns_) create_column(file, column, final_rows);
}

void Table::create_column(h5::File& file, const ColumnSpec& column, std::optional<h5::Length> final_rows) const
{
    const std::string name = path(column.name);
    h5::Shape shape{.dims = {final_rows.value_or(0)}, .chunk = {chunk_rows_}, .grows = true};
    shape.dims.insert(shape.dims.end(), column.widths.begin(), column.widths.end());
    shape.chunk.insert(shape.chunk.end(), column.widths.begin(), column.widths.end());
    if (final_rows) shape.chunk = long_chunk(column, *final_rows);
    file.create_dataset(name, column.kind, shape);
    if (column.name == dimension_)
        file.make_scale(name, dimension_);
    else
        file.attach_scale(name, 0, path(dimension_));
    for (unsigned d = 0; d < column.scales.size(); ++d) file.attach_scale(name, d + 1, column.scales[d]);
    describe(file, name, column);
}

template <class T>
void Table::put(std::size_t column, std::span<const T> values)
{
    ColumnState& state = states_.at(column);
    const std::string who = path(columns_[column].name);
    if (values.size() != state.width)
        throw std::logic_error(who + " takes " + std::to_string(state.width) + " numbers per row, not " +
                               std::to_string(values.size()));
    if (std::is_floating_point_v<T> && !is_float(columns_[column].kind))
        throw std::logic_error(who + " takes integers, not reals");
    state.buffer.resize(buffered_ * row_bytes(column));
    append(state.buffer, columns_[column].kind, values);
}

void Table::set(std::size_t column, std::span<const std::int64_t> values) { put(column, values); }

void Table::set(std::size_t column, std::span<const double> values) { put(column, values); }

void Table::end_row()
{
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        if (states_[c].buffer.size() == (buffered_ + 1) * row_bytes(c)) continue;
        if (!is_float(columns_[c].kind))
            throw std::logic_error(path(columns_[c].name) + " was not set in row " + std::to_string(rows()));
        const std::vector<double> missing(states_[c].width, std::numeric_limits<double>::quiet_NaN());
        put(c, std::span<const double>(missing));
    }
    ++buffered_;
}

void Table::write(h5::File& file)
{
    if (buffered_ == 0) return;
    const h5::Length rows = written_ + buffered_;
    if (!has_coordinate()) file.resize(path(dimension_), rows);
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        file.resize(path(columns_[c].name), rows);
        file.write_rows(path(columns_[c].name), columns_[c].kind, written_, buffered_, states_[c].buffer.data());
        states_[c].digest.update(states_[c].buffer);
        states_[c].buffer.clear();
    }
    written_ = rows;
    buffered_ = 0;
}

void Table::copy(const h5::File& from, h5::File& to) const
{
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        const std::string name = path(columns_[c].name);
        const h5::Length step = std::max<h5::Length>(1, long_chunk(columns_[c], written_)[0]);
        std::vector<std::byte> block(step * row_bytes(c));
        Sha256 digest;
        for (h5::Length row = 0; row < written_; row += step) {
            const h5::Length n = std::min(step, written_ - row);
            from.read_rows(name, columns_[c].kind, row, n, block.data());
            digest.update(std::span(block).first(n * row_bytes(c)));
            to.write_rows(name, columns_[c].kind, row, n, block.data());
        }
        if (digest.hex() != states_[c].digest.hex())
            throw IoError(from.path(), "read dataset " + name, "its values are not those written");
    }
}

namespace {

/// A column as it is kept: its name, and all of its rows.
struct SavedColumn {
    std::string name;
    std::vector<std::byte> bytes;

    void visit_state(Archive& archive) { archive("name", name), archive("bytes", bytes); }
};

} // namespace

std::vector<std::byte> Table::rows_of(std::size_t c, const h5::File& file) const
{
    std::vector<std::byte> bytes(written_ * row_bytes(c));
    if (written_ > 0) file.read_rows(path(columns_[c].name), columns_[c].kind, 0, written_, bytes.data());
    bytes.insert(bytes.end(), states_[c].buffer.begin(), states_[c].buffer.end());
    return bytes;
}

void Table::visit_state(Archive& archive, const h5::File& file)
{
    if (archive.is_loading() && rows() > 0) throw std::logic_error("rows are taken in by a table that has some");
    h5::Length rows_in_all = rows();
    archive(("rows of " + group_).c_str(), rows_in_all);
    std::vector<SavedColumn> saved;
    if (!archive.is_loading())
        for (std::size_t c = 0; c < columns_.size(); ++c) saved.push_back({path(columns_[c].name), rows_of(c, file)});
    archive("columns", saved);
    if (!archive.is_loading()) return;
    for (const SavedColumn& column : saved)
        if (std::none_of(columns_.begin(), columns_.end(), [&](const auto& c) { return path(c.name) == column.name; }))
            throw ArchiveError("'" + column.name + "' is no column of this table");
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        const std::string name = path(columns_[c].name);
        const auto at =
            std::find_if(saved.begin(), saved.end(), [&](const auto& column) { return column.name == name; });
        const std::size_t size = rows_in_all * row_bytes(c);
        if (at != saved.end() && at->bytes.size() != size)
            throw ArchiveError("'" + name + "' has not its number of rows or cells");
        // What the past had no subject for, such as a programme of this future only, was nothing then.
        states_[c].buffer = at != saved.end() ? std::move(at->bytes) : std::vector<std::byte>(size);
    }
    buffered_ = rows_in_all;
}

void Table::seal(h5::File& file) const
{
    for (std::size_t c = 0; c < columns_.size(); ++c)
        file.set_attribute(path(columns_[c].name), {"sha256", states_[c].digest.hex()});
}

} // namespace sim::record
