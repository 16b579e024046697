#include "sim/scenario/csv_text.hpp"

#include <algorithm>

namespace sim::scenario {
namespace {

class Scanner {
public:
    Scanner(std::shared_ptr<const Source> source, Errors& errors)
        : source_(std::move(source)), errors_(errors), text_(source_->text)
    {
    }

    CsvText operator()()
    {
        remarks();
        while (at_ < text_.size()) {
            std::vector<CsvCell> row = next_row();
            if (!row.empty()) result_.rows.push_back(std::move(row));
        }
        return std::move(result_);
    }

private:
    [[nodiscard]] Position at(const CsvCell& cell) const { return {source_, cell.line, cell.column}; }

    void remarks()
    {
        while (at_ < text_.size() && text_[at_] == '#') {
            const std::size_t end = std::min(text_.find('\n', at_), text_.size());
            const std::string_view line = text_.substr(at_ + 1, end - at_ - 1);
            const std::size_t colon = line.find(':');
            if (colon != std::string_view::npos) {
                std::string& value = result_.remarks[std::string(trimmed(line.substr(0, colon)))];
                value += (value.empty() ? "" : "; ") + std::string(trimmed(line.substr(colon + 1)));
            }
            at_ = std::min(end + 1, text_.size());
            ++line_;
        }
    }

    // One row of cells, quotes taken off; empty for a blank line.
    std::vector<CsvCell> next_row()
    {
        std::vector<CsvCell> cells;
        column_ = 1;
        bool is_open = true;
        while (is_open) {
            CsvCell cell{"", line_, column_};
            const bool is_quoted = at_ < text_.size() && text_[at_] == '"';
            is_quoted ? quoted(cell) : plain(cell);
            cells.push_back(std::move(cell));
            is_open = at_ < text_.size() && text_[at_] == ',';
            if (is_open) step();
        }
        if (at_ < text_.size() && text_[at_] == '\r') step();
        if (at_ < text_.size()) step();
        ++line_;
        if (cells.size() == 1 && cells.front().text.empty()) cells.clear();
        return cells;
    }

    void plain(CsvCell& cell)
    {
        while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') cell.text += step();
        cell.text = trimmed(cell.text);
        if (cell.text.find('"') != std::string::npos)
            errors_.add(at(cell), "a quote inside a cell that is not quoted")
                .help("put the whole cell in quotes and double those inside: \"a \"\"b\"\"\"");
    }

    void quoted(CsvCell& cell)
    {
        step();
        for (;;) {
            if (at_ >= text_.size()) {
                errors_.add(at(cell), "the quote that opens this cell is never closed");
                return;
            }
            const char c = step();
            if (c == '\n') ++line_, column_ = 1;
            if (c != '"') {
                cell.text += c;
            } else if (at_ < text_.size() && text_[at_] == '"') {
                cell.text += step();
            } else {
                break;
            }
        }
        std::string rest;
        while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') rest += step();
        if (!trimmed(rest).empty())
            errors_.add(at(cell), "text after the closing quote of a cell: '{}'", short_text(trimmed(rest)));
    }

    char step()
    {
        const char c = text_[at_++];
        if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++column_;
        return c;
    }

    std::shared_ptr<const Source> source_;
    Errors& errors_;
    std::string_view text_;
    CsvText result_;
    std::size_t at_ = 0;
    int line_ = 1;
    int column_ = 1;
};

} // namespace

CsvText scan_csv(const std::shared_ptr<const Source>& source, Errors& errors) { return Scanner(source, errors)(); }

std::string_view trimmed(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::string_view short_text(std::string_view text) { return text.substr(0, 60); }

} // namespace sim::scenario
