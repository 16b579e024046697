#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/cli/application.hpp"
#include "sim/record/series_value.hpp"

namespace sim::cli {

/// Something wrong with the command line that a verb found.
struct UsageProblem {
    std::string message;
    std::string help;
};
using UsageProblems = std::vector<UsageProblem>;

/// How exact an effect is wanted.
struct HalfWidth {
    enum class Kind {
        absolute /* in the series' unit */,
        points /* per cent of 1, for shares */,
        relative /* to the base */
    };
    double value = 0.0; ///< in the series' unit, as a share of 1, or as a share of the base
    Kind kind = Kind::absolute;
    std::string text{};

    /// In the unit of the series. @param base  mean without the policy
    [[nodiscard]] double absolute(double base) const;
};

/// A series as it was asked for.
struct AskedSeries {
    std::string text; ///< "output[sector=steel]"
    record::Selection selection;
    std::string unit;
    bool is_ratio = false;
    std::optional<HalfWidth> wanted{};
    bool is_flow = false; ///< 0 in a run that does not record it: the programme that it is of is not there
};

/// The days over which an effect is averaged: [from, to).
struct Period {
    Date from{};
    Date to{};
};

/// What the runs record, taken together: series that only some of them record too, with the labels of all.
std::vector<SeriesShape> recorded_by_any(const std::vector<std::vector<SeriesShape>>& runs);

/// Reads a list such as "output,profit[sector=steel,ownership=soe]"; names that no run records get a suggestion.
std::vector<AskedSeries> parse_series(const std::string& list, const std::vector<SeriesShape>& recorded,
                                      UsageProblems& problems);

/// Reads "0.1pp", "0.5%" or "12.5", one for all series or one for each, separated by commas.
void parse_half_widths(const std::string& list, std::vector<AskedSeries>& series, UsageProblems& problems);

/// Reads `at` ("2025", "2025-06"), or `from` ("2025-01-01") and a number of months; nothing given: the last year of the run.
Period parse_period(const std::string& at, const std::string& from, int months, const scenario::RunSettings& run,
                    UsageProblems& problems);

} // namespace sim::cli
