#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/node.hpp"

namespace sim::sweep {

using scenario::Node;

/// What the values of an axis are; text may also stand for a choice.
enum class AxisType { number, integer, flag, text, date };

[[nodiscard]] const char* name_of(AxisType type);
[[nodiscard]] std::optional<AxisType> axis_type(const std::string& name);
/// The type of a value; nothing for one that no axis can have (a table, a list, a time of day).
[[nodiscard]] std::optional<AxisType> axis_type(const Node& value);

/// A key of scenarios that varies: over the values listed, else over a range.
struct Axis {
    std::string key;
    AxisType type = AxisType::number;
    std::string unit{};
    std::vector<Node> values{};
    Node from{}, to{}; ///< ends of the range; empty when values are listed
    bool is_log = false;
    Position where{}; ///< of its key in the sweep file

    [[nodiscard]] bool is_range() const { return values.empty(); }

    /// The value at a coordinate of a design: ranges linearly or by ratios, whole numbers and listed values in parts of equal length.
    /// @param u  in [0, 1]
    [[nodiscard]] Node at(double u) const;
    /// The same for the four levels of Morris, where 0 and 1 are the ends themselves.
    [[nodiscard]] Node at_level(double u) const;
};

/// Values of a range in steps. Reals are rounded to twelve digits, so that 0.1 * 3 is 0.3. The last one is at most `to`.
/// @pre   both ends and the step are numbers, step > 0, from <= to
std::vector<Node> stepped(const Node& from, const Node& to, const Node& step);

/// Number of values of stepped().
[[nodiscard]] double steps(const Node& from, const Node& to, const Node& step);

/// A value as a manifest has it: numbers in their shortest exact form, text as it is.
[[nodiscard]] std::string cell_text(const Node& value);

/// "key=value" for a scenario, from a cell of a manifest.
[[nodiscard]] std::string setting(const std::string& key, AxisType type, const std::string& cell);

} // namespace sim::sweep
