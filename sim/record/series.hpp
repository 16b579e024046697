#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace sim::record {

/// Version of the layout of results; part of the id of a run.
inline constexpr std::int64_t schema_version = 1;

/// Number type of a dataset. Exact quantities are i64; ratios and shares f32; keys of agents u64; enumerations i8.
enum class Kind { i64, f64, f32, i32, i8, u64 };

/// Bytes of one number of this kind.
std::size_t size_of(Kind kind);
bool is_float(Kind kind);

/// One attribute of a file, group or dataset: text (UTF-8), integer or real.
using Value = std::variant<std::string, std::int64_t, double>;
struct Attribute {
    std::string name{};
    Value value{};
};

/// A dimension other than time with one text label per index.
struct Axis {
    std::string name{};                // identifier, e.g. "colour"
    std::vector<std::string> labels{}; // short and unique, UTF-8
    std::string long_name{};
    std::vector<std::string>
        titles{}; // optional readable names, stored as NAME_title(NAME); empty or as long as labels
};

/// A quantity recorded once per period, over at most two axes.
struct Series {
    std::string name{};              // identifier
    std::string unit{};              // "1" for ratios and counts without a unit; a duration is "day", never "days"
    std::string long_name{};         // what a plot axis says
    std::string definition{};        // meaning and source of the definition
    std::vector<std::string> axes{}; // names of axes besides time, at most 2, row-major in this order
    Kind kind = Kind::f64;
    bool is_flow = false;        // true: sum over the period; false: state at the period's end (see cell_method)
    std::string standard_name{}; // CF standard name, usually empty
    std::string cell_method{};   // overrides is_flow: "sum", "point", "mean"
    std::string total{}; // how cells add up over axes: "sum" or "mean"; default: sum, but mean for a real of unit "1"
};

/// A column of a panel table: one number per row.
struct Column {
    std::string name{}, unit{}, long_name{};
    Kind kind = Kind::i64;
    std::vector<std::string>
        meanings{}; // of an enumeration 0, 1, 2...; single words. Stored as flag_values and flag_meanings
};

/// Largest size of a result in bytes before compression, for --dry-run.
std::int64_t estimate_bytes(const std::vector<Axis>& axes, const std::vector<Series>& series, std::int64_t periods);

/// Throws std::invalid_argument that names the first axis or series which breaks the rules stated above.
void check_layout(const std::vector<Axis>& axes, const std::vector<Series>& series);

} // namespace sim::record
