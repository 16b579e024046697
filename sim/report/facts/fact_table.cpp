#include "sim/report/facts/fact_table.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "sim/report/facts/run_numbers.hpp"
#include "sim/scenario/csv_table.hpp"

namespace sim::report {
namespace {

using scenario::CsvTable;

/// The numbers of observed_series.csv, by series and period as it is written there.
class Observed {
public:
    Observed(const std::string& path, Errors& errors)
    {
        if (!std::filesystem::exists(path)) return;
        const CsvTable table = CsvTable::read(path, {{"series", "period", "value"}, {"series", "period"}}, errors);
        for (std::size_t row = 0; row < table.rows(); ++row) {
            const std::string name(table.text(row, "series"));
            seen_[{name, std::string(table.text(row, "period"))}] = {table.number(row, "value"),
                                                                     std::string(table.text(row, "provenance"))};
        }
    }

    /// @param sources  receives where the number comes from
    double operator()(const Call& call, std::set<std::string>& sources) const
    {
        if (call.function != "mean" || call.arguments.size() != 1 || !call.axis.empty() || !call.by.empty())
            throw Missing("observed numbers are told by mean(SERIES, PERIOD)");
        const MonthSpan span = month_span(call.arguments[0]);
        std::vector<const Seen*> found;
        if (const Seen* own = find(call.series, call.arguments[0])) found.push_back(own);
        double sum = 0;
        int count = 0;
        for (const Seen* seen : found) sum += seen->value, ++count;
        for (int year = span.first / 12; found.empty() && year <= span.last / 12; ++year)
            if (const auto value = of_year(call.series, year, sources)) sum += *value, ++count;
        for (const Seen* seen : found) sources.insert(call.series + ": " + seen->provenance);
        if (count == 0)
            throw Missing(fmt::format("observed_series.csv has no {} of {}", call.series, call.arguments[0]));
        return sum / count;
    }

private:
    struct Seen {
        double value = 0;
        std::string provenance;
    };

    [[nodiscard]] const Seen* find(const std::string& series, const std::string& period) const
    {
        const auto at = seen_.find({series, period});
        return at == seen_.end() ? nullptr : &at->second;
    }

    std::optional<double> of_year(const std::string& series, int year, std::set<std::string>& sources) const
    {
        std::vector<const Seen*> all{find(series, std::to_string(year))};
        if (all[0] == nullptr) {
            all.clear();
            for (int quarter = 1; quarter <= 4; ++quarter)
                all.push_back(find(series, fmt::format("{}Q{}", year, quarter)));
        }
        if (std::count(all.begin(), all.end(), nullptr) > 0) return std::nullopt;
        double sum = 0;
        for (const Seen* seen : all) sum += seen->value;
        sources.insert(series + ": " + all[0]->provenance);
        return sum / static_cast<double>(all.size());
    }

    std::map<std::pair<std::string, std::string>, Seen> seen_;
};

class Reader {
public:
    Reader(const CsvTable& table, const Observed& observed, Errors& errors)
        : table_(table), observed_(observed), errors_(errors)
    {
    }

    Fact operator()(std::size_t row)
    {
        Fact fact;
        fact.name = table_.text(row, "fact"), fact.population = table_.text(row, "firms");
        if (const auto formula = parsed(row, "simulated")) fact.simulated = *formula, check_calls(row, *formula);
        std::set<std::string> sources;
        fact.observed = number(row, "observed", sources);
        std::set<std::string> of_naive;
        fact.naive = number(row, "naive", of_naive);
        fact.low = table_.number(row, "low"), fact.high = table_.number(row, "high");
        if (fact.low > fact.high)
            errors_.add(table_.where(row, "low"), "low = {} is above high = {}", fact.low, fact.high);
        fact.unit = table_.text(row, "unit"), fact.factor = table_.number(row, "factor", scenario::Range::above(0));
        fact.digits = static_cast<int>(table_.integer(row, "digits", scenario::Range{0, 9}));
        fact.kind = FactTable::kinds()[table_.one_of(row, "kind", FactTable::kinds(), "kind")];
        fact.source = table_.text(row, "provenance");
        for (const std::string& source : sources) fact.source += "; observed_series.csv " + source;
        return fact;
    }

private:
    std::optional<Formula> parsed(std::size_t row, const char* column)
    {
        try {
            return Formula::parse(table_.text(row, column));
        } catch (const FormulaError& error) {
            errors_.add(table_.where(row, column), "{}: {} (at character {} of '{}')", column, error.what(),
                        error.column, table_.text(row, column));
            return std::nullopt;
        }
    }

    void check_calls(std::size_t row, const Formula& formula)
    {
        const auto& known = RunNumbers::functions();
        for (const Call& call : formula.calls()) {
            if (std::find(known.begin(), known.end(), call.function) == known.end())
                errors_.add(table_.where(row, "simulated"), "'{}' is no function", call.function)
                    .help(suggestion(call.function, known, "Functions"));
            const bool begins_with_axis = call.function == "least" || call.function == "largest";
            const bool has_periods = call.function != "peak" && call.function != "height";
            for (std::size_t i = begins_with_axis ? 1 : 0; has_periods && i < call.arguments.size(); ++i)
                check_period(row, call.arguments[i]);
        }
    }

    void check_period(std::size_t row, const std::string& text)
    {
        try {
            month_span(text);
        } catch (const Missing& wrong) {
            errors_.add(table_.where(row, "simulated"), "{}", wrong.what());
        }
    }

    std::optional<double> number(std::size_t row, const char* column, std::set<std::string>& sources)
    {
        if (table_.is_blank(row, column)) return std::nullopt;
        const auto formula = parsed(row, column);
        if (!formula) return std::nullopt;
        try {
            return formula->value([&](const Call& call) { return observed_(call, sources); });
        } catch (const Missing& reason) {
            errors_.add(table_.where(row, column), "{}: {}", column, reason.what());
            return std::nullopt;
        }
    }

    const CsvTable& table_;
    const Observed& observed_;
    Errors& errors_;
};

} // namespace

const std::vector<std::string>& FactTable::kinds()
{
    static const std::vector<std::string> all{"imposed", "fitted", "held_out", "predicted"};
    return all;
}

FactTable read_facts(const std::string& path, Errors& errors)
{
    const std::size_t before = errors.count();
    FactTable all{.path = path};
    const CsvTable table = CsvTable::read(
        path,
        {{"fact", "firms", "simulated", "observed", "low", "high", "unit", "factor", "digits", "kind", "naive"},
         {"fact"}},
        errors);
    const Observed observed((std::filesystem::path(path).parent_path() / "observed_series.csv").string(), errors);
    if (errors.count() > before) return all;
    Reader read(table, observed, errors);
    for (std::size_t row = 0; row < table.rows(); ++row) all.facts.push_back(read(row));
    return all;
}

} // namespace sim::report
