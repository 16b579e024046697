#include "sim/base/errors.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <tuple>

namespace sim {
namespace {

constexpr std::size_t line_width = 100; // characters of a source line that are shown around the caret

bool starts_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

// Number of terminal cells of a character, from its first byte: ideographs take two.
int cells(char first) { return static_cast<unsigned char>(first) >= 0xE3U ? 2 : 1; }

struct Excerpt {
    std::string text;
    std::string caret;
};

// The part of a line around a column, and the caret line below it; tabs are kept so that both lines align.
Excerpt excerpt(std::string_view line, int column)
{
    const int first = std::max(1, column - static_cast<int>(line_width * 3 / 4));
    const int last = first + static_cast<int>(line_width);
    Excerpt result;
    if (first > 1) result = {"...", "   "};
    int position = 0;
    for (const char byte : line) {
        position += starts_character(byte) ? 1 : 0;
        if (position < first || position >= last) continue;
        const bool control = static_cast<unsigned char>(byte) < 0x20U && byte != '\t';
        result.text += control ? '?' : byte;
        if (starts_character(byte) && position < column)
            result.caret += byte == '\t' ? "\t" : std::string(static_cast<std::size_t>(cells(byte)), ' ');
    }
    if (position >= last) result.text += "...";
    result.caret += '^';
    return result;
}

std::string paint(std::string_view text, const char* code, bool coloured)
{
    return coloured ? fmt::format("\033[{}m{}\033[0m", code, text) : std::string(text);
}

std::string lower(std::string_view text)
{
    std::string result(text);
    for (char& c : result) c = c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

// Number of insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
std::size_t edit_distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

} // namespace

std::string_view Source::line(int number) const
{
    std::size_t begin = 0;
    for (int i = 1; i < number && begin != std::string::npos; ++i) {
        begin = text.find('\n', begin);
        if (begin != std::string::npos) ++begin;
    }
    if (number < 1 || begin == std::string::npos) return {};
    std::string_view rest = std::string_view(text).substr(begin);
    rest = rest.substr(0, rest.find('\n'));
    if (!rest.empty() && rest.back() == '\r') rest.remove_suffix(1);
    return rest;
}

std::string Position::text() const
{
    if (!source) return "default";
    if (line == 0) return source->name;
    return fmt::format("{}:{}:{}", source->name, line, column);
}

Finding& Finding::help(std::string text)
{
    help_text = std::move(text);
    return *this;
}

Finding& Errors::add_text(Position where, std::string message)
{
    if (++count_ > kept) return overflow_;
    findings_.push_back(std::make_unique<Finding>(Finding{std::move(where), std::move(message), {}}));
    return *findings_.back();
}

std::vector<Finding> Errors::sorted() const
{
    std::vector<Finding> result;
    std::map<const Source*, std::size_t> order;
    for (const auto& finding : findings_) {
        order.emplace(finding->where.source.get(), order.size());
        result.push_back(*finding);
    }
    std::stable_sort(result.begin(), result.end(), [&](const Finding& a, const Finding& b) {
        const auto place = [&](const Finding& f) {
            return std::tuple(order.at(f.where.source.get()), f.where.line, f.where.column);
        };
        return place(a) < place(b);
    });
    return result;
}

std::string Errors::report(bool coloured) const
{
    std::string result;
    for (const Finding& finding : sorted()) {
        const Position& where = finding.where;
        result += fmt::format("{}: {}: {}\n", paint(where.text(), "1", coloured), paint("error", "1;31", coloured),
                              finding.message);
        if (where.source && where.line > 0) {
            const Excerpt shown = excerpt(where.source->line(where.line), where.column);
            result += fmt::format("    {}\n    {}\n", shown.text, paint(shown.caret, "1;32", coloured));
        }
        if (!finding.help_text.empty())
            result += fmt::format("  {}: {}\n", paint("help", "1;36", coloured), finding.help_text);
    }
    if (count_ > kept) result += fmt::format("... and {} more errors\n", count_ - kept);
    return result;
}

std::string closest(std::string_view word, const std::vector<std::string>& candidates)
{
    const std::string wanted = lower(word.substr(0, 64));
    std::string best;
    std::size_t distance = std::max<std::size_t>(1, std::min<std::size_t>(4, (wanted.size() + 1) / 3)) + 1;
    for (const std::string& candidate : candidates) {
        const std::size_t d = edit_distance(wanted, lower(candidate));
        if (d < distance) {
            distance = d;
            best = candidate;
        }
    }
    if (!best.empty() || wanted.size() < 3) return best;
    // A word that was cut short or made too long: `subsidy` for `subsidy_rate`.
    for (const std::string& candidate : candidates) {
        const std::string known = lower(candidate);
        if (known.starts_with(wanted) || (known.size() >= 3 && wanted.starts_with(known))) return candidate;
    }
    return best;
}

std::string suggestion(std::string_view word, const std::vector<std::string>& candidates, std::string_view known_label)
{
    constexpr std::size_t shown = 12;
    const std::string best = closest(word, candidates);
    std::string result = best.empty() ? "" : fmt::format("did you mean '{}'? ", best);
    if (candidates.empty()) return result;
    result += fmt::format("{}: ", known_label);
    for (std::size_t i = 0; i < std::min(shown, candidates.size()); ++i)
        result += fmt::format("{}{}", i > 0 ? ", " : "", candidates[i]);
    if (candidates.size() > shown) result += fmt::format(", and {} more", candidates.size() - shown);
    return result;
}

} // namespace sim
