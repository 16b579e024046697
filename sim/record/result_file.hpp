#pragma once

#include "sim/base/io_error.hpp"
#include "sim/record/h5_file.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace sim::record {

/// All numbers of a dataset as they are stored, row-major.
struct RawValues {
    Kind kind = Kind::f64;
    std::vector<std::byte> bytes{};
    double number(std::size_t i) const;
    std::string text(std::size_t i) const; // exact: integers as such, reals with 17 digits
};

/// Reads a result of the Recorder, also one under way or left behind (X.h5.partial).
class ResultFile {
public:
    /// Throws IoError when the file is missing, damaged or not a result.
    explicit ResultFile(const std::string& path);

    const std::string& path() const { return file_.path(); }
    const std::vector<h5::Variable>& variables() const
    {
        return variables_;
    } // in the order of the file, coordinates too
    const h5::Variable* find(const std::string& path) const;
    std::vector<const h5::Variable*> series() const; // of the main table, in the order of the file

    RawValues raw(const h5::Variable& variable) const;
    std::vector<double> numbers(const h5::Variable& variable) const;
    std::vector<std::string> texts(const h5::Variable& variable) const { return file_.texts(variable.path); }
    std::vector<Attribute> attributes(const std::string& object) const { return file_.attributes(object); }
    std::string text_attribute(const std::string& object, const std::string& name) const; // "" where there is none

    /// "colour=red, shape=round" for a flat index into one row of a variable.
    std::string cell(const h5::Variable& variable, std::size_t index) const;
    /// "2015-03-31" for a row of a variable with time, else "row 17".
    std::string when(const h5::Variable& variable, std::size_t row) const;

    const h5::File& file() const { return file_; }

private:
    h5::File file_;
    std::vector<h5::Variable> variables_;
};

/// Calendar date of a day of a CF time axis; "day 17" for units or calendars other than the Recorder's.
std::string date_text(const std::string& units, const std::string& calendar, double day);

} // namespace sim::record
