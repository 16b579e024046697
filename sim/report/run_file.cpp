#include "sim/report/run_file.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/base/io_error.hpp"
#include "sim/record/digests.hpp"
#include "sim/scenario/toml.hpp"

namespace sim::report {
namespace {

using record::h5::Variable;

IoError no_result(const std::string& path, const std::string& reason) { return {path, "read the result", reason}; }

std::string number_text(double value)
{
    return value == std::floor(value) && std::abs(value) < 1e15 ? fmt::format("{:.0f}", value)
                                                                : fmt::format("{}", value);
}

std::string value_text(const record::Value& value)
{
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
    return number_text(std::get<double>(value));
}

/// "sum" of "time: sum".
std::string method_of(const std::string& cell_methods)
{
    const std::size_t at = cell_methods.find("time: ");
    return at == std::string::npos ? "point" : cell_methods.substr(at + 6, cell_methods.find(' ', at + 6) - at - 6);
}

/// The member `run.name` of a resolved scenario; "" when there is none.
std::string name_in(const std::string& toml)
{
    Errors errors;
    const auto source = std::make_shared<const Source>(Source{"scenario", toml});
    const auto all = scenario::parse_toml(source, errors);
    const scenario::Node* run = all ? all->find("run") : nullptr;
    return run == nullptr ? "" : run->text_at("name");
}

} // namespace

std::size_t SeriesInfo::width() const
{
    std::size_t cells = 1;
    for (const std::size_t length : lengths) cells *= length;
    return cells;
}

RunFile::RunFile(const std::string& path) : file_(record::h5::File::open(path)), variables_(file_.variables())
{
    if (variable("/time") == nullptr)
        throw no_result(path, "it has no time axis, so it is neither a result nor an ensemble");
    is_ensemble_ = std::any_of(variables_.begin(), variables_.end(), [](const Variable& v) {
        return v.dimensions.size() > 1 && v.dimensions[0] == "run" && v.dimensions[1] == "time";
    });
    if (!is_ensemble_ && text("/", "status").empty()) throw no_result(path, "not a file of the recorder");
    check_digests();
    read_runs();
    read_periods();
    for (const Variable& v : variables_) add_series(v);
}

void RunFile::check_digests() const
{
    if (text("/", "attributes_sha256").empty() && (is_ensemble_ || text("/", "status") == "running")) return;
    if (text("/", "status").empty()) return;
    const auto damages = record::check_digests(record::ResultFile(path()));
    if (!damages.empty())
        throw no_result(
            path(), fmt::format("it is damaged: {} does not have the digest stored with it{}", damages[0].what,
                                damages.size() > 1 ? fmt::format(" (nor have {} others)", damages.size() - 1) : ""));
}

void RunFile::read_runs()
{
    if (!is_ensemble_) {
        Run run{.scenario = name_in(text("/", "scenario_toml"))};
        run.seed = static_cast<std::int64_t>(number("seed").value_or(0));
        runs_.push_back(std::move(run));
        return;
    }
    std::size_t count = 0;
    for (const Variable& v : variables_)
        if (!v.dimensions.empty() && v.dimensions[0] == "run") count = v.shape[0];
    const auto seeds = coordinate("/seed"), scenarios = coordinate("/scenario"), present = coordinate("/present");
    for (std::size_t row = 0; row < count; ++row) {
        if (!present.empty() && present[row] == "0") {
            ++absent_;
            continue;
        }
        Run run{.row = row, .seed = seeds.empty() ? 0 : std::stoll(seeds[row])};
        if (!scenarios.empty()) run.scenario = scenarios[row];
        runs_.push_back(std::move(run));
    }
    for (const Variable& v : variables_) {
        if (!v.path.starts_with("/param_") || v.dimensions != std::vector<std::string>{"run"}) continue;
        const std::string key = text(v.path, "key");
        const auto values = coordinate(v.path);
        for (Run& run : runs_) run.params.emplace_back(key.empty() ? v.path.substr(7) : key, values[run.row]);
    }
    if (runs_.empty()) throw no_result(path(), "none of its runs is there");
}

void RunFile::read_periods()
{
    const Variable& time = *variable("/time");
    const Variable* limits = variable("/time_bounds");
    const std::string units = text("/time", "units"), calendar = text("/time", "calendar");
    std::vector<double> ends(time.shape.at(0)), bounds(2 * ends.size());
    file_.read_rows(time.path, record::Kind::f64, 0, ends.size(), ends.data());
    if (limits != nullptr && limits->shape == std::vector<record::h5::Length>{ends.size(), 2})
        file_.read_rows(limits->path, record::Kind::f64, 0, ends.size(), bounds.data());
    else
        for (std::size_t i = 0; i < ends.size(); ++i)
            bounds[2 * i] = i == 0 ? 0 : ends[i - 1] + 1, bounds[2 * i + 1] = ends[i] + 1;
    for (std::size_t i = 0; i < ends.size(); ++i)
        periods_.push_back({record::date_text(units, calendar, bounds[2 * i]),
                            record::date_text(units, calendar, bounds[2 * i + 1] - 1)});
    if (periods_.empty()) throw no_result(path(), "it holds no period yet");
}

void RunFile::add_series(const Variable& v)
{
    const std::size_t time = is_ensemble_ ? 1 : 0;
    const bool is_series = !v.is_text && v.path.rfind('/') == 0 && v.dimensions.size() > time &&
                           v.dimensions[time] == "time" && (!is_ensemble_ || v.dimensions[0] == "run");
    if (!is_series || v.path == "/time" || v.path == "/time_bounds") return;
    SeriesInfo& s = series_.emplace_back();
    s.name = v.path.substr(1);
    s.unit = text(v.path, "units"), s.long_name = text(v.path, "long_name"), s.definition = text(v.path, "definition");
    if (s.long_name.empty()) s.long_name = s.name;
    s.method = method_of(text(v.path, "cell_methods"));
    s.is_mean = text(v.path, "total") == "mean";
    s.is_whole = !record::is_float(v.kind);
    s.axes.assign(v.dimensions.begin() + static_cast<std::ptrdiff_t>(time) + 1, v.dimensions.end());
    s.lengths.assign(v.shape.begin() + static_cast<std::ptrdiff_t>(time) + 1, v.shape.end());
}

const SeriesInfo* RunFile::find(const std::string& series) const
{
    const auto at = std::find_if(series_.begin(), series_.end(), [&](const SeriesInfo& s) { return s.name == series; });
    return at == series_.end() ? nullptr : &*at;
}

std::vector<std::string> RunFile::labels(const std::string& axis) const
{
    const Variable* v = variable("/" + axis);
    return v == nullptr ? std::vector<std::string>{} : coordinate(v->path);
}

std::vector<std::string> RunFile::titles(const std::string& axis) const
{
    const Variable* v = variable("/" + axis + "_title");
    return v == nullptr ? labels(axis) : coordinate(v->path);
}

std::string RunFile::axis_name(const std::string& axis) const
{
    return variable("/" + axis) == nullptr ? "" : text("/" + axis, "long_name");
}

std::vector<Exact> RunFile::values(const SeriesInfo& series, std::size_t row) const
{
    const std::string path = "/" + series.name;
    const std::size_t count = periods_.size() * series.width();
    const record::h5::Length first = is_ensemble_ ? row : 0, rows = is_ensemble_ ? 1 : periods_.size();
    if (!series.is_whole) {
        std::vector<double> reals(count);
        file_.read_rows(path, record::Kind::f64, first, rows, reals.data());
        return {reals.begin(), reals.end()};
    }
    std::vector<std::int64_t> whole(count);
    file_.read_rows(path, record::Kind::i64, first, rows, whole.data());
    return {whole.begin(), whole.end()};
}

std::string RunFile::text(const std::string& object, const std::string& attribute) const
{
    for (const record::Attribute& a : file_.attributes(object))
        if (a.name == attribute) return value_text(a.value);
    return "";
}

std::optional<double> RunFile::number(const std::string& attribute) const
{
    for (const record::Attribute& a : file_.attributes("/")) {
        if (a.name != attribute) continue;
        if (const auto* whole = std::get_if<std::int64_t>(&a.value)) return static_cast<double>(*whole);
        if (const auto* real = std::get_if<double>(&a.value)) return *real;
    }
    return std::nullopt;
}

const Variable* RunFile::variable(const std::string& path) const
{
    const auto at =
        std::find_if(variables_.begin(), variables_.end(), [&](const Variable& v) { return v.path == path; });
    return at == variables_.end() ? nullptr : &*at;
}

/// The values of a variable of one dimension, as texts.
std::vector<std::string> RunFile::coordinate(const std::string& path) const
{
    const Variable* v = variable(path);
    if (v == nullptr || v->shape.size() != 1) return {};
    if (v->is_text) return file_.texts(path);
    std::vector<double> numbers(v->shape[0]);
    file_.read_rows(path, record::Kind::f64, 0, numbers.size(), numbers.data());
    std::vector<std::string> texts;
    for (const double x : numbers) texts.push_back(number_text(x));
    return texts;
}

} // namespace sim::report
