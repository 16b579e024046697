#include "sim/sweep/sweep_file.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "sim/base/io_error.hpp"
#include "sim/base/sha256.hpp"
#include "sim/scenario/toml.hpp"
#include "sim/scenario/validator.hpp"

namespace sim::sweep {
namespace {

constexpr std::size_t largest_file = std::size_t{4} << 20;
const std::vector<std::string> axis_keys = {"key", "values", "from", "to", "step", "scale"};

double real(const Node& node)
{
    if (const auto* whole = node.as<std::int64_t>()) return static_cast<double>(*whole);
    return *node.as<double>();
}

bool is_number(const Node& node) { return node.as<std::int64_t>() != nullptr || node.as<double>() != nullptr; }

std::string shown(const Node& node)
{
    const bool is_plain = node.as<Node::Array>() == nullptr && node.as<Node::Table>() == nullptr;
    return is_plain ? fmt::format("{} ({})", node.kind(), scenario::write_value(node)) : std::string(node.kind());
}

/// Reads what a table of keys cannot describe: axes, whose values may be of any type, and settings, whose keys are another table's.
class SweepReader {
public:
    SweepReader(SweepFile& file, Errors& errors) : file_(file), errors_(errors) {}

    void operator()(Node document)
    {
        auto& top = *document.as<Node::Table>();
        const auto found = top.find("sweep");
        if (found == top.end() || found->second.as<Node::Table>() == nullptr) {
            errors_.add(file_.places.whole, "the file has no table [sweep]")
                .help("it begins with [sweep], base = \"...\" and one [[sweep.axis]] or more");
            return;
        }
        auto& sweep = *found->second.as<Node::Table>();
        if (const auto set = sweep.extract("set"); set) read_settings(set.mapped(), "");
        if (const auto axes = sweep.extract("axis"); axes) read_axes(axes.mapped());
        scenario::KeyTable table = sweep_keys(file_);
        refuse_unknown(sweep, table);
        scenario::Library library("", "", "");
        scenario::Validator(file_.places, library, errors_)(table, document);
    }

private:
    void refuse_unknown(Node::Table& sweep, const scenario::KeyTable& table)
    {
        std::vector<std::string> known = table.members("sweep");
        known.insert(known.end(), {"axis", "set"});
        for (auto at = sweep.begin(); at != sweep.end();) {
            if (std::count(known.begin(), known.end(), at->first) > 0) {
                ++at;
                continue;
            }
            errors_.add(at->second.key_where, "sweep.{} is not a known key", at->first)
                .help(suggestion(at->first, known, "Known keys of [sweep]"));
            at = sweep.erase(at);
        }
    }

    void read_settings(const Node& given, const std::string& prefix)
    {
        const auto* table = given.as<Node::Table>();
        if (table == nullptr) {
            errors_.add(given.where, "sweep.set should be a table of keys and values, and is {}", shown(given))
                .help("[sweep.set]\n        \"run.scale\" = 0.001");
            return;
        }
        for (const auto& [key, value] : *table) {
            const std::string path = prefix.empty() ? key : prefix + "." + key;
            if (value.as<Node::Table>() != nullptr)
                read_settings(value, path);
            else
                file_.settings.push_back({path, value});
        }
    }

    void read_axes(const Node& given)
    {
        const auto* array = given.as<Node::Array>();
        if (array == nullptr) {
            errors_.add(given.where, "sweep.axis should be a list of tables, and is {}", given.kind())
                .help("write [[sweep.axis]] with two brackets, once for each axis");
            return;
        }
        for (const Node& node : *array) read_axis(node);
    }

    void read_axis(const Node& node)
    {
        const auto* table = node.as<Node::Table>();
        if (table == nullptr) {
            errors_.add(node.where, "an axis should be a table, and is {}", shown(node));
            return;
        }
        const std::size_t before = errors_.count();
        for (const auto& [key, value] : *table)
            if (std::count(axis_keys.begin(), axis_keys.end(), key) == 0)
                errors_.add(value.key_where, "{} is not a known key of an axis", key)
                    .help(suggestion(key, axis_keys, "Known keys"));
        SweepFile::AxisGiven given;
        read_key(node, given.axis);
        read_scale(node, given.axis);
        if (node.find("values") != nullptr)
            read_values(node, given.axis);
        else
            read_range(node, given);
        if (errors_.count() == before) file_.axes.push_back(std::move(given));
    }

    void read_key(const Node& node, Axis& axis)
    {
        const Node* key = node.find("key");
        axis.where = key == nullptr ? node.where : key->where;
        if (key == nullptr) {
            errors_.add(node.where, "the axis has no key").help("key = \"policy.ev.rate\": the key that varies");
            return;
        }
        if (key->as<std::string>() == nullptr || key->as<std::string>()->empty()) {
            errors_.add(key->where, "key should be the name of a key, and is {}", shown(*key));
            return;
        }
        axis.key = *key->as<std::string>();
        if (axis.key == "run.seed")
            errors_.add(axis.where, "run.seed cannot be an axis: replicates vary it")
                .help("write replicates = 8 in [sweep], and first_seed where they begin");
        for (const SweepFile::AxisGiven& other : file_.axes)
            if (other.axis.key == axis.key)
                errors_.add(axis.where, "{} is an axis already", axis.key)
                    .help("give all its values in one [[sweep.axis]]");
        for (const SweepFile::Setting& set : file_.settings)
            if (set.key == axis.key)
                errors_.add(axis.where, "{} is an axis here, and fixed in [sweep.set]", axis.key).help("keep one");
    }

    void read_scale(const Node& node, Axis& axis)
    {
        const Node* scale = node.find("scale");
        if (scale == nullptr) return;
        const std::string text = node.text_at("scale");
        if (text != "linear" && text != "log")
            errors_.add(scale->where, "scale should be \"linear\" or \"log\", and is {}", shown(*scale));
        axis.is_log = text == "log";
    }

    void read_values(const Node& node, Axis& axis)
    {
        const Node& values = *node.find("values");
        for (const char* other : {"from", "to", "step", "scale"})
            if (const Node* extra = node.find(other))
                errors_.add(extra->key_where, "an axis has values or a range, not both").help("leave one of them out");
        const auto* array = values.as<Node::Array>();
        if (array == nullptr) {
            errors_.add(values.where, "values should be a list, and is {}", shown(values)).help("values = [0.0, 0.1]");
            return;
        }
        if (array->empty())
            errors_.add(values.where, "values is empty: the design has no point")
                .help("values = [0.02, 0.04], or a range: from = 0.02 and to = 0.04");
        for (const Node& value : *array)
            if (!axis_type(value)) errors_.add(value.where, "a value of an axis cannot be {}", shown(value));
        axis.values = *array;
        refuse_repeated(axis);
    }

    void refuse_repeated(const Axis& axis)
    {
        if (file_.design == "list") return; // there the points must differ, not the values
        std::vector<std::string> seen;
        for (const Node& value : axis.values) {
            const std::string text = scenario::write_value(value);
            if (std::count(seen.begin(), seen.end(), text) > 0)
                errors_.add(value.where, "{} is given twice: two runs would be the same", text).help("keep one");
            seen.push_back(text);
        }
    }

    void read_range(const Node& node, SweepFile::AxisGiven& given)
    {
        for (const char* end : {"from", "to"})
            if (node.find(end) == nullptr) {
                errors_.add(node.where, "the axis {} has no {}", given.axis.key, end)
                    .help("give values = [...], or a range: from = 0.0, to = 1.0");
                return;
            }
        given.axis.from = *node.find("from"), given.axis.to = *node.find("to");
        if (const Node* step = node.find("step")) given.step = *step;
        bool is_good = true;
        for (const Node* number : {&given.axis.from, &given.axis.to, &given.step})
            if (!number->empty() && (!is_number(*number) || !std::isfinite(real(*number)))) {
                is_good = false;
                errors_.add(number->where, "the range of an axis is made of numbers, and this is {}", shown(*number))
                    .help("list other values: values = [false, true]");
            }
        if (is_good) check_range(given);
    }

    void check_range(const SweepFile::AxisGiven& given)
    {
        const Axis& axis = given.axis;
        const double from = real(axis.from), to = real(axis.to);
        if (from >= to)
            errors_
                .add(axis.to.where, "the range ends at {} and begins at {}", scenario::write_value(axis.to),
                     scenario::write_value(axis.from))
                .help(from > to ? "exchange from and to" : "for a single value, set the key in [sweep.set]");
        if (axis.is_log && from <= 0)
            errors_
                .add(axis.from.where, "a range with scale = \"log\" begins above 0, and this is {}",
                     scenario::write_value(axis.from))
                .help("begin at a small positive number, or use scale = \"linear\"");
        if (given.step.empty()) return;
        if (axis.is_log) errors_.add(given.step.where, "a range with a step is linear").help("leave out step or scale");
        if (real(given.step) <= 0)
            errors_.add(given.step.where, "step = {} is not above 0", scenario::write_value(given.step));
        else if (from < to && steps(axis.from, axis.to, given.step) > static_cast<double>(most_runs))
            errors_.add(given.step.where, "the range has more than {} steps", most_runs);
    }

    SweepFile& file_;
    Errors& errors_;
};

} // namespace

scenario::KeyTable sweep_keys(SweepFile& file)
{
    using scenario::Range;
    scenario::KeyTable table;
    const std::string name = file.name;
    table.section("sweep", "A sweep: one base scenario, the keys that vary, and how.");
    table.text(file.name, "sweep.name", name, "Name of the sweep and its folder; the name of the file unless given.");
    table.text(file.base, "sweep.base", "", "Base scenario: a shipped one, or a path from the sweep file.").required();
    table.choice(file.design, "sweep.design", "grid", designs, "How points are chosen.");
    table.integer(file.points, "sweep.points", 0, Range{0, static_cast<double>(most_runs)}, "1",
                  "Points of lhs and sobol; base points of saltelli; trajectories of morris.");
    table.integer(file.seed, "sweep.seed", 1, Range::below(0, 4294967296.0), "1",
                  "Seed of the design, of lhs and morris.");
    table.integer(file.replicates, "sweep.replicates", 1, Range{1, static_cast<double>(most_runs)}, "1",
                  "Runs of each point, with seeds of their own.");
    table.integer(file.first_seed, "sweep.first_seed", 1, Range::below(0, 4294967296.0), "1",
                  "run.seed of the first replicate; the others follow it.");
    table.names(file.outputs, "sweep.outputs", {},
                "Series that are gathered; the model's headline series unless given.");
    return table;
}

SweepFile parse_sweep(const std::string& path, std::string text, Errors& errors)
{
    SweepFile file;
    file.name = std::filesystem::path(path).stem().string();
    scenario::Library library("", "", "");
    auto source = std::make_shared<Source>(Source{path, std::move(text)});
    library.adopt(source, std::filesystem::path("."));
    file.places.whole = {source, 0, 0};
    if (!scenario::is_clean_text(*source, errors)) return file;
    file.text = source->text, file.sha256 = sha256(source->text);
    auto document = scenario::parse_toml(source, errors);
    if (!document) return file;
    if (const Node* design = document->find_dotted("sweep.design"))
        if (const auto* which = design->as<std::string>()) file.design = *which; // the axes depend on it
    SweepReader(file, errors)(std::move(*document));
    const auto is_plain = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.';
    };
    if (file.name.empty() || file.name.front() == '.' || !std::all_of(file.name.begin(), file.name.end(), is_plain))
        errors.add(file.places.where("sweep.name"), "sweep.name = '{}' is no name for a folder", file.name)
            .help("letters a-z A-Z, digits, _, - and .");
    return file;
}

SweepFile read_sweep(const std::string& path, Errors& errors)
{
    try {
        return parse_sweep(path, scenario::read_bytes(path, largest_file), errors);
    } catch (const IoError& failure) {
        const Position whole{std::make_shared<Source>(Source{path, ""}), 0, 0};
        const bool exists = std::filesystem::exists(path);
        errors.add(whole, "{}", exists ? failure.what() : "there is no such sweep file");
        return {};
    }
}

} // namespace sim::sweep
