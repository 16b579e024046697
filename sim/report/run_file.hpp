#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/record/h5_file.hpp"

namespace sim::report {

/// Holds every whole number that a result can hold, and their sums, exactly.
using Exact = long double;
static_assert(std::numeric_limits<Exact>::digits >= 64);

/// One run in a file.
struct Run {
    std::size_t file = 0; ///< among those of the report
    std::size_t row = 0;  ///< on the dimension `run` of an ensemble
    std::int64_t seed = 0;
    std::string scenario{};                                    ///< name, "" when the file does not tell
    std::vector<std::pair<std::string, std::string>> params{}; ///< of an ensemble: key and value
};

/// A period of a result: first and last day, such as 2015-01-01 and 2015-01-31.
struct PeriodOfTime {
    std::string from, to;
    bool operator==(const PeriodOfTime&) const = default;
};

/// A series as it is stored, for one run.
struct SeriesInfo {
    std::string name, unit, long_name, definition;
    std::string method;            ///< over time: "sum", "point" or "mean"
    bool is_mean = false;          ///< cells are averaged, not added up
    bool is_whole = false;         ///< whole numbers
    std::vector<std::string> axes; ///< besides time
    std::vector<std::size_t> lengths;
    [[nodiscard]] std::size_t width() const;
};

/// A result, or an ensemble: the same with a leading dimension `run` and coordinates over it.
class RunFile {
public:
    /// Reads the head, and checks every digest that the file has.
    /// @throws IoError when it is missing, damaged or no such file
    explicit RunFile(const std::string& path);

    [[nodiscard]] const std::string& path() const { return file_.path(); }
    [[nodiscard]] bool is_ensemble() const { return is_ensemble_; }
    [[nodiscard]] const std::vector<Run>& runs() const { return runs_; } ///< those present
    [[nodiscard]] std::size_t absent() const { return absent_; }         ///< runs that an ensemble names and lacks
    [[nodiscard]] const std::vector<PeriodOfTime>& periods() const { return periods_; }
    [[nodiscard]] const std::vector<SeriesInfo>& series() const { return series_; }
    [[nodiscard]] const SeriesInfo* find(const std::string& series) const;
    /// Labels of an axis, and its titles where it has them (else the labels).
    [[nodiscard]] std::vector<std::string> labels(const std::string& axis) const;
    [[nodiscard]] std::vector<std::string> titles(const std::string& axis) const;
    [[nodiscard]] std::string axis_name(const std::string& axis) const; ///< for people

    /// A row for each period; NaN where there is no number.
    [[nodiscard]] std::vector<Exact> values(const SeriesInfo& series, std::size_t row) const;
    [[nodiscard]] std::string text(const std::string& object, const std::string& attribute) const; ///< "" for none
    [[nodiscard]] std::optional<double> number(const std::string& attribute) const;                ///< of the file
    [[nodiscard]] const record::h5::File& file() const { return file_; }

private:
    void check_digests() const;
    void read_runs();
    void read_periods();
    void add_series(const record::h5::Variable& variable);
    [[nodiscard]] const record::h5::Variable* variable(const std::string& path) const;
    [[nodiscard]] std::vector<std::string> coordinate(const std::string& path) const;

    record::h5::File file_;
    std::vector<record::h5::Variable> variables_;
    bool is_ensemble_ = false;
    std::size_t absent_ = 0;
    std::vector<Run> runs_;
    std::vector<PeriodOfTime> periods_;
    std::vector<SeriesInfo> series_;
};

} // namespace sim::report
