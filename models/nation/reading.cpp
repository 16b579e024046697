#include "models/nation/reading.hpp"

#include <algorithm>

namespace fabrica::nation_tables {

Table Table::open(const std::string& path, std::vector<std::string> columns, std::vector<std::string> unique,
                  sim::Errors& errors)
{
    const std::size_t before = errors.count();
    return {CsvTable::read(path, {std::move(columns), std::move(unique)}, errors), errors, before};
}

double Table::amount(std::size_t row, const char* column) const
{
    const double value = number(row, column);
    if (value < 0) errors_->add(where(row, column), "{} = {} is negative", column, value);
    return value;
}

double Table::positive(std::size_t row, const char* column) const
{
    const std::size_t before = errors_->count();
    const double value = amount(row, column);
    if (value == 0 && errors_->count() == before) errors_->add(where(row, column), "{} = 0 is not positive", column);
    return value;
}

double Table::share(std::size_t row, const char* column) const
{
    const double value = amount(row, column);
    if (value > 1)
        errors_->add(where(row, column), "{} = {} is a share and cannot exceed 1", column, value)
            .help("shares are written as fractions: 0.125 for 12.5 %");
    return value;
}

int Table::find(std::size_t row, const char* column, const std::vector<std::string>& known) const
{
    const auto at = std::find(known.begin(), known.end(), text(row, column));
    if (at != known.end()) return static_cast<int>(at - known.begin());
    errors_->add(where(row, column), "unknown name '{}'", text(row, column))
        .help(sim::suggestion(text(row, column), known));
    return -1;
}

void Table::expect_one(double sum, const sim::Position& where, const std::string& what) const
{
    if (!(std::abs(sum - 1) <= 1e-3)) errors_->add(where, "{} sum to {:.6g}, not 1", what, sum);
}

void Table::expect_rows(const char* column, const std::vector<std::string>& names) const
{
    if (!is_clean()) return;
    const auto given = this->column(column);
    for (const auto& name : names)
        if (std::find(given.begin(), given.end(), name) == given.end())
            errors_->add(CsvTable::where(), "the row of '{}' is missing", name)
                .help("rows needed: " + sim::suggestion("", names, column));
}

} // namespace fabrica::nation_tables
