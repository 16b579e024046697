#include "sim/record/compare.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace sim::record {
namespace {

/// Seven significant digits without an exponent where that is short, else with one.
std::string number(double value)
{
    if (std::isnan(value)) return "-";
    if (value == 0) return "0";
    const double size = std::abs(value);
    if (size >= 1e13 || (size > 0 && size < 1e-4)) return fmt::format("{:.4e}", value);
    const int whole = size < 1 ? 1 : static_cast<int>(std::log10(size)) + 1;
    return fmt::format("{:.{}f}", value, std::clamp(7 - whole, 0, 6));
}

std::string percent(const SeriesComparison& s, const Means& m)
{
    if (s.identical) return "=";
    return std::isnan(m.percent()) ? "-" : fmt::format("{:+.2f}", m.percent());
}

std::size_t widest(const Comparison& c, std::string SeriesComparison::*text, std::size_t least)
{
    for (const SeriesComparison& s : c.series) least = std::max(least, (s.*text).size());
    return least;
}

std::string table(const Comparison& c, Means SeriesComparison::*period, const std::string& heading)
{
    const std::size_t names = widest(c, &SeriesComparison::name, 6), units = widest(c, &SeriesComparison::unit, 4);
    const std::string form = "{:<{}}  {:<{}}  {:>13}  {:>13}  {:>13}  {:>8}\n";
    std::string text =
        heading + "\n" + fmt::format(fmt::runtime(form), "series", names, "unit", units, "A", "B", "B - A", "%");
    for (const SeriesComparison& s : c.series) {
        const Means& m = s.*period;
        text += fmt::format(fmt::runtime(form), s.name, names, s.unit, units, number(m.a), number(m.b),
                            number(m.difference()), percent(s, m));
    }
    return text;
}

std::string lines(const std::string& what, const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names) text += what + name + "\n";
    return text;
}

nlohmann::ordered_json object(const Means& m)
{
    return {{"a", m.a}, {"b", m.b}, {"difference", m.difference()}, {"percent", m.percent()}};
}

std::string with_title(const std::string& path, const std::string& title)
{
    return title.empty() ? path : path + "  (" + title + ")";
}

} // namespace

std::string to_text(const Comparison& c)
{
    std::string text = "A  " + with_title(c.a, c.title_a) + "\nB  " + with_title(c.b, c.title_b) + "\n";
    text += lines("not like for like: ", c.problems) + lines("only in A: ", c.only_in_a) +
            lines("only in B: ", c.only_in_b);
    if (c.periods == 0) return text + "no period in common\n";
    text += fmt::format(
        "{} periods from {} to {}; means per period, added up over the axes (shares and indices: averaged)\n\n",
        c.periods, c.first, c.last);
    text += table(c, &SeriesComparison::last_year, "Last year") + "\n" +
            table(c, &SeriesComparison::whole_run, "Whole run");
    return c.identical() ? text + "\nAll series are identical.\n" : text;
}

std::string to_json(const Comparison& c)
{
    nlohmann::ordered_json series = nlohmann::ordered_json::array();
    for (const SeriesComparison& s : c.series)
        series.push_back({{"name", s.name},
                          {"unit", s.unit},
                          {"long_name", s.long_name},
                          {"total", s.total},
                          {"identical", s.identical},
                          {"last_year", object(s.last_year)},
                          {"whole_run", object(s.whole_run)}});
    const nlohmann::ordered_json all{{"a", c.a},
                                     {"b", c.b},
                                     {"title_a", c.title_a},
                                     {"title_b", c.title_b},
                                     {"identical", c.identical()},
                                     {"periods", c.periods},
                                     {"first", c.first},
                                     {"last", c.last},
                                     {"problems", c.problems},
                                     {"only_in_a", c.only_in_a},
                                     {"only_in_b", c.only_in_b},
                                     {"series", series}};
    return all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

} // namespace sim::record
