#include "sim/record/h5_file.hpp"

#include "sim/record/h5_handle.hpp"

#include <cmath>
#include <cstdio>
#include <limits>

namespace sim::record::h5 {
namespace {

constexpr unsigned ordered = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

Handle creation_list(hid_t list_class)
{
    Handle list{H5Pcreate(list_class), H5Pclose};
    H5Pset_obj_track_times(list, false);
    H5Pset_attr_creation_order(list, ordered);
    return list;
}

Handle dataspace(const Shape& shape)
{
    if (shape.dims.empty()) return {H5Screate(H5S_SCALAR), H5Sclose};
    std::vector<hsize_t> dims(shape.dims.begin(), shape.dims.end());
    std::vector<hsize_t> limits = dims;
    if (shape.grows) limits[0] = H5S_UNLIMITED;
    return {H5Screate_simple(static_cast<int>(dims.size()), dims.data(), limits.data()), H5Sclose};
}

/// shuffle, deflate 1, fletcher32 and nothing else: other filters cannot be read everywhere.
void set_chunks(hid_t list, const std::vector<Length>& chunk)
{
    if (chunk.empty()) return;
    const std::vector<hsize_t> dims(chunk.begin(), chunk.end());
    H5Pset_chunk(list, static_cast<int>(dims.size()), dims.data());
    H5Pset_shuffle(list);
    H5Pset_deflate(list, 1);
    H5Pset_fletcher32(list);
}

/// Selects rows [first, first + rows) of a dataset, all of the other dimensions; returns the matching space in memory.
Handle select_rows(hid_t space, Length first, Length rows)
{
    const int rank = H5Sget_simple_extent_ndims(space);
    if (rank <= 0) return {H5Screate(H5S_SCALAR), H5Sclose};
    std::vector<hsize_t> count(static_cast<std::size_t>(rank)), start(count.size(), 0);
    H5Sget_simple_extent_dims(space, count.data(), nullptr);
    start[0] = first;
    count[0] = rows;
    H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr);
    return {H5Screate_simple(rank, count.data(), nullptr), H5Sclose};
}

} // namespace

void File::create_group(const std::string& group)
{
    const Access in{path_, id_};
    const Handle list = creation_list(H5P_GROUP_CREATE);
    H5Pset_link_creation_order(list, ordered);
    const std::string what = "create group " + group;
    const Handle made{in.check(H5Gcreate2(id_, group.c_str(), H5P_DEFAULT, list, H5P_DEFAULT), what), H5Gclose};
}

void File::create_dataset(const std::string& name, Kind kind, const Shape& shape)
{
    const Access in{path_, id_};
    const Handle list = creation_list(H5P_DATASET_CREATE);
    set_chunks(list, shape.chunk);
    if (shape.chunk.empty()) H5Pset_alloc_time(list, H5D_ALLOC_TIME_EARLY);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    if (is_float(kind)) H5Pset_fill_value(list, H5T_NATIVE_DOUBLE, &nan);
    const Handle space = dataspace(shape);
    const std::string what = "create dataset " + name;
    const Handle made{
        in.check(H5Dcreate2(id_, name.c_str(), file_type(kind), space, H5P_DEFAULT, list, H5P_DEFAULT), what),
        H5Dclose};
}

void File::create_texts(const std::string& name, std::span<const std::string> texts)
{
    const Access in{path_, id_};
    const Handle list = creation_list(H5P_DATASET_CREATE), type = text_type();
    const Handle space = dataspace({{texts.size()}, {}, false});
    const std::string what = "write the labels " + name;
    const Handle made{in.check(H5Dcreate2(id_, name.c_str(), type, space, H5P_DEFAULT, list, H5P_DEFAULT), what),
                      H5Dclose};
    std::vector<const char*> pointers;
    for (const std::string& text : texts) pointers.push_back(text.c_str());
    in.check(H5Dwrite(made, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), what);
}

void File::create_dimension(const std::string& name, Length length, bool grows)
{
    const Access in{path_, id_};
    const Handle list = creation_list(H5P_DATASET_CREATE);
    const hsize_t chunk = 1024;
    if (grows) H5Pset_chunk(list, 1, &chunk);
    const Handle space = dataspace({{length}, {}, grows});
    const std::string what = "create dimension " + name;
    const Handle made{
        in.check(H5Dcreate2(id_, name.c_str(), H5T_IEEE_F32BE, space, H5P_DEFAULT, list, H5P_DEFAULT), what), H5Dclose};
    char label[80];
    std::snprintf(label, sizeof label, "This is a netCDF dimension but not a netCDF variable.%10d",
                  static_cast<int>(length));
    in.check(H5DSset_scale(made, label), what);
}

void File::make_scale(const std::string& dataset, const std::string& dimension)
{
    const Access in{path_, id_};
    in.check(H5DSset_scale(kept_open(dataset), dimension.c_str()), "make " + dataset + " a dimension scale");
}

void File::attach_scale(const std::string& dataset, unsigned dimension, const std::string& scale)
{
    const Access in{path_, id_};
    in.check(H5DSattach_scale(kept_open(dataset), in.dataset(scale), dimension),
             "attach scale " + scale + " to " + dataset);
}

void File::set_attribute(const std::string& object, const Attribute& attribute)
{
    if (const auto* number = std::get_if<std::int64_t>(&attribute.value))
        return set_array_attribute(object, attribute.name, Kind::i64, number, 1);
    if (const auto* real = std::get_if<double>(&attribute.value))
        return set_array_attribute(object, attribute.name, Kind::f64, real, 1);
    const Access in{path_, id_};
    const hid_t at = kept_open(object);
    const Handle type = text_type(), space = dataspace({});
    const std::string what = "write attribute " + attribute.name + " of " + object;
    if (H5Aexists(at, attribute.name.c_str()) > 0) in.check(H5Adelete(at, attribute.name.c_str()), what);
    const Handle made{in.check(H5Acreate2(at, attribute.name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), what),
                      H5Aclose};
    const char* text = std::get<std::string>(attribute.value).c_str();
    in.check(H5Awrite(made, type, &text), what);
}

void File::set_array_attribute(const std::string& object, const std::string& name, Kind kind, const void* values,
                               Length count)
{
    const Access in{path_, id_};
    const hid_t at = kept_open(object);
    const Handle space = dataspace({{count}, {}, false});
    const std::string what = "write attribute " + name + " of " + object;
    if (H5Aexists(at, name.c_str()) > 0) in.check(H5Adelete(at, name.c_str()), what);
    const Handle made{in.check(H5Acreate2(at, name.c_str(), file_type(kind), space, H5P_DEFAULT, H5P_DEFAULT), what),
                      H5Aclose};
    in.check(H5Awrite(made, memory_type(kind), values), what);
}

void File::resize(const std::string& dataset, Length rows)
{
    const Access in{path_, id_};
    const Handle at = in.dataset(dataset), space = in.space_of(at);
    std::vector<hsize_t> dims(static_cast<std::size_t>(H5Sget_simple_extent_ndims(space)));
    H5Sget_simple_extent_dims(space, dims.data(), nullptr);
    dims.at(0) = rows;
    in.check(H5Dset_extent(at, dims.data()), "extend dataset " + dataset);
}

void File::write_rows(const std::string& dataset, Kind memory, Length first, Length rows, const void* values)
{
    const Access in{path_, id_};
    const Handle at = in.dataset(dataset), space = in.space_of(at), selected = select_rows(space, first, rows);
    in.check(H5Dwrite(at, memory_type(memory), selected, space, H5P_DEFAULT, values), "write dataset " + dataset);
}

void File::read_rows(const std::string& dataset, Kind memory, Length first, Length rows, void* values) const
{
    const Access in{path_, id_};
    const Handle at = in.dataset(dataset), space = in.space_of(at), selected = select_rows(space, first, rows);
    in.check(H5Dread(at, memory_type(memory), selected, space, H5P_DEFAULT, values), "read dataset " + dataset);
}

} // namespace sim::record::h5
