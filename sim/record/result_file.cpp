#include "sim/record/result_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>

namespace sim::record {
namespace {

template <class T>
T value_at(const std::vector<std::byte>& bytes, std::size_t i)
{
    T value;
    std::memcpy(&value, bytes.data() + i * sizeof value, sizeof value);
    return value;
}

/// Calls f with the i-th number in its own type.
template <class F>
auto with_number(const RawValues& raw, std::size_t i, F&& f)
{
    switch (raw.kind) {
    case Kind::i64: return f(value_at<std::int64_t>(raw.bytes, i));
    case Kind::f32: return f(value_at<float>(raw.bytes, i));
    case Kind::i32: return f(value_at<std::int32_t>(raw.bytes, i));
    case Kind::i8: return f(value_at<std::int8_t>(raw.bytes, i));
    case Kind::u64: return f(value_at<std::uint64_t>(raw.bytes, i));
    case Kind::f64: break;
    }
    return f(value_at<double>(raw.bytes, i));
}

std::string group_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

h5::Length count(const h5::Variable& v)
{
    h5::Length n = 1;
    for (h5::Length length : v.shape) n *= length;
    return n;
}

std::string gregorian(int year, int month, int day_of_month, int days)
{
    using namespace std::chrono;
    const sys_days first = std::chrono::year(year) / month / day_of_month;
    const year_month_day date(first + std::chrono::days(days));
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::string in_360_days(int year, int month, int day_of_month, int days)
{
    const int all = year * 360 + (month - 1) * 30 + day_of_month - 1 + days;
    return fmt::format("{:04}-{:02}-{:02}", all / 360, all % 360 / 30 + 1, all % 30 + 1);
}

} // namespace

double RawValues::number(std::size_t i) const
{
    return with_number(*this, i, [](auto v) { return static_cast<double>(v); });
}

std::string RawValues::text(std::size_t i) const
{
    return with_number(*this, i, [](auto v) {
        if constexpr (std::is_floating_point_v<decltype(v)>)
            return fmt::format("{:.17g}", v);
        else
            return std::to_string(v);
    });
}

ResultFile::ResultFile(const std::string& path) : file_(h5::File::open(path)), variables_(file_.variables())
{
    if (find("/time") == nullptr || text_attribute("/", "status").empty())
        throw IoError(path, "read the result", "not a file of the recorder");
}

const h5::Variable* ResultFile::find(const std::string& path) const
{
    const auto at =
        std::find_if(variables_.begin(), variables_.end(), [&](const h5::Variable& v) { return v.path == path; });
    return at == variables_.end() ? nullptr : &*at;
}

std::vector<const h5::Variable*> ResultFile::series() const
{
    std::vector<const h5::Variable*> result;
    for (const h5::Variable& v : variables_)
        if (v.path.rfind('/') == 0 && !v.dimensions.empty() && v.dimensions[0] == "time" && v.path != "/time" &&
            v.path != "/time_bounds")
            result.push_back(&v);
    return result;
}

RawValues ResultFile::raw(const h5::Variable& v) const
{
    RawValues values{v.kind, std::vector<std::byte>(count(v) * size_of(v.kind))};
    if (!values.bytes.empty())
        file_.read_rows(v.path, v.kind, 0, v.shape.empty() ? 1 : v.shape[0], values.bytes.data());
    return values;
}

std::vector<double> ResultFile::numbers(const h5::Variable& v) const
{
    std::vector<double> values(count(v));
    if (!values.empty()) file_.read_rows(v.path, Kind::f64, 0, v.shape.empty() ? 1 : v.shape[0], values.data());
    return values;
}

std::string ResultFile::text_attribute(const std::string& object, const std::string& name) const
{
    return file_.text(object, name);
}

std::string ResultFile::cell(const h5::Variable& v, std::size_t index) const
{
    std::string result;
    for (std::size_t d = v.shape.size(); d-- > 1; index /= v.shape[d]) {
        const h5::Variable* axis = find("/" + v.dimensions[d]);
        const std::size_t at = index % v.shape[d];
        const std::string label = axis != nullptr && axis->is_text ? texts(*axis)[at] : std::to_string(at);
        result = v.dimensions[d] + "=" + label + (result.empty() ? "" : ", ") + result;
    }
    return result;
}

std::string ResultFile::when(const h5::Variable& v, std::size_t row) const
{
    const h5::Variable* time =
        v.dimensions.empty() || v.dimensions[0] != "time" ? nullptr : find(group_of(v.path) + "/time");
    if (time == nullptr || row >= time->shape[0]) return "row " + std::to_string(row);
    return date_text(text_attribute(time->path, "units"), text_attribute(time->path, "calendar"), numbers(*time)[row]);
}

std::string date_text(const std::string& units, const std::string& calendar, double day)
{
    int year = 0, month = 0, day_of_month = 0;
    const bool known = std::sscanf(units.c_str(), "days since %d-%d-%d", &year, &month, &day_of_month) == 3;
    const int days = static_cast<int>(std::floor(day));
    if (known && calendar == "360_day") return in_360_days(year, month, day_of_month, days);
    if (known && calendar == "proleptic_gregorian") return gregorian(year, month, day_of_month, days);
    return fmt::format("day {}", day);
}

} // namespace sim::record
