#include "sim/record/series_value.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace sim::record {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

IoError lacks(const ResultFile& file, const std::string& what)
{
    return {file.path(), "read the series", "there is no " + what};
}

/// Index of the label that is asked for on each axis behind time; -1 where none is.
std::vector<std::ptrdiff_t> chosen(const ResultFile& file, const h5::Variable& v, const Selection& selection)
{
    std::vector<std::ptrdiff_t> index(v.shape.size() - 1, -1);
    for (const auto& [axis, label] : selection.labels) {
        const auto at = std::find(v.dimensions.begin() + 1, v.dimensions.end(), axis);
        const h5::Variable* names = file.find("/" + axis);
        if (at == v.dimensions.end() || names == nullptr)
            throw lacks(file, fmt::format("{} by {}", selection.series, axis));
        const auto labels = file.texts(*names);
        const auto found = std::find(labels.begin(), labels.end(), label);
        if (found == labels.end()) throw lacks(file, axis + " " + label);
        index[static_cast<std::size_t>(at - v.dimensions.begin() - 1)] = found - labels.begin();
    }
    return index;
}

/// Places in a row of the cells that the choice leaves.
std::vector<std::size_t> cells(const h5::Variable& v, const std::vector<std::ptrdiff_t>& choice)
{
    std::vector<std::size_t> result{0};
    for (std::size_t d = 1; d < v.shape.size(); ++d) {
        std::vector<std::size_t> finer;
        for (const std::size_t at : result)
            for (std::size_t i = 0; i < v.shape[d]; ++i)
                if (choice[d - 1] < 0 || static_cast<std::size_t>(choice[d - 1]) == i)
                    finer.push_back(at * v.shape[d] + i);
        result = std::move(finer);
    }
    return result;
}

const h5::Variable* find_series(const ResultFile& file, const std::string& name)
{
    const h5::Variable* v = file.find("/" + name);
    return v == nullptr || v->dimensions.empty() || v->dimensions[0] != "time" ? nullptr : v;
}

} // namespace

bool has(const ResultFile& file, const Selection& selection)
{
    const h5::Variable* v = find_series(file, selection.series);
    return v != nullptr && std::all_of(selection.labels.begin(), selection.labels.end(), [&](const auto& choice) {
               const h5::Variable* names = file.find("/" + choice.first);
               if (std::count(v->dimensions.begin() + 1, v->dimensions.end(), choice.first) == 0 || names == nullptr)
                   return false;
               const auto labels = file.texts(*names);
               return std::count(labels.begin(), labels.end(), choice.second) > 0;
           });
}

std::vector<double> period_totals(const ResultFile& file, const Selection& selection)
{
    const h5::Variable* v = find_series(file, selection.series);
    if (v == nullptr) throw lacks(file, "series " + selection.series);
    const bool is_mean = file.text_attribute(v->path, "total") == "mean";
    const auto where = cells(*v, chosen(file, *v, selection));
    const std::size_t width = v->row_width();
    const std::vector<double> numbers = file.numbers(*v);
    std::vector<double> totals;
    for (std::size_t row = 0; row < v->shape[0]; ++row) {
        double sum = 0, count = 0;
        for (const std::size_t at : where)
            if (const double x = numbers[row * width + at]; !std::isnan(x)) sum += x, ++count;
        totals.push_back(count == 0 ? missing : is_mean ? sum / count : sum);
    }
    return totals;
}

std::vector<std::pair<std::string, std::string>> periods_of(const ResultFile& file)
{
    const h5::Variable* limits = file.find("/time_bounds");
    if (limits == nullptr) throw lacks(file, "time_bounds");
    const std::vector<double> bounds = file.numbers(*limits);
    const std::string units = file.text_attribute("/time", "units"),
                      calendar = file.text_attribute("/time", "calendar");
    std::vector<std::pair<std::string, std::string>> periods;
    for (std::size_t i = 0; i + 1 < bounds.size(); i += 2)
        periods.emplace_back(date_text(units, calendar, bounds[i]), date_text(units, calendar, bounds[i + 1] - 1));
    return periods;
}

double mean_of_periods(const ResultFile& file, const std::vector<double>& totals, double first_day, double end_day)
{
    const h5::Variable* limits = file.find("/time_bounds");
    if (limits == nullptr) throw lacks(file, "time_bounds");
    const std::vector<double> bounds = file.numbers(*limits);
    double sum = 0, count = 0;
    for (std::size_t row = 0; row < totals.size(); ++row) {
        const bool is_inside = bounds[2 * row] >= first_day && bounds[2 * row + 1] <= end_day;
        if (is_inside && !std::isnan(totals[row])) sum += totals[row], ++count;
    }
    return count == 0 ? missing : sum / count;
}

} // namespace sim::record
