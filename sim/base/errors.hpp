#pragma once

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

namespace sim {

/// A text that was read: a file, or the options of the command line (name "--set", one override per line).
struct Source {
    std::string name; ///< as it is shown to the user
    std::string text;

    /// The n-th line, counted from 1, without its end; empty when there is none.
    [[nodiscard]] std::string_view line(int number) const;
};

/// A place in a source. Line and column count from 1, columns in characters; 0 means the source as a whole.
struct Position {
    std::shared_ptr<const Source> source;
    int line = 0;
    int column = 0;

    /// "file:line:column", "file" for a source as a whole, "default" without a source.
    [[nodiscard]] std::string text() const;
};

/// One finding about the input: where, what (and why), and how to repair it.
struct Finding {
    Position where;
    std::string message;
    std::string help_text;

    /// Adds the help line; returns the finding, so that calls can be chained.
    Finding& help(std::string text);
};

/// Collects everything that is wrong with the input, so that all of it is reported at once.
class Errors {
public:
    static constexpr std::size_t kept = 1000; ///< findings beyond these are counted but not kept

    /// Adds a finding; the message is formatted as by fmt::format.
    template <class... Args>
    Finding& add(const Position& where, fmt::format_string<Args...> format, Args&&... args)
    {
        return add_text(where, fmt::format(format, std::forward<Args>(args)...));
    }

    Finding& add_text(Position where, std::string message);

    [[nodiscard]] bool empty() const { return count_ == 0; }
    [[nodiscard]] std::size_t count() const { return count_; }

    /// The findings in the order of their sources, lines and columns.
    [[nodiscard]] std::vector<Finding> sorted() const;

    /// Every finding as `file:line:column: error: message`, the source line with a caret, and the help line.
    [[nodiscard]] std::string report(bool coloured = false) const;

private:
    std::vector<std::unique_ptr<Finding>> findings_; // by pointer: `add` hands out references
    Finding overflow_;
    std::size_t count_ = 0;
};

/// Thrown by steps that cannot go on; carries the findings.
struct InvalidInput : std::runtime_error {
    explicit InvalidInput(const Errors& errors) : std::runtime_error(errors.report()) {}
};

/// The candidate closest to a misspelt word, or "" when none is close.
std::string closest(std::string_view word, const std::vector<std::string>& candidates);

/// Help text for an unknown name: "did you mean 'b'? Known: a, b, c" (the list is cut after 12 names).
std::string suggestion(std::string_view word, const std::vector<std::string>& candidates,
                       std::string_view known_label = "Known");

} // namespace sim
