#include "models/series/observed.hpp"

#include "models/series/catalogue.hpp"
#include "models/series/observations.hpp"
#include "sim/scenario/csv_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>

namespace fabrica {
namespace {

using sim::record::FixedSeries;
using sim::record::FixedTable;
using sim::scenario::CsvTable;
using Names = std::vector<std::string>;

const char* const by_sector_table = "utilisation_targets";

/// One variable of the group: what it is compared with, and what was seen.
struct Variable {
    std::size_t first_row = 0;
    std::size_t series = 0;
    std::string over{}, measure{}, population{}, dimension{};
    std::map<std::pair<int, std::size_t>, double> values{}; // by year and cell
    Names sources{}, comments{};
};

/// "2015-2018, 2020" for years in order.
std::string ranges(const std::vector<int>& years)
{
    std::string text;
    for (std::size_t i = 0; i < years.size();) {
        std::size_t last = i;
        while (last + 1 < years.size() && years[last + 1] == years[last] + 1) ++last;
        text += fmt::format("{}{}", text.empty() ? "" : ", ", years[i]);
        if (last > i) text += fmt::format("-{}", years[last]);
        i = last + 1;
    }
    return text;
}

/// Where values come from: each provenance with its years.
std::string source_of(const std::string& name, const ObservedYears& seen)
{
    std::map<std::string, std::vector<int>> years;
    for (const auto& [year, value] : seen) years[value.provenance].push_back(year);
    std::string text = name + ": ";
    for (const auto& [provenance, when] : years)
        text += fmt::format("{}{} {}", text.ends_with(": ") ? "" : "; ", ranges(when), provenance);
    return text;
}

void add_once(Names& names, std::string name)
{
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
}

std::string joined(const Names& names)
{
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : "\n") + name;
    return text;
}

/// Reads the map row by row.
class MapReader {
public:
    MapReader(const Nation& nation, sim::Errors& errors)
        : errors_(errors), axes_(series_axes(nation)), observations_(nation.folder, errors),
          by_sector_(observed_utilisation(nation, errors)), known_(observations_.names())
    {
        for (const SeriesRow& row : series_catalogue(false))
            series_.push_back(row.series), names_.push_back(row.series.name);
        known_.emplace_back(by_sector_table);
    }

    void operator()(const CsvTable& map)
    {
        for (std::size_t row = 0; row < map.rows(); ++row) read(map, row);
    }

    [[nodiscard]] FixedTable table(const sim::Calendar& calendar) const
    {
        FixedTable table;
        int first = std::numeric_limits<int>::max(), last = 0;
        for (const auto& [name, v] : variables_)
            for (const auto& [at, value] : v.values) first = std::min(first, at.first), last = std::max(last, at.first);
        for (int year = first; year <= last; ++year)
            table.periods.push_back({static_cast<double>(calendar.window({year, 1, 1})),
                                     static_cast<double>(calendar.window({year + 1, 1, 1}))});
        for (const auto& [name, v] : variables_) table.series.push_back(fixed(name, v, first, last));
        return table;
    }

private:
    [[nodiscard]] const sim::record::Axis& axis(const std::string& name) const
    {
        return *std::find_if(axes_.begin(), axes_.end(), [&](const auto& a) { return a.name == name; });
    }

    void read(const CsvTable& map, std::size_t row)
    {
        const std::size_t before = errors_.count();
        const std::string name(map.text(row, "variable"));
        if (name.empty() || name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos)
            errors_.add(map.where(row, "variable"), "variable '{}' is no name", name)
                .help("small letters, digits and _ are allowed");
        Variable v{row, map.one_of(row, "series", names_, "series")};
        if (!map.is_blank(row, "over")) v.over = names_[map.one_of(row, "over", names_, "series")];
        v.measure = choice(map, row, "measure", {"mean", "sum", "end", "growth"});
        v.population = choice(map, row, "population", {"all", "above_scale"});
        const auto& axes = series_[v.series].axes;
        if (!map.is_blank(row, "dimension") && errors_.count() == before)
            v.dimension = choice(map, row, "dimension", axes);
        const std::size_t observed = map.one_of(row, "observed", known_, "observed series");
        const double factor = map.number(row, "factor", sim::scenario::Range::above(0));
        if (errors_.count() > before) return;
        const auto [at, is_new] = variables_.try_emplace(name, v);
        if (!is_new && !agree(at->second, v))
            errors_
                .add(map.where(row, "variable"), "variable {} differs from its row in line {}", name,
                     map.where(at->second.first_row, "variable").line)
                .help("series, over, measure, population and dimension are those of the variable, not of a row");
        else
            fill(map, row, at->second, known_[observed], factor);
    }

    static std::string choice(const CsvTable& map, std::size_t row, const char* column, const Names& allowed)
    {
        return allowed.empty() ? "" : allowed[map.one_of(row, column, allowed, column)];
    }

    static bool agree(const Variable& a, const Variable& b)
    {
        return a.series == b.series && a.over == b.over && a.measure == b.measure && a.population == b.population &&
               a.dimension == b.dimension;
    }

    void fill(const CsvTable& map, std::size_t row, Variable& v, const std::string& observed, double factor)
    {
        const bool is_table = observed == by_sector_table;
        if (is_table != (v.dimension == "sector" && map.is_blank(row, "label")) ||
            (!is_table && v.dimension.empty() != map.is_blank(row, "label"))) {
            errors_
                .add(map.where(row, "label"), "label '{}' does not fit dimension '{}'", map.text(row, "label"),
                     v.dimension)
                .help(fmt::format("name the cell of the dimension, or leave both blank; {} fills all cells of sector",
                                  by_sector_table));
            return;
        }
        add_once(v.comments, std::string(map.text(row, "provenance")));
        if (is_table) {
            for (const auto& [code, years] : by_sector_)
                put(map, row, v, index(axis("sector").labels, code), years, factor, observed + ".csv " + code);
            return;
        }
        const std::size_t cell =
            v.dimension.empty() ? 0 : map.one_of(row, "label", axis(v.dimension).labels, v.dimension);
        put(map, row, v, cell, observations_.years(observed), factor, "observed_series.csv " + observed);
    }

    static std::size_t index(const Names& labels, const std::string& label)
    {
        return static_cast<std::size_t>(std::find(labels.begin(), labels.end(), label) - labels.begin());
    }

    void put(const CsvTable& map, std::size_t row, Variable& v, std::size_t cell, const ObservedYears& years,
             double factor, const std::string& name)
    {
        for (const auto& [year, seen] : years)
            if (!v.values.try_emplace({year, cell}, factor * seen.value).second) {
                errors_.add(map.where(row, "observed"), "{} of {} is given twice", map.text(row, "variable"), year)
                    .help("give each cell of a variable one observed series");
                return;
            }
        v.sources.push_back(source_of(name, years));
    }

    [[nodiscard]] FixedSeries fixed(const std::string& name, const Variable& v, int first, int last) const
    {
        const sim::record::Series& recorded = series_[v.series];
        const bool is_ratio = !v.over.empty() || v.measure == "growth";
        FixedSeries f;
        f.series.name = name;
        f.series.unit = is_ratio ? "1" : recorded.unit;
        f.series.long_name = recorded.long_name + (v.measure == "growth" ? ", growth" : "") + ", observed";
        f.series.definition =
            "What `source` tells, in the terms of the recorded series; see result_series, measure, population.";
        if (!v.dimension.empty()) f.series.axes = {v.dimension};
        f.series.cell_method = v.measure == "sum" ? "sum" : v.measure == "end" ? "point" : "mean";
        f.attributes = {{"result_series", recorded.name}, {"over", v.over},
                        {"measure", v.measure},           {"population", v.population},
                        {"source", joined(v.sources)},    {"comment", joined(v.comments)}};
        std::erase_if(f.attributes, [](const auto& a) { return std::get<std::string>(a.value).empty(); });
        const std::size_t width = v.dimension.empty() ? 1 : axis(v.dimension).labels.size();
        for (int year = first; year <= last; ++year)
            for (std::size_t cell = 0; cell < width; ++cell) {
                const auto at = v.values.find({year, cell});
                f.values.push_back(at == v.values.end() ? std::nan("") : at->second);
            }
        return f;
    }

    sim::Errors& errors_;
    std::vector<sim::record::Axis> axes_;
    Observations observations_;
    std::map<std::string, ObservedYears> by_sector_;
    Names known_, names_;
    std::vector<sim::record::Series> series_;
    std::map<std::string, Variable> variables_;
};

} // namespace

FixedTable read_observed(const Nation& nation, const sim::Calendar& calendar, sim::Errors& errors)
{
    const std::string path = nation.folder + "/observed_map.csv";
    if (!std::filesystem::exists(path)) return {};
    const std::size_t before = errors.count();
    const CsvTable map = CsvTable::read(
        path,
        {{"variable", "series", "over", "measure", "population", "dimension", "label", "observed", "factor"},
         {"variable", "label", "observed"}},
        errors);
    if (errors.count() > before) return {};
    MapReader read(nation, errors);
    if (errors.count() == before) read(map);
    return errors.count() == before ? read.table(calendar) : FixedTable{};
}

} // namespace fabrica
