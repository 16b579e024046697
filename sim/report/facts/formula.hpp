#pragma once

#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace sim::report {

/// A formula that cannot be read: what is wrong, and at which character (counted from 1).
struct FormulaError : std::runtime_error {
    FormulaError(int at, const std::string& what) : std::runtime_error(what), column(at) {}
    int column;
};

/// What a formula asks for is not there: the run is too short, or lacks a series.
struct Missing : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A call in a formula, such as `mean(debt[ownership=state|foreign] by assets, 2016..2019)`.
struct Call {
    std::string function{};               ///< "mean"
    std::string series{};                 ///< "debt"
    std::string axis{};                   ///< "ownership", "" for all cells
    std::vector<std::string> labels{};    ///< "state", "foreign"
    std::string by{};                     ///< "assets", "" for none
    std::vector<std::string> arguments{}; ///< "2016..2019"
};

/// Arithmetic over calls: + - * / ^, brackets, numbers, and `positive(X)`, which is X where it is above zero and missing otherwise.
class Formula {
public:
    /// @throws FormulaError
    static Formula parse(std::string_view text);

    /// @param number_of  tells the number of a call; may throw Missing
    /// @throws Missing also where the arithmetic gives no finite number
    [[nodiscard]] double value(const std::function<double(const Call&)>& number_of) const;

    [[nodiscard]] std::vector<Call> calls() const;
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    friend class FormulaReader;
    struct Part {
        char kind = '0'; ///< + - * / ^, 0 a number, c a call, p positive
        double number = 0;
        Call call{};
        std::vector<Part> parts{};
    };
    static double value_of(const Part& part, const std::function<double(const Call&)>& number_of);
    static void collect(const Part& part, std::vector<Call>& calls);

    std::string text_;
    Part whole_;
};

/// First and last month of a period, as 12 x year + month - 1.
struct MonthSpan {
    int first = 0, last = 0;
    [[nodiscard]] int months() const { return last - first + 1; }
};

/// Reads "2018", "2018Q3", "2018-07", and two of them with ".." between, both inside.
/// @throws Missing for another text
MonthSpan month_span(const std::string& text);

/// "2018-07" of a count of months.
std::string month_text(int month);

} // namespace sim::report
