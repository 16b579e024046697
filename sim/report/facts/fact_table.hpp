#pragma once

#include <optional>

#include "sim/base/errors.hpp"
#include "sim/report/facts/formula.hpp"

namespace sim::report {

/// A published fact of a nation, and how a run is held against it: a row of facts.csv.
struct Fact {
    std::string name;                 ///< unique
    std::string population;           ///< whom the observed figure covers
    Formula simulated;                ///< of a run, see RunNumbers
    std::optional<double> observed{}; ///< none where nothing was published
    double low = 0, high = 0;         ///< accepted band, both ends inside
    std::string unit;                 ///< shown behind factor x the number
    double factor = 1;
    int digits = 0;                ///< after the point
    std::string kind;              ///< see FactTable::kinds()
    std::optional<double> naive{}; ///< what one would have said without a model: the last value known before
    std::string source;            ///< of the observed figure, or of the band where there is none
};

struct FactTable {
    std::string path;
    std::vector<Fact> facts{};

    /// imposed: an input; fitted: a parameter was chosen by it; held_out: neither, given the observed drivers; predicted: neither, and without them.
    static const std::vector<std::string>& kinds();
};

/// Whether a fact is evidence on the model: nothing was set or chosen by it.
inline bool scores(const Fact& fact) { return fact.kind == "held_out" || fact.kind == "predicted"; }

/// Reads a table of facts. Formulas of observed numbers are of mean(SERIES, PERIOD) over observed_series.csv in the same folder: the mean of the years in
/// the period that are there, a year without a number of its own being the mean of its four quarters.
/// @param errors  receives everything wrong, with file:line:column
FactTable read_facts(const std::string& path, Errors& errors);

} // namespace sim::report
