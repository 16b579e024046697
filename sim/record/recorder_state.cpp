#include "sim/record/recorder_state.hpp"

#include "sim/record/digests.hpp"

namespace sim::record {
namespace {

void create_labels(h5::File& file, const std::string& name, const std::vector<std::string>& texts,
                   const std::string& long_name)
{
    file.create_texts(name, texts);
    if (!long_name.empty()) file.set_attribute(name, {"long_name", long_name});
    file.set_attribute(name, {"sha256", digest_of(texts)});
}

void create_axis(h5::File& file, const Axis& axis)
{
    const std::string name = "/" + axis.name;
    create_labels(file, name, axis.labels, axis.long_name);
    file.make_scale(name, axis.name);
    if (axis.titles.empty()) return;
    create_labels(file, name + "_title", axis.titles, axis.long_name);
    file.attach_scale(name + "_title", 0, name);
}

/// The lock comes before everything else.
std::optional<OutputFile> output_of(const std::string& path)
{
    if (path.empty()) return std::nullopt;
    return std::optional<OutputFile>(std::in_place, path);
}

/// The library takes two files of one name for one file, also in memory.
std::string name_of(const std::string& path, const void* self)
{
    if (!path.empty()) return path + ".partial";
    return "memory-" + std::to_string(reinterpret_cast<std::uintptr_t>(self));
}

} // namespace

RecorderState::RecorderState(std::string path, std::vector<Axis> axes_, std::string calendar_, std::string start_,
                             std::vector<Attribute> attributes_)
    : output(output_of(path)), axes(std::move(axes_)), calendar(std::move(calendar_)), start(std::move(start_)),
      attributes(std::move(attributes_)), file(h5::File::create(name_of(path, this)))
{
    create_root(file);
    file.set_attribute("/", {"status", "running"});
}

void RecorderState::create_root(h5::File& to) const
{
    for (const Attribute& a : attributes) {
        const auto* text = std::get_if<std::string>(&a.value);
        if (text == nullptr || !text->empty()) to.set_attribute("/", a);
    }
    for (const Axis& axis : axes) create_axis(to, axis);
    to.create_dimension("/bounds", 2, false);
}

std::size_t RecorderState::add(Table table)
{
    table.create(file);
    tables.push_back(std::move(table));
    return tables.size() - 1;
}

void RecorderState::row_done(std::size_t table)
{
    if (!tables[table].full()) return;
    if (table == 0) return save();
    tables[table].write(file);
}

void RecorderState::save()
{
    for (Table& table : tables) table.write(file);
    if (output) output->save(file.image());
}

void RecorderState::seal(h5::File& to, Status status, const std::string& reason) const
{
    for (const Table& table : tables) table.seal(to);
    to.set_attribute("/", {"status", to_string(status)});
    if (!reason.empty()) to.set_attribute("/", {"status_reason", reason});
    to.set_attribute("/", {"attributes_sha256", attributes_digest(to, to.variables())});
}

h5::File RecorderState::repacked() const
{
    h5::File whole = h5::File::create(output->path());
    create_root(whole);
    for (const Table& table : tables) table.create(whole, table.rows());
    for (const auto& [group, table] : fixed) create_fixed(whole, *this, group, table);
    for (const Table& table : tables) table.copy(file, whole);
    return whole;
}

} // namespace sim::record
