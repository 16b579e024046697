#include "sim/report/facts/formula.hpp"

#include <cctype>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "sim/base/math.hpp"

namespace sim::report {
namespace {

/// Whole exponents by multiplication, so that 3 ^ 2 is 9 and a negative base has a square; the others with the same bits on every processor.
double power_of(double base, double exponent)
{
    constexpr double most_factors = 64;
    if (std::trunc(exponent) != exponent || std::abs(exponent) > most_factors) return math::pow(base, exponent);
    double product = 1;
    for (int i = 0; i < static_cast<int>(std::abs(exponent)); ++i) product *= base;
    return exponent < 0 ? 1 / product : product;
}

} // namespace

/// Recursive descent: sum, product, power, primary.
class FormulaReader {
public:
    using Part = Formula::Part;
    explicit FormulaReader(std::string_view text) : text_(text) {}

    Part operator()()
    {
        Part whole = sum();
        if (peek() != '\0') fail(fmt::format("'{}' does not belong here", text_.substr(at_, 10)));
        return whole;
    }

private:
    [[noreturn]] void fail(const std::string& what) const { throw FormulaError(static_cast<int>(at_) + 1, what); }

    char peek()
    {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
        return at_ < text_.size() ? text_[at_] : '\0';
    }

    bool take(char c) { return peek() == c && ++at_ > 0; }

    void expect(char c)
    {
        if (!take(c)) fail(fmt::format("'{}' is missing", c));
    }

    Part sum()
    {
        Part left = product();
        while (peek() == '+' || peek() == '-') left = join(text_[at_++], std::move(left), &FormulaReader::product);
        return left;
    }

    Part product()
    {
        Part left = power();
        while (peek() == '*' || peek() == '/') left = join(text_[at_++], std::move(left), &FormulaReader::power);
        return left;
    }

    Part power()
    {
        Part base = primary();
        return take('^') ? join('^', std::move(base), &FormulaReader::power) : base;
    }

    Part join(char kind, Part left, Part (FormulaReader::*next)())
    {
        Part part{.kind = kind};
        part.parts.push_back(std::move(left));
        part.parts.push_back((this->*next)());
        return part;
    }

    Part primary()
    {
        if (take('(')) {
            Part inside = sum();
            expect(')');
            return inside;
        }
        const char c = peek();
        if (std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.') return number();
        const std::string name = word("a number, a bracket or a function");
        expect('(');
        if (name == "positive") {
            Part part{.kind = 'p'};
            part.parts.push_back(sum());
            expect(')');
            return part;
        }
        return call(name);
    }

    Part number()
    {
        Part part;
        const auto [end, wrong] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), part.number);
        if (wrong != std::errc{}) fail("this is no number");
        at_ = static_cast<std::size_t>(end - text_.data());
        return part;
    }

    std::string word(const char* wanted)
    {
        peek();
        const std::size_t begin = at_;
        while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_'))
            ++at_;
        if (at_ == begin) fail(fmt::format("{} is missing", wanted));
        return std::string(text_.substr(begin, at_ - begin));
    }

    Part call(const std::string& name)
    {
        Part part{.kind = 'c', .call = {.function = name, .series = word("a series")}};
        if (take('[')) {
            part.call.axis = word("an axis");
            expect('=');
            do part.call.labels.push_back(word("a label"));
            while (take('|'));
            expect(']');
        }
        if (peek() != ',' && peek() != ')') {
            if (word("',' or ')'") != "by") fail("only `by SERIES` may follow a series");
            part.call.by = word("a series");
        }
        while (take(',')) part.call.arguments.push_back(argument());
        expect(')');
        return part;
    }

    std::string argument()
    {
        peek();
        const std::size_t end = text_.find_first_of(",)", at_);
        if (end == std::string_view::npos) fail("')' is missing");
        std::string text(text_.substr(at_, end - at_));
        while (text.ends_with(' ')) text.pop_back();
        if (text.empty()) fail("an argument is missing");
        at_ = end;
        return text;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

Formula Formula::parse(std::string_view text)
{
    Formula formula;
    formula.text_ = text;
    formula.whole_ = FormulaReader(text)();
    return formula;
}

double Formula::value(const std::function<double(const Call&)>& number_of) const
{
    const double value = value_of(whole_, number_of);
    if (!std::isfinite(value)) throw Missing("there is nothing to divide by");
    return value;
}

double Formula::value_of(const Part& part, const std::function<double(const Call&)>& number_of)
{
    if (part.kind == '0') return part.number;
    if (part.kind == 'c') return number_of(part.call);
    const double a = value_of(part.parts[0], number_of);
    if (part.kind == 'p') {
        if (a > 0) return a;
        throw Missing("the run is without it");
    }
    const double b = value_of(part.parts[1], number_of);
    switch (part.kind) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case '/': return a / b;
    default: return power_of(a, b);
    }
}

std::vector<Call> Formula::calls() const
{
    std::vector<Call> all;
    collect(whole_, all);
    return all;
}

void Formula::collect(const Part& part, std::vector<Call>& calls)
{
    if (part.kind == 'c') calls.push_back(part.call);
    for (const Part& inside : part.parts) collect(inside, calls);
}

namespace {

int digits(std::string_view text, int low, int high)
{
    int value = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
    return wrong == std::errc{} && end == text.data() + text.size() && low <= value && value <= high ? value : -1;
}

MonthSpan one_period(std::string_view text)
{
    const int year = text.size() >= 4 ? digits(text.substr(0, 4), 1900, 2999) : -1;
    const int first = 12 * year;
    if (year > 0 && text.size() == 4) return {first, first + 11};
    if (year > 0 && text.size() == 6 && text[4] == 'Q')
        if (const int quarter = digits(text.substr(5), 1, 4); quarter > 0)
            return {first + 3 * (quarter - 1), first + 3 * quarter - 1};
    if (year > 0 && text.size() == 7 && text[4] == '-')
        if (const int month = digits(text.substr(5), 1, 12); month > 0) return {first + month - 1, first + month - 1};
    throw Missing(fmt::format("'{}' is no period: write 2018, 2018Q3, 2018-07 or 2016..2019", text));
}

} // namespace

MonthSpan month_span(const std::string& text)
{
    const std::size_t dots = text.find("..");
    if (dots == std::string::npos) return one_period(text);
    const MonthSpan from = one_period(text.substr(0, dots)), to = one_period(text.substr(dots + 2));
    if (to.last < from.first) throw Missing(fmt::format("the period {} ends before it begins", text));
    return {from.first, to.last};
}

std::string month_text(int month) { return fmt::format("{}-{:02}", month / 12, month % 12 + 1); }

} // namespace sim::report
