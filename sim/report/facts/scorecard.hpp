#pragma once

#include "sim/report/collection.hpp"
#include "sim/report/facts/fact_table.hpp"
#include "sim/scenario/node.hpp"

namespace sim::report {

/// A fact beside what runs make of it.
struct Score {
    const Fact* fact = nullptr;
    std::vector<double> simulated{}; ///< of the runs that hold it
    std::string remark{};            ///< such as the sector it is of, or why no run holds it

    [[nodiscard]] double middle() const; ///< median of the runs, NaN for none
    [[nodiscard]] double low() const;    ///< 10 % quantile
    [[nodiscard]] double high() const;   ///< 90 % quantile
    /// "ok", "low" or "high" of the median in the accepted band, "-" where no run holds the fact.
    [[nodiscard]] std::string verdict() const;
    /// Whether the median is nearer to what was observed than the naive forecast; nothing without either.
    [[nodiscard]] std::optional<bool> beats_naive() const;
};

/// The runs of a collection that facts are held against: those of its first scenario; all runs of an ensemble that is grouped otherwise.
std::vector<Run> scored_runs(const Collection& all);

/// Every fact of a table, in its order. The table must outlive the result.
std::vector<Score> score(const Collection& all, const std::vector<Run>& runs, const FactTable& table);

/// A number of a fact as it is shown: "76.3 %".
std::string shown(const Fact& fact, double number);

/// "38 of 49 facts lie in their band..."
std::string told(const std::vector<Score>& scores);

/// For pages and programs.
scenario::Node node_of(const std::vector<Score>& scores, std::size_t runs, const FactTable& table);

} // namespace sim::report
