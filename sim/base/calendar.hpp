#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>

namespace sim {

/// Number of a window since the start of a run; one window is one day.
using Window = std::int32_t;

/// A day of a calendar; month 1..12, day 1..31. Ordered by time.
struct Date {
    int year = 1970;
    int month = 1;
    int day = 1;
    auto operator<=>(const Date&) const = default;
};

/// "2015-01-31".
inline std::string to_string(Date date)
{
    const auto padded = [](int value, std::size_t width) {
        std::string digits = std::to_string(value);
        return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
    };
    return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2);
}

/// Maps windows to dates and back. Window 0 is the first day of the run.
///
/// `proleptic_gregorian` is the civil calendar; `day_360` has twelve months of thirty days, so that every month is alike
/// (steady-state tests). In `day_360` a date with day 31 stands for day 30 of its month.
class Calendar {
public:
    enum class Kind { proleptic_gregorian, day_360 };

    Calendar(Kind kind, Date start) : kind_(kind), start_(start), first_(day_number(start)) {}

    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] Date start() const { return start_; }

    /// Name as in scenarios and in the CF attribute `calendar`: "proleptic_gregorian" or "360_day".
    [[nodiscard]] const char* name() const { return kind_ == Kind::day_360 ? "360_day" : "proleptic_gregorian"; }

    /// Date of a window; negative windows lie before the start.
    [[nodiscard]] Date date(Window window) const { return date_of(first_ + window); }

    /// Window of a date; negative when the date lies before the start.
    [[nodiscard]] Window window(Date date) const { return static_cast<Window>(day_number(date) - first_); }

    /// Months between the start's month (0) and the month of the window; negative before it.
    [[nodiscard]] int month_index(Window window) const
    {
        const Date day = date(window);
        return 12 * (day.year - start_.year) + day.month - start_.month;
    }

    /// Number of days of the month the window lies in: 28 to 31, or 30.
    [[nodiscard]] int days_in_month(Window window) const { return month_length(date(window)); }

    /// Day within its month, counted from 0.
    [[nodiscard]] int day_of_month(Window window) const { return date(window).day - 1; }

    [[nodiscard]] bool is_month_end(Window window) const
    {
        const Date day = date(window);
        return day.day == month_length(day);
    }

    /// Days of this calendar since its 1970-01-01, for time axes of the form "days since".
    [[nodiscard]] std::int64_t day_number(Date date) const
    {
        if (kind_ == Kind::day_360)
            return 360 * std::int64_t{date.year - 1970} + std::int64_t{30} * (date.month - 1) +
                   (date.day > 30 ? 30 : date.day) - 1;
        return std::chrono::sys_days{civil(date)}.time_since_epoch().count();
    }

private:
    static std::chrono::year_month_day civil(Date date)
    {
        using namespace std::chrono;
        return {year{date.year}, month{static_cast<unsigned>(date.month)}, day{static_cast<unsigned>(date.day)}};
    }

    [[nodiscard]] Date date_of(std::int64_t number) const
    {
        if (kind_ == Kind::day_360) {
            const std::int64_t within = ((number % 360) + 360) % 360;
            return {static_cast<int>(1970 + (number - within) / 360), static_cast<int>(within / 30 + 1),
                    static_cast<int>(within % 30 + 1)};
        }
        const std::chrono::year_month_day day{std::chrono::sys_days{std::chrono::days{number}}};
        return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
                static_cast<int>(static_cast<unsigned>(day.day()))};
    }

    [[nodiscard]] int month_length(Date date) const
    {
        if (kind_ == Kind::day_360) return 30;
        using namespace std::chrono;
        const year_month_day_last last{year{date.year}, month_day_last{month{static_cast<unsigned>(date.month)}}};
        return static_cast<int>(static_cast<unsigned>(last.day()));
    }

    Kind kind_;
    Date start_;
    std::int64_t first_;
};

} // namespace sim
