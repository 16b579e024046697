#include "sim/sweep/ensemble_layout.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "sim/base/io_error.hpp"
#include "sim/record/digests.hpp"

namespace sim::sweep {
namespace {

using record::Kind;
namespace h5 = record::h5;

constexpr std::size_t chunk_bytes = 256 << 10;

std::size_t bytes_of(const h5::Variable& v)
{
    std::size_t n = record::size_of(v.kind);
    for (const h5::Length length : v.shape) n *= length;
    return n;
}

const h5::Variable& find(const record::ResultFile& file, const std::string& name)
{
    const h5::Variable* found = file.find("/" + name);
    if (found == nullptr) throw IoError(file.path(), "gather the series " + name, "the run did not record it");
    return *found;
}

double real_of(const std::string& text)
{
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::int64_t integer_of(const std::string& text)
{
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

template <class T>
std::string digest(const std::vector<T>& values)
{
    Sha256 all;
    all.update(std::as_bytes(std::span(values)));
    return all.hex();
}

std::string parameter_name(const std::string& key, std::set<std::string>& taken)
{
    std::string name = "param_" + key;
    for (char& c : name)
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
    while (!taken.insert(name).second) name += "_";
    return name;
}

} // namespace

EnsembleLayout::EnsembleLayout(h5::File& file, const Plan& plan, const record::ResultFile& first)
    : file_(file), plan_(plan), first_(first)
{
}

std::vector<EnsembleOutput> EnsembleLayout::create()
{
    root();
    std::vector<std::int64_t> indices;
    for (const PlanRow& row : plan_.rows) indices.push_back(row.index);
    file_.create_dataset("/run", Kind::i64, {{indices.size()}, {}, false});
    file_.write_rows("/run", Kind::i64, 0, indices.size(), indices.data());
    file_.set_attribute("/run", {"long_name", std::string("index of the run in the plan")});
    file_.set_attribute("/run", {"sha256", digest(indices)});
    file_.make_scale("/run", "run");
    axes();
    times();
    coordinates();
    std::vector<EnsembleOutput> outputs;
    for (const std::string& name : plan_.outputs) outputs.push_back(output(name));
    return outputs;
}

void EnsembleLayout::root()
{
    for (const auto& [name, value] : std::initializer_list<std::pair<const char*, std::string>>{
             {"Conventions", "CF-1.8"},
             {"title", plan_.name},
             {"source", plan_.program + ", model " + plan_.model_version},
             {"history", plan_.program + " gather"},
             {"kind", "ensemble"},
             {"design", plan_.design},
             {"model_version", plan_.model_version},
             {"sweep_toml", plan_.sweep_text}})
        if (!value.empty()) file_.set_attribute("/", {name, value});
    file_.set_attribute("/", {"schema_version", record::schema_version});
    file_.set_attribute("/", {"points", plan_.points});
    file_.set_attribute("/", {"replicates", plan_.replicates});
    std::set<std::string> lines;
    for (const PlanScenario& s : plan_.scenarios)
        for (const scenario::FileRead& f : s.files) lines.insert(fmt::format("{} {}\n", f.sha256, f.name));
    std::string files;
    for (const std::string& line : lines) files += line;
    if (!files.empty()) file_.set_attribute("/", {"files_sha256", files});
}

/// The axes of the outputs, with their labels and titles.
void EnsembleLayout::axes()
{
    std::set<std::string> made = {"time", "bounds"};
    for (const std::string& output : plan_.outputs)
        for (const std::string& name : find(first_, output).dimensions) {
            if (!made.insert(name).second) continue;
            const std::string path = "/" + name;
            file_.create_texts(path, first_.texts(find(first_, name)));
            copy_attributes(path, path, "");
            file_.make_scale(path, name);
            if (first_.find(path + "_title") == nullptr) continue;
            file_.create_texts(path + "_title", first_.texts(find(first_, name + "_title")));
            copy_attributes(path + "_title", path + "_title", "");
            file_.attach_scale(path + "_title", 0, path);
        }
}

void EnsembleLayout::times()
{
    file_.create_dimension("/bounds", 2, false);
    copy_numbers("time", {});
    file_.make_scale("/time", "time");
    if (first_.find("/time_bounds") != nullptr) copy_numbers("time_bounds", {"/time", "/bounds"});
}

void EnsembleLayout::copy_numbers(const std::string& name, const std::vector<std::string>& scales)
{
    const h5::Variable& v = find(first_, name);
    const record::RawValues values = first_.raw(v);
    file_.create_dataset("/" + name, v.kind, {v.shape, {}, false});
    if (!values.bytes.empty()) file_.write_rows("/" + name, v.kind, 0, v.shape[0], values.bytes.data());
    copy_attributes("/" + name, "/" + name, "");
    for (unsigned d = 0; d < scales.size(); ++d) file_.attach_scale("/" + name, d, scales[d]);
}

void EnsembleLayout::copy_attributes(const std::string& from, const std::string& to, const std::string& coordinates)
{
    std::string names = coordinates;
    for (const record::Attribute& a : first_.attributes(from)) {
        if (a.name == "coordinates" && !coordinates.empty())
            names = std::get<std::string>(a.value) + " " + coordinates;
        else
            file_.set_attribute(to, a);
    }
    if (!names.empty()) file_.set_attribute(to, {"coordinates", names});
}

void EnsembleLayout::coordinates()
{
    const std::vector<PlanRow>& rows = plan_.rows;
    const auto column = [&](auto member) {
        std::vector<std::decay_t<decltype(rows[0].*member)>> all;
        for (const PlanRow& row : rows) all.push_back(row.*member);
        return all;
    };
    integers("seed", Kind::i64, column(&PlanRow::seed), "seed of the draws");
    texts("scenario", column(&PlanRow::scenario), "base scenario");
    texts("id", column(&PlanRow::id), "id of the run");
    integers("point", Kind::i64, column(&PlanRow::point), "point of the design");
    integers("replicate", Kind::i64, column(&PlanRow::replicate), "replicate of the point");
    std::set<std::string> taken;
    for (std::size_t k = 0; k < plan_.axes.size(); ++k) parameter(k, parameter_name(plan_.axes[k].key, taken));
}

void EnsembleLayout::parameter(std::size_t axis, const std::string& name)
{
    const Axis& of = plan_.axes[axis];
    std::vector<std::string> cells;
    for (const PlanRow& row : plan_.rows) cells.push_back(row.values.at(axis));
    if (of.type == AxisType::text || of.type == AxisType::date) texts(name, cells, of.key);
    std::vector<std::int64_t> whole;
    for (const std::string& cell : cells)
        whole.push_back(of.type == AxisType::flag ? cell == "true" : integer_of(cell));
    if (of.type == AxisType::integer) integers(name, Kind::i64, whole, of.key);
    if (of.type == AxisType::flag) {
        integers(name, Kind::i8, whole, of.key);
        const std::vector<std::int8_t> flags = {0, 1};
        file_.set_array_attribute("/" + name, "flag_values", Kind::i8, flags.data(), flags.size());
        file_.set_attribute("/" + name, {"flag_meanings", std::string("false true")});
    }
    if (of.type == AxisType::number) {
        std::vector<double> values;
        for (const std::string& cell : cells) values.push_back(real_of(cell));
        file_.create_dataset("/" + name, Kind::f64, {{values.size()}, {}, false});
        file_.write_rows("/" + name, Kind::f64, 0, values.size(), values.data());
        finish(name, digest(values), of.key);
    }
    file_.set_attribute("/" + name, {"key", of.key});
    if (!of.unit.empty()) file_.set_attribute("/" + name, {"units", of.unit});
}

void EnsembleLayout::texts(const std::string& name, const std::vector<std::string>& values,
                           const std::string& long_name)
{
    file_.create_texts("/" + name, values);
    finish(name, record::digest_of(values), long_name);
}

void EnsembleLayout::integers(const std::string& name, Kind kind, const std::vector<std::int64_t>& values,
                              const std::string& long_name)
{
    file_.create_dataset("/" + name, kind, {{values.size()}, {}, false});
    file_.write_rows("/" + name, Kind::i64, 0, values.size(), values.data());
    const std::vector<std::int8_t> small(values.begin(), values.end());
    finish(name, kind == Kind::i8 ? digest(small) : digest(values), long_name);
}

void EnsembleLayout::finish(const std::string& name, const std::string& sha256, const std::string& long_name)
{
    file_.set_attribute("/" + name, {"long_name", long_name});
    file_.set_attribute("/" + name, {"sha256", sha256});
    file_.attach_scale("/" + name, 0, "/run");
    parameters_ += (parameters_.empty() ? "" : " ") + name;
}

EnsembleOutput EnsembleLayout::output(const std::string& name)
{
    EnsembleOutput output{.variable = find(first_, name)};
    const h5::Variable& v = output.variable;
    if (v.is_text || v.dimensions.empty() || v.dimensions[0] != "time")
        throw IoError(first_.path(), "gather " + name, "it is no series over time");
    output.row_bytes = bytes_of(v);
    const std::uint64_t runs = plan_.rows.size();
    output.chunk_runs = std::clamp<std::uint64_t>(chunk_bytes / std::max<std::size_t>(output.row_bytes, 1), 1, runs);
    h5::Shape shape{{runs}, {output.chunk_runs}, false};
    shape.dims.insert(shape.dims.end(), v.shape.begin(), v.shape.end());
    shape.chunk.insert(shape.chunk.end(), v.shape.begin(), v.shape.end());
    file_.create_dataset(v.path, v.kind, shape);
    copy_attributes(v.path, v.path, parameters_);
    file_.attach_scale(v.path, 0, "/run");
    for (unsigned d = 0; d < v.dimensions.size(); ++d) file_.attach_scale(v.path, d + 1, "/" + v.dimensions[d]);
    return output;
}

double EnsembleLayout::bytes(const Plan& plan, const record::ResultFile& first)
{
    double all = 0;
    for (const std::string& name : plan.outputs) all += static_cast<double>(bytes_of(find(first, name)));
    return all * static_cast<double>(plan.rows.size());
}

void EnsembleLayout::seal(h5::File& file, const std::vector<EnsembleOutput>& outputs)
{
    for (const EnsembleOutput& output : outputs)
        file.set_attribute(output.variable.path, {"sha256", output.digest.hex()});
    file.set_attribute("/", {"status", std::string("complete")});
    file.set_attribute("/", {"attributes_sha256", record::attributes_digest(file, file.variables())});
}

} // namespace sim::sweep
