#include "sim/record/reference.hpp"

#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace sim::record {
namespace {

using Json = nlohmann::ordered_json;

constexpr int format_version = 1;

std::string quoted(const std::string& text) { return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string number(double value) { return std::isfinite(value) ? fmt::format("{:.17g}", value) : "null"; }

std::string line_of(const Reference::Entry& entry)
{
    const SeriesDigest& d = entry.digest;
    return fmt::format("    {}: {{\"module\": {}, \"unit\": {}, \"amount\": {}, \"cells\": {}, \"missing\": {}, "
                       "\"first\": {}, \"last\": {}, \"min\": {}, \"max\": {}, \"sum\": {}, \"column\": {}, "
                       "\"periods\": {}}}",
                       quoted(d.name), quoted(entry.module), quoted(d.unit), d.is_amount(), d.cells, d.missing,
                       number(d.first), number(d.last), number(d.min), number(d.max), number(d.sum), quoted(d.column),
                       quoted(d.periods));
}

double number_of(const Json& object, const char* key)
{
    const Json& value = object.at(key);
    return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
}

Reference::Entry entry_of(const std::string& name, const Json& object, std::size_t periods)
{
    Reference::Entry entry;
    SeriesDigest& d = entry.digest;
    d.name = name, entry.module = object.at("module").get<std::string>(), d.unit = object.at("unit").get<std::string>();
    d.kind = object.at("amount").get<bool>() ? Kind::i64 : Kind::f64;
    d.cells = object.at("cells").get<std::size_t>(), d.missing = object.at("missing").get<std::size_t>();
    d.first = number_of(object, "first"), d.last = number_of(object, "last");
    d.min = number_of(object, "min"), d.max = number_of(object, "max"), d.sum = number_of(object, "sum");
    d.column = object.at("column").get<std::string>(), d.periods = object.at("periods").get<std::string>();
    if (d.periods.size() != periods * SeriesDigest::digits_per_period)
        throw std::runtime_error(fmt::format("the digests of the periods of {} are not {}", name, periods));
    return entry;
}

Reference reference_of(const Json& all)
{
    if (all.at("format").get<int>() != format_version)
        throw std::runtime_error(fmt::format("its format is {}, not {}", all.at("format").dump(), format_version));
    Reference reference;
    reference.title = all.at("title").get<std::string>(), reference.inputs = all.at("inputs").get<std::string>();
    reference.state_hash = all.at("state_hash").get<std::string>();
    reference.first = all.at("first").get<std::string>(), reference.last = all.at("last").get<std::string>();
    reference.periods = all.at("periods").get<std::size_t>();
    for (const auto& [name, object] : all.at("series").items())
        reference.series.push_back(entry_of(name, object, reference.periods));
    return reference;
}

} // namespace

std::string to_json(const Reference& reference)
{
    std::string text =
        fmt::format("{{\n  \"format\": {},\n  \"title\": {},\n  \"inputs\": {},\n  \"state_hash\": {},\n"
                    "  \"first\": {},\n  \"last\": {},\n  \"periods\": {},\n  \"series\": {{\n",
                    format_version, quoted(reference.title), quoted(reference.inputs), quoted(reference.state_hash),
                    quoted(reference.first), quoted(reference.last), reference.periods);
    for (std::size_t i = 0; i < reference.series.size(); ++i)
        text += line_of(reference.series[i]) + (i + 1 < reference.series.size() ? ",\n" : "\n");
    return text + "  }\n}\n";
}

Reference read_reference(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (!file || !(text << file.rdbuf())) throw IoError(path, "read the reference", "the file cannot be read");
    try {
        return reference_of(Json::parse(text.str()));
    } catch (const std::exception& error) { // of the JSON library, or ours above
        throw IoError(path, "read the reference", error.what());
    }
}

} // namespace sim::record
