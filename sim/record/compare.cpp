#include "sim/record/compare.hpp"

#include "sim/record/result_file.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace sim::record {
namespace {

/// The series of one file and the time axis they are on.
struct Side {
    explicit Side(const std::string& path) : file(path)
    {
        const h5::Variable* limits = file.find("/time_bounds");
        if (limits == nullptr) throw IoError(path, "compare the result", "it has no time_bounds");
        bounds = file.numbers(*limits);
        calendar = file.text_attribute("/time", "units") + ", " + file.text_attribute("/time", "calendar");
    }
    ResultFile file;
    std::vector<double> bounds; // begin and end of each period
    std::string calendar;
};

std::string name_of(const h5::Variable& v) { return v.path.substr(1); }

class Comparer {
public:
    Comparer(const std::string& a, const std::string& b) : a_(a), b_(b) {}

    Comparison operator()()
    {
        result_.a = a_.file.path(), result_.b = b_.file.path();
        result_.title_a = a_.file.text_attribute("/", "title"), result_.title_b = b_.file.text_attribute("/", "title");
        find_periods();
        find_axes();
        for (const h5::Variable* v : a_.file.series()) series(*v);
        for (const h5::Variable* v : b_.file.series())
            if (a_.file.find(v->path) == nullptr) result_.only_in_b.push_back(name_of(*v));
        return std::move(result_);
    }

private:
    void problem(const std::string& text) { result_.problems.push_back(text); }

    void find_periods()
    {
        const std::size_t most = std::min(a_.bounds.size(), b_.bounds.size());
        std::size_t same = 0;
        while (same < most && a_.bounds[same] == b_.bounds[same]) ++same;
        periods_ = result_.periods = a_.calendar == b_.calendar ? same / 2 : 0;
        if (a_.calendar != b_.calendar) problem("time is counted in " + a_.calendar + " and in " + b_.calendar);
        if (a_.bounds.size() != b_.bounds.size())
            problem(std::to_string(a_.bounds.size() / 2) + " and " + std::to_string(b_.bounds.size() / 2) + " periods");
        for (const Side* side : {&a_, &b_})
            if (const std::string status = side->file.text_attribute("/", "status"); status != "complete")
                problem(side->file.path() + " is " + status);
        if (periods_ == 0) return;
        const h5::Variable& time = *a_.file.find("/time");
        result_.first = a_.file.when(time, 0), result_.last = a_.file.when(time, periods_ - 1);
        while (a_.bounds[2 * last_year_] < a_.bounds[2 * periods_ - 1] - 366) ++last_year_;
    }

    void find_axes()
    {
        for (const h5::Variable& v : a_.file.variables()) {
            const h5::Variable* other = b_.file.find(v.path);
            if (!v.is_text || other == nullptr || !other->is_text || v.path.ends_with("_title")) continue;
            if (a_.file.texts(v) != b_.file.texts(*other))
                other_axes_.insert(name_of(v)), problem("axis " + name_of(v) + " has other labels");
        }
    }

    void series(const h5::Variable& v)
    {
        const h5::Variable* other = b_.file.find(v.path);
        if (other == nullptr) return result_.only_in_a.push_back(name_of(v));
        const auto differs = [&](const std::string& dimension) { return other_axes_.contains(dimension); };
        if (v.dimensions != other->dimensions) return problem("series " + name_of(v) + " has other dimensions");
        if (std::any_of(v.dimensions.begin(), v.dimensions.end(), differs)) return;
        SeriesComparison& s = result_.series.emplace_back();
        s.name = name_of(v), s.unit = a_.file.text_attribute(v.path, "units"),
        s.long_name = a_.file.text_attribute(v.path, "long_name");
        s.total = a_.file.text_attribute(v.path, "total");
        if (s.unit != b_.file.text_attribute(v.path, "units")) problem("series " + s.name + " has another unit");
        const RawValues values_a = a_.file.raw(v), values_b = b_.file.raw(*other);
        const std::size_t width = v.row_width();
        const auto bytes = static_cast<std::ptrdiff_t>(periods_ * width * size_of(v.kind));
        s.identical = v.kind == other->kind &&
                      std::equal(values_a.bytes.begin(), values_a.bytes.begin() + bytes, values_b.bytes.begin());
        s.whole_run = {mean(values_a, width, 0, s.total), mean(values_b, width, 0, s.total)};
        s.last_year = {mean(values_a, width, last_year_, s.total), mean(values_b, width, last_year_, s.total)};
    }

    /// Mean over the periods from @p first on of the total over the cells; missing numbers do not count.
    double mean(const RawValues& values, std::size_t width, std::size_t first, const std::string& total) const
    {
        double sum = 0;
        std::size_t rows = 0;
        for (std::size_t row = first; row < periods_; ++row) {
            const double value = row_total(values, row * width, width, total);
            if (!std::isnan(value)) sum += value, ++rows;
        }
        return rows == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / static_cast<double>(rows);
    }

    static double row_total(const RawValues& values, std::size_t first, std::size_t width, const std::string& total)
    {
        double sum = 0;
        std::size_t cells = 0;
        for (std::size_t i = first; i < first + width; ++i)
            if (const double value = values.number(i); !std::isnan(value)) sum += value, ++cells;
        if (cells == 0) return std::numeric_limits<double>::quiet_NaN();
        return total == "mean" ? sum / static_cast<double>(cells) : sum;
    }

    Side a_, b_;
    Comparison result_;
    std::set<std::string> other_axes_;
    std::size_t periods_ = 0, last_year_ = 0;
};

} // namespace

double Means::percent() const
{
    if (a == b) return 0;
    return a == 0 ? std::numeric_limits<double>::quiet_NaN() : 100 * (b - a) / std::abs(a);
}

bool Comparison::identical() const
{
    return problems.empty() && only_in_a.empty() && only_in_b.empty() &&
           std::all_of(series.begin(), series.end(), [](const SeriesComparison& s) { return s.identical; });
}

Comparison compare(const std::string& a, const std::string& b) { return Comparer(a, b)(); }

} // namespace sim::record
