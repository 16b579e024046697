#include "sim/scenario/csv_table.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "sim/base/io_error.hpp"
#include "sim/scenario/library.hpp"
#include "sim/scenario/read_once.hpp"

namespace sim::scenario {
namespace {

constexpr std::size_t largest_table = std::size_t{256} << 20;

/// Fills a table, which looks at the same content while that is checked.
class CsvFiller {
public:
    CsvFiller(CsvContent& content, const CsvTable& table, const CsvShape& shape, Errors& errors)
        : content_(content), table_(table), shape_(shape), errors_(errors)
    {
    }

    void operator()(CsvText text)
    {
        content_.remarks = std::move(text.remarks);
        if (text.rows.empty()) {
            errors_.add(table_.where(), "the table is empty: it has no header line");
            return;
        }
        header_ = text.rows.front();
        if (!read_header(header_)) return;
        for (std::size_t row = 1; row < text.rows.size(); ++row) add_row(std::move(text.rows[row]));
        check_provenance();
        check_unique();
    }

private:
    [[nodiscard]] Position at(const CsvCell& cell) const { return {content_.source, cell.line, cell.column}; }

    bool read_header(const std::vector<CsvCell>& header)
    {
        std::vector<std::string> names;
        for (const CsvCell& cell : header) {
            if (!content_.columns.emplace(cell.text, names.size()).second)
                errors_.add(at(cell), "the column '{}' is given twice", short_text(cell.text));
            names.push_back(cell.text);
        }
        std::vector<std::string> wanted = shape_.columns;
        if (shape_.has_provenance) wanted.push_back("provenance");
        bool is_complete = true;
        for (const std::string& name : wanted) {
            if (table_.has(name)) continue;
            is_complete = false;
            errors_.add(at(header.front()), "the column '{}' is missing", name)
                .help(suggestion(name, names, "The table has"));
        }
        if (shape_.has_provenance && table_.remark("source").empty())
            errors_.add({content_.source, 1, 1}, "the table does not say where it comes from")
                .help("add a line `# source: ...` on top");
        return is_complete;
    }

    void add_row(std::vector<CsvCell> cells)
    {
        if (cells.size() == header_.size())
            content_.rows.push_back(std::move(cells));
        else
            errors_.add(at(cells.front()), "the row has {} cells, the header {}", cells.size(), header_.size())
                .help("text that holds a comma needs quotes");
    }

    void check_provenance() const
    {
        if (!shape_.has_provenance) return;
        for (std::size_t row = 0; row < table_.rows(); ++row) {
            const std::string_view text = table_.text(row, "provenance");
            const std::string_view word = trimmed(text.substr(0, text.find(':')));
            if (word == "read" || word == "computed" || word == "assumed") continue;
            errors_
                .add(table_.where(row, "provenance"), "provenance '{}' is not read, computed or assumed",
                     short_text(text))
                .help("for example `read: table 3 of the source`");
        }
    }

    void check_unique() const
    {
        if (shape_.unique.empty()) return;
        std::map<std::string, std::size_t> seen;
        for (std::size_t row = 0; row < table_.rows(); ++row) {
            std::string name;
            for (const std::string& column : shape_.unique)
                name += (name.empty() ? "" : ", ") + std::string(table_.text(row, column));
            const auto [first, is_new] = seen.emplace(name, row);
            if (is_new) continue;
            const int line = table_.where(first->second, shape_.unique.front()).line;
            errors_.add(table_.where(row, shape_.unique.front()), "the row '{}' is given twice (first in line {})",
                        short_text(name), line);
        }
    }

    CsvContent& content_;
    const CsvTable& table_;
    const CsvShape& shape_;
    Errors& errors_;
    std::vector<CsvCell> header_;
};

} // namespace

CsvTable CsvTable::read(const std::string& path, const CsvShape& shape, Errors& errors)
{
    if (auto known = ReadOnce::table(path, shape)) {
        CsvTable table;
        table.content_ = std::move(known), table.errors_ = &errors;
        return table;
    }
    try {
        const std::size_t before = errors.count();
        CsvTable table = parse(path, read_bytes(path, largest_table), shape, errors);
        if (errors.count() == before) ReadOnce::keep(path, shape, table.content_);
        return table;
    } catch (const IoError& failure) {
        errors.add({std::make_shared<Source>(Source{path, ""}), 0, 0}, "the table cannot be read: {}", failure.what());
        return {};
    }
}

CsvTable CsvTable::parse(std::string name, std::string text, const CsvShape& shape, Errors& errors)
{
    Source source{std::move(name), std::move(text)};
    const auto content = std::make_shared<CsvContent>();
    CsvTable table;
    table.content_ = content, table.errors_ = &errors;
    if (!is_clean_text(source, errors)) return table;
    content->source = std::make_shared<const Source>(std::move(source));
    CsvFiller{*content, table, shape, errors}(scan_csv(content->source, errors));
    return table;
}

const CsvCell* CsvTable::cell(std::size_t row, std::string_view column) const
{
    const auto found = content_->columns.find(column);
    if (found == content_->columns.end()) return nullptr;
    return &content_->rows.at(row).at(found->second);
}

std::string_view CsvTable::text(std::size_t row, std::string_view column) const
{
    const CsvCell* found = cell(row, column);
    return found == nullptr ? std::string_view() : std::string_view(found->text);
}

Position CsvTable::where(std::size_t row, std::string_view column) const
{
    const CsvCell* found = cell(row, column);
    return found == nullptr ? where() : Position{content_->source, found->line, found->column};
}

double CsvTable::number(std::size_t row, std::string_view column, Range range) const
{
    const std::string_view given = text(row, column);
    double value = 0.0;
    const auto [end, failed] = std::from_chars(given.data(), given.data() + given.size(), value);
    if (given.empty() || failed != std::errc() || end != given.data() + given.size() || !std::isfinite(value)) {
        errors_->add(where(row, column), "{} '{}' is not a finite number", column, short_text(given))
            .help("numbers are written like 1200, 0.05 or 1e6");
        return 0.0;
    }
    if (range.contains(value)) return value;
    errors_->add(where(row, column), "{} = {} is outside {}", column, given, range.text());
    return 0.0;
}

std::int64_t CsvTable::integer(std::size_t row, std::string_view column, Range range) const
{
    const std::string_view given = text(row, column);
    std::int64_t value = 0;
    const auto [end, failed] = std::from_chars(given.data(), given.data() + given.size(), value);
    if (given.empty() || failed != std::errc() || end != given.data() + given.size()) {
        errors_->add(where(row, column), "{} '{}' is not an integer", column, short_text(given));
        return 0;
    }
    if (range.contains(static_cast<double>(value))) return value;
    errors_->add(where(row, column), "{} = {} is outside {}", column, given, range.text());
    return 0;
}

Date CsvTable::date(std::size_t row, std::string_view column) const
{
    const std::string_view given = text(row, column);
    Date value;
    const auto part = [&](std::size_t begin, std::size_t length, int& into) {
        const char* first = given.data() + begin;
        const auto result = std::from_chars(first, first + length, into);
        return result.ec == std::errc() && result.ptr == first + length;
    };
    const bool is_date = given.size() == 10 && given[4] == '-' && given[7] == '-' && part(0, 4, value.year) &&
                         part(5, 2, value.month) && part(8, 2, value.day);
    const std::chrono::year_month_day day{std::chrono::year{value.year},
                                          std::chrono::month{static_cast<unsigned>(value.month)},
                                          std::chrono::day{static_cast<unsigned>(value.day)}};
    if (is_date && day.ok()) return value;
    errors_->add(where(row, column), "{} '{}' is not a date", column, short_text(given))
        .help("dates are written YYYY-MM-DD");
    return {};
}

std::size_t CsvTable::one_of(std::size_t row, std::string_view column, const std::vector<std::string>& known,
                             std::string_view what) const
{
    const auto found = std::find(known.begin(), known.end(), text(row, column));
    if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
    errors_->add(where(row, column), "'{}' is not a known {}", short_text(text(row, column)), what)
        .help(suggestion(text(row, column), known));
    return 0;
}

std::vector<std::string> CsvTable::column(std::string_view name) const
{
    std::vector<std::string> result;
    for (std::size_t row = 0; row < rows(); ++row) result.emplace_back(text(row, name));
    return result;
}

std::string CsvTable::remark(const std::string& key) const
{
    const auto found = content_->remarks.find(key);
    return found == content_->remarks.end() ? std::string() : found->second;
}

} // namespace sim::scenario
