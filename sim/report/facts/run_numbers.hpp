#pragma once

#include <map>

#include "sim/report/facts/formula.hpp"
#include "sim/report/run_file.hpp"

namespace sim::report {

/// The functions that formulas have over the months of one run. PERIOD may be left out: the whole run. Missing cells do not count.
///
/// | sum(S, PERIOD), start(S, PERIOD), end(S, PERIOD) | added up over cells, and over months, or in the first or last one |
/// | mean(S by W, PERIOD) | over months and cells, weighed by W (added up over axes that S lacks); without `by` each counts the same |
/// | least(S by W, AXIS, PERIOD), largest(...) | that mean of the cell along AXIS where it is least or largest; remark() tells which |
/// | peak(S by W, N), height(S by W, N) | among the first N cells of S: which has the largest sum(S) / sum(W), counted from 1, and that ratio |
/// | change(S by W, PERIOD, LATER) | mean over cells, weighed by W in LATER, of the mean of S in LATER over that in PERIOD, less 1 |
class RunNumbers {
public:
    static const std::vector<std::string>& functions();

    /// @param run  that must outlive this, as must the file
    RunNumbers(const RunFile& file, const Run& run);

    /// @throws Missing where the run does not hold what is asked for
    double operator()(const Call& call);

    /// What was found beside the last number, such as the sector with the least; "" for nothing.
    [[nodiscard]] const std::string& remark() const { return remark_; }

private:
    struct Rows {
        std::size_t first = 0, end = 0;
    };
    struct Data {
        const SeriesInfo* series = nullptr;
        std::vector<Exact> values{};
    };
    const Data& data(const std::string& name);
    [[nodiscard]] Rows rows(const Call& call, std::size_t argument) const;
    [[nodiscard]] std::vector<bool> chosen(const SeriesInfo& series, const std::string& axis,
                                           const std::vector<std::string>& labels) const;
    double added(const Call& call, Rows rows);
    double mean(const Call& call, Rows rows);
    double extreme(const Call& call);
    double peak(const Call& call);
    double change(const Call& call);
    std::vector<Exact> weights(const Data& of, const std::string& by, Rows rows);
    [[nodiscard]] double yearly(const std::string& series, MonthSpan when) const;

    const RunFile& file_;
    const Run& run_;
    std::vector<int> months_; // of the periods
    std::map<std::string, Data> read_;
    std::string remark_;
};

} // namespace sim::report
