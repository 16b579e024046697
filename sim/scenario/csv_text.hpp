#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/errors.hpp"

namespace sim::scenario {

/// A cell of a table, its quotes taken off, with the place where it begins.
struct CsvCell {
    std::string text;
    int line = 0;
    int column = 0;
};

/// A CSV text taken apart: `# key: value` lines on top, then rows of cells. Blank lines are left out.
struct CsvText {
    std::map<std::string, std::string> remarks; ///< several of one key are joined by "; "
    std::vector<std::vector<CsvCell>> rows;     ///< the header is the first
};

/// Takes a text apart by the rules of RFC 4180; quotes that do not fit are errors.
CsvText scan_csv(const std::shared_ptr<const Source>& source, Errors& errors);

/// The text without blanks at its ends.
std::string_view trimmed(std::string_view text);

/// The text, cut after 60 bytes, for messages.
std::string_view short_text(std::string_view text);

} // namespace sim::scenario
