#pragma once

#include "sim/base/io_error.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sim::record {

/// Means per period of the same quantity in two runs. NaN where there is nothing to average.
struct Means {
    double a = 0, b = 0;
    double difference() const { return b - a; }
    double percent() const; // 100 (b - a) / |a|; NaN when a is 0 and b is not, 0 when both are
};

/// One series in two runs, added up over its axes (attribute `total`: sum, or mean for shares and indices).
struct SeriesComparison {
    std::string name, unit, long_name, total;
    Means whole_run, last_year; // the last year: the periods that begin within 366 days before the common end
    bool identical = false;     // bit for bit, over the common periods
};

struct Comparison {
    std::string a, b;             // paths
    std::string title_a, title_b; // attribute `title`
    std::string first, last;      // dates of the first and last common period
    std::size_t periods = 0;      // common periods
    std::vector<SeriesComparison> series;
    std::vector<std::string> only_in_a, only_in_b;
    std::vector<std::string> problems; // why the two are not like for like: other axes, units, start, length, status

    bool identical() const; // every series, none missing, no problem
};

/// Compares the main tables (root group) of two results over their common periods. Series on axes that differ between the files are
/// named under problems and left out. Throws IoError when a file cannot be read; a different start or calendar leaves no common period.
Comparison compare(const std::string& a, const std::string& b);

/// A table for people, and one JSON object for programs (NaN becomes null).
std::string to_text(const Comparison& comparison);
std::string to_json(const Comparison& comparison);

/// Where two results first differ.
struct Difference {
    std::string variable, cell, time; // cell and time are empty where they do not apply
    std::string a, b;                 // the two values, exact
    std::string text() const;         // one line
};

/// The earliest difference in time over the series, at equal time the first variable and cell in the order of the file. What the files
/// hold (variables, shapes, labels) is looked at before, panels after, attributes last (with @p with_attributes). Empty when the two
/// agree bit for bit. Throws IoError.
std::optional<Difference> first_difference(const std::string& a, const std::string& b, bool with_attributes = true);

} // namespace sim::record
