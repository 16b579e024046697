#include "models/series/observations.hpp"

#include "sim/scenario/csv_table.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace fabrica {
namespace {

using sim::scenario::CsvTable;

struct When {
    int year = 0, quarter = 0; // 0: the whole year
};

/// "2015" or "2015Q3".
std::optional<When> parse(std::string_view text)
{
    const auto is_digit = [](unsigned char c) { return std::isdigit(c) != 0; };
    if (text.size() < 4 || !std::all_of(text.begin(), text.begin() + 4, is_digit)) return {};
    const int year = std::stoi(std::string(text.substr(0, 4)));
    if (text.size() == 4) return When{year, 0};
    if (text.size() != 6 || text[4] != 'Q' || text[5] < '1' || text[5] > '4') return {};
    return When{year, text[5] - '0'};
}

using Quarters = std::map<std::pair<std::string, int>, std::map<int, Observation>>;

void add_years_of(const Quarters& quarters, std::map<std::string, ObservedYears>& series)
{
    for (const auto& [key, four] : quarters) {
        if (four.size() < 4) continue;
        Observation mean{0, "mean of four quarters, " + four.begin()->second.provenance};
        for (const auto& [quarter, seen] : four) mean.value += seen.value / 4;
        series[key.first].try_emplace(key.second, mean);
    }
}

} // namespace

Observations::Observations(const std::string& folder, sim::Errors& errors)
{
    const CsvTable t =
        CsvTable::read(folder + "/observed_series.csv", {{"series", "period", "value"}, {"series", "period"}}, errors);
    Quarters quarters;
    for (std::size_t r = 0; r < t.rows(); ++r) {
        const auto when = parse(t.text(r, "period"));
        if (!when) {
            errors.add(t.where(r, "period"), "period = '{}' is neither a year nor a quarter", t.text(r, "period"))
                .help("write 2015 or 2015Q3");
            continue;
        }
        const std::string name(t.text(r, "series"));
        const Observation seen{t.number(r, "value"), std::string(t.text(r, "provenance"))};
        ObservedYears& years = series_[name];
        if (when->quarter == 0)
            years[when->year] = seen;
        else
            quarters[{name, when->year}][when->quarter] = seen;
    }
    add_years_of(quarters, series_);
}

std::vector<std::string> Observations::names() const
{
    std::vector<std::string> all;
    for (const auto& [name, years] : series_) all.push_back(name);
    return all;
}

std::map<std::string, ObservedYears> observed_utilisation(const Nation& nation, sim::Errors& errors)
{
    const CsvTable t =
        CsvTable::read(nation.folder + "/utilisation_targets.csv", {{"code", "basis"}, {"code"}}, errors);
    std::map<std::string, ObservedYears> all;
    for (std::size_t r = 0; r < t.rows(); ++r) {
        if (t.text(r, "basis") != "branch") continue;
        for (const auto& [year, use] : nation.utilisation.at(std::string(t.text(r, "code"))))
            all[std::string(t.text(r, "code"))][year] = {100 * use, std::string(t.text(r, "provenance"))};
    }
    return all;
}

} // namespace fabrica
