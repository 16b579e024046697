#include "sim/report/facts/run_numbers.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "sim/base/errors.hpp"
#include "sim/record/result_file.hpp"

namespace sim::report {
namespace {

int month_of(const std::string& date) { return 12 * std::stoi(date.substr(0, 4)) + std::stoi(date.substr(5, 2)) - 1; }

std::size_t position(const std::vector<std::string>& all, const std::string& name)
{
    return static_cast<std::size_t>(std::find(all.begin(), all.end(), name) - all.begin());
}

/// Index along one axis of a cell of a series.
std::size_t index_along(const SeriesInfo& series, std::size_t axis, std::size_t cell)
{
    for (std::size_t a = series.lengths.size() - 1; a > axis; --a) cell /= series.lengths[a];
    return cell % series.lengths[axis];
}

std::size_t axis_of(const SeriesInfo& series, const std::string& axis)
{
    const std::size_t at = position(series.axes, axis);
    if (at == series.axes.size()) throw Missing(fmt::format("the series {} has no axis {}", series.name, axis));
    return at;
}

/// For each cell of `from` the cell of `to` that it is part of.
std::vector<std::size_t> parts(const SeriesInfo& from, const SeriesInfo& to)
{
    std::vector<std::size_t> cells(from.width(), 0);
    for (std::size_t a = 0; a < to.axes.size(); ++a) {
        const std::size_t axis = axis_of(from, to.axes[a]);
        for (std::size_t c = 0; c < cells.size(); ++c) cells[c] = cells[c] * to.lengths[a] + index_along(from, axis, c);
    }
    return cells;
}

} // namespace

const std::vector<std::string>& RunNumbers::functions()
{
    static const std::vector<std::string> all{"sum",     "start", "end",    "mean",  "least",
                                              "largest", "peak",  "height", "change"};
    return all;
}

RunNumbers::RunNumbers(const RunFile& file, const Run& run) : file_(file), run_(run)
{
    for (const PeriodOfTime& period : file.periods()) months_.push_back(month_of(period.from));
}

double RunNumbers::operator()(const Call& call)
{
    remark_.clear();
    const std::string& f = call.function;
    if (f == "least" || f == "largest") return extreme(call);
    if (f == "peak" || f == "height") return peak(call);
    if (f == "change") return change(call);
    if (f == "end" && call.arguments.size() == 1 && file_.find(call.series) == nullptr)
        return yearly(call.series, month_span(call.arguments[0]));
    Rows when = rows(call, 0);
    if (f == "mean") return mean(call, when);
    if (f == "start") when.end = when.first + 1;
    if (f == "end") when.first = when.end - 1;
    return added(call, when);
}

const RunNumbers::Data& RunNumbers::data(const std::string& name)
{
    const auto [at, is_new] = read_.try_emplace(name);
    if (is_new) {
        const SeriesInfo* series = file_.find(name);
        if (series == nullptr) {
            read_.erase(at);
            throw Missing(fmt::format("the result has no series {}", name));
        }
        at->second = {series, file_.values(*series, run_.row)};
    }
    return at->second;
}

RunNumbers::Rows RunNumbers::rows(const Call& call, std::size_t argument) const
{
    if (argument >= call.arguments.size()) return {0, months_.size()};
    const MonthSpan span = month_span(call.arguments[argument]);
    const auto first = std::lower_bound(months_.begin(), months_.end(), span.first);
    const auto end = std::upper_bound(months_.begin(), months_.end(), span.last);
    if (end - first != span.months())
        throw Missing(fmt::format("the run does not hold {}{}", month_text(span.first),
                                  span.last == span.first ? "" : " to " + month_text(span.last)));
    return {static_cast<std::size_t>(first - months_.begin()), static_cast<std::size_t>(end - months_.begin())};
}

std::vector<bool> RunNumbers::chosen(const SeriesInfo& series, const std::string& axis,
                                     const std::vector<std::string>& labels) const
{
    std::vector<bool> cells(series.width(), axis.empty());
    if (axis.empty()) return cells;
    const std::size_t along = axis_of(series, axis);
    const auto known = file_.labels(axis);
    for (const std::string& label : labels) {
        const std::size_t wanted = position(known, label);
        if (wanted == known.size())
            throw Missing(fmt::format("{} has no label {}. {}", axis, label, suggestion(label, known)));
        for (std::size_t c = 0; c < cells.size(); ++c)
            if (index_along(series, along, c) == wanted) cells[c] = true;
    }
    return cells;
}

double RunNumbers::added(const Call& call, Rows when)
{
    const Data& all = data(call.series);
    const auto cells = chosen(*all.series, call.axis, call.labels);
    Exact sum = 0;
    for (std::size_t row = when.first; row < when.end; ++row)
        for (std::size_t c = 0; c < cells.size(); ++c)
            if (const Exact x = all.values[row * cells.size() + c]; cells[c] && !std::isnan(x)) sum += x;
    return static_cast<double>(sum);
}

/// The weights of the cells of `of`, month by month from `rows.first`.
std::vector<Exact> RunNumbers::weights(const Data& of, const std::string& by, Rows when)
{
    const std::size_t width = of.series->width();
    if (by.empty()) return std::vector<Exact>((when.end - when.first) * width, 1);
    const Data& weight = data(by);
    const auto part_of = parts(*weight.series, *of.series);
    std::vector<Exact> sums((when.end - when.first) * width, 0);
    for (std::size_t row = when.first; row < when.end; ++row)
        for (std::size_t c = 0; c < part_of.size(); ++c)
            if (const Exact x = weight.values[row * part_of.size() + c]; !std::isnan(x))
                sums[(row - when.first) * width + part_of[c]] += x;
    return sums;
}

double RunNumbers::mean(const Call& call, Rows when)
{
    const Data& all = data(call.series);
    const auto cells = chosen(*all.series, call.axis, call.labels);
    const auto weight = weights(all, call.by, when);
    Exact sum = 0, total = 0;
    for (std::size_t i = 0; i < weight.size(); ++i) {
        const Exact x = all.values[when.first * cells.size() + i];
        if (cells[i % cells.size()] && !std::isnan(x)) sum += x * weight[i], total += weight[i];
    }
    return static_cast<double>(sum / total);
}

double RunNumbers::extreme(const Call& call)
{
    if (call.arguments.empty()) throw Missing(fmt::format("{}() needs an axis", call.function));
    const std::string& axis = call.arguments[0];
    const Rows when = rows(call, 1);
    double best = std::nan("");
    std::string where;
    for (const std::string& label : file_.labels(axis)) {
        Call of_label = call;
        of_label.axis = axis, of_label.labels = {label};
        const double x = mean(of_label, when);
        const bool is_better = std::isnan(best) || (call.function == "least" ? x < best : x > best);
        if (!std::isnan(x) && is_better) best = x, where = label;
    }
    remark_ = where;
    return best;
}

double RunNumbers::peak(const Call& call)
{
    const Data& above = data(call.series);
    const Data& below = data(call.by);
    const std::size_t width = above.series->width();
    if (below.series->width() != width) throw Missing(fmt::format("{} and {} have other cells", call.series, call.by));
    std::size_t count = width;
    if (!call.arguments.empty())
        std::from_chars(call.arguments[0].data(), call.arguments[0].data() + call.arguments[0].size(), count);
    double best = std::nan("");
    std::size_t at = 0;
    for (std::size_t c = 0; c < std::min(count, width); ++c) {
        Exact a = 0, b = 0;
        for (std::size_t i = c; i < above.values.size(); i += width) a += above.values[i], b += below.values[i];
        const double ratio = b > 0 ? static_cast<double>(a / b) : std::nan("");
        if (!std::isnan(ratio) && (std::isnan(best) || ratio > best)) best = ratio, at = c + 1;
    }
    return call.function == "height" || std::isnan(best) ? best : static_cast<double>(at);
}

double RunNumbers::change(const Call& call)
{
    const Data& all = data(call.series);
    const std::size_t width = all.series->width();
    const auto means = [&](Rows when) {
        std::vector<Exact> cells(width);
        for (std::size_t c = 0; c < width; ++c) {
            Exact sum = 0, known = 0;
            for (std::size_t row = when.first; row < when.end; ++row)
                if (const Exact x = all.values[row * width + c]; !std::isnan(x)) sum += x, ++known;
            cells[c] = sum / known;
        }
        return cells;
    };
    const Rows later = rows(call, 1);
    const auto before = means(rows(call, 0)), now = means(later), weight = weights(all, call.by, later);
    Exact sum = 0, total = 0;
    for (std::size_t i = 0; i < weight.size(); ++i)
        if (const Exact ratio = now[i % width] / before[i % width]; std::isfinite(ratio))
            sum += ratio * weight[i], total += weight[i];
    return static_cast<double>(sum / total) - 1;
}

/// A series of the group `yearly` in the year that ends with the period.
double RunNumbers::yearly(const std::string& series, MonthSpan when) const
{
    const std::string path = "/yearly/" + series, limits = "/yearly/time_bounds";
    if (file_.is_ensemble() || !file_.file().exists("/yearly") || !file_.file().exists(path))
        throw Missing(fmt::format("the {} has no series {}", file_.is_ensemble() ? "ensemble" : "result", series));
    const record::h5::Length years = file_.file().variable(limits).shape.at(0);
    std::vector<double> bounds(2 * years), values(years);
    file_.file().read_rows(limits, record::Kind::f64, 0, years, bounds.data());
    file_.file().read_rows(path, record::Kind::f64, 0, years, values.data());
    const std::string units = file_.text("/yearly/time", "units"), calendar = file_.text("/yearly/time", "calendar");
    for (std::size_t i = 0; i < years; ++i)
        if (month_of(record::date_text(units, calendar, bounds[2 * i + 1] - 1)) == when.last &&
            month_of(record::date_text(units, calendar, bounds[2 * i])) == when.first)
            return values[i];
    throw Missing(fmt::format("the run does not hold {} to {}", month_text(when.first), month_text(when.last)));
}

} // namespace sim::report
