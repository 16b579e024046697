#pragma once

#include <deque>
#include <stdexcept>

#include "sim/report/reduce.hpp"

namespace sim::report {

/// Results that cannot stand on one page.
struct Mismatch : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Runs that differ by their seed only, or are to be seen together.
struct Group {
    std::string name; ///< short and unique, for legends
    std::string title;
    std::vector<Run> runs;
};

/// The runs of a report, in groups.
struct Collection {
    std::deque<RunFile> files{};
    std::vector<Group> groups{}; ///< at least one
    std::string grouped_by{};    ///< of an ensemble: "scenario", the key of an axis, or ""
    Years years{};

    [[nodiscard]] const RunFile& file(const Group& group) const { return files[group.runs[0].file]; }
    [[nodiscard]] const std::vector<PeriodOfTime>& periods() const { return files[0].periods(); }
    [[nodiscard]] std::size_t runs() const;
};

/// Opens results, or one ensemble, and groups their runs: results by scenario (the seed does not count), an ensemble by `by`.
/// @param by  "scenario", the key of an axis, or "none"; "": scenario where there are several, else the first axis of 2 to 8 values
/// @throws IoError for a file that cannot be read, Mismatch for files that do not fit together or a `by` that is not there
Collection collect(const std::vector<std::string>& paths, const std::string& by);

} // namespace sim::report
