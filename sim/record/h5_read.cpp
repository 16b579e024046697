#include "sim/record/h5_file.hpp"

#include "sim/record/h5_handle.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace sim::record::h5 {
namespace {

constexpr std::array<std::string_view, 5> own_names{"CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST", "_FillValue"};

std::string read_text(const Access& in, hid_t attribute, const std::string& what)
{
    const Handle type = text_type();
    char* text = nullptr;
    in.check(H5Aread(attribute, type, &text), what);
    std::string result = text == nullptr ? "" : text;
    H5free_memory(text);
    return result;
}

herr_t collect_name(hid_t, const char* name, const H5A_info_t*, void* names)
{
    static_cast<std::vector<std::string>*>(names)->emplace_back(name);
    return 0;
}

/// Calls f(name, attribute) for each attribute in order of creation, but not for those of the format.
template <class F>
void each_attribute(const Access& in, hid_t object, F&& f)
{
    std::vector<std::string> names;
    in.check(H5Aiterate2(object, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, collect_name, &names), "list attributes");
    for (const std::string& name : names) {
        if (std::find(own_names.begin(), own_names.end(), name) != own_names.end()) continue;
        const Handle a{in.check(H5Aopen(object, name.c_str(), H5P_DEFAULT), "open attribute " + name), H5Aclose};
        f(name, static_cast<hid_t>(a));
    }
}

bool is_text(hid_t type) { return H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) > 0; }

Kind kind_of(hid_t type)
{
    const std::size_t size = H5Tget_size(type);
    if (H5Tget_class(type) == H5T_FLOAT) return size == 4 ? Kind::f32 : Kind::f64;
    if (size == 8) return H5Tget_sign(type) == H5T_SGN_NONE ? Kind::u64 : Kind::i64;
    return size == 1 ? Kind::i8 : Kind::i32;
}

/// Where in the file an object begins.
haddr_t address_of(hid_t object)
{
    H5O_info_t info;
    return H5Oget_info2(object, &info, H5O_INFO_BASIC) < 0 ? HADDR_UNDEF : info.addr;
}

herr_t scale_address(hid_t, unsigned, hid_t scale, void* address)
{
    *static_cast<haddr_t*>(address) = address_of(scale);
    return 1;
}

/// What a file holds, in order of creation. Scales are known by their address: asked for the name of an object, the library walks the file.
struct Contents {
    std::vector<Variable> variables{};              // without pure dimensions
    std::vector<std::vector<haddr_t>> dimensions{}; // of each variable, the scales
    std::map<haddr_t, std::string> scales{};        // last parts of their paths
};

bool is_pure_dimension(hid_t dataset)
{
    std::array<char, 100> name{};
    return H5DSget_scale_name(dataset, name.data(), name.size()) > 0 &&
           std::string_view(name.data()).starts_with("This is a netCDF dimension");
}

Variable describe(const Access& in, const std::string& dataset, hid_t at)
{
    const Handle space = in.space_of(at);
    const Handle type{in.check(H5Dget_type(at), "read the type of " + dataset), H5Tclose};
    Variable v{.path = dataset};
    v.is_text = H5Tget_class(type) == H5T_STRING;
    if (!v.is_text) v.kind = kind_of(type);
    std::vector<hsize_t> dims(static_cast<std::size_t>(H5Sget_simple_extent_ndims(space)));
    H5Sget_simple_extent_dims(space, dims.data(), nullptr);
    v.shape.assign(dims.begin(), dims.end());
    v.dimensions.resize(dims.size());
    return v;
}

void add(const Access& in, const std::string& dataset, hid_t at, Contents& contents)
{
    const bool is_scale = H5DSis_scale(at) > 0;
    const std::string name = dataset.substr(dataset.rfind('/') + 1);
    if (is_scale) contents.scales[address_of(at)] = name;
    if (is_scale && is_pure_dimension(at)) return;
    Variable v = describe(in, dataset, at);
    std::vector<haddr_t> dimensions(v.shape.size(), HADDR_UNDEF);
    if (is_scale && !v.dimensions.empty()) v.dimensions[0] = name;
    for (unsigned d = 0; !is_scale && d < dimensions.size(); ++d)
        H5DSiterate_scales(at, d, nullptr, scale_address, &dimensions[d]);
    contents.variables.push_back(std::move(v));
    contents.dimensions.push_back(std::move(dimensions));
}

void list(const Access& in, const std::string& group, Contents& contents)
{
    const Handle at = in.object(group.empty() ? "/" : group);
    H5G_info_t info;
    in.check(H5Gget_info(at, &info), "list group " + group);
    for (hsize_t i = 0; i < info.nlinks; ++i) {
        std::array<char, 256> name{};
        in.check(H5Lget_name_by_idx(at, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, name.data(), name.size(), H5P_DEFAULT),
                 "list group " + group);
        const std::string path = group + "/" + name.data();
        const Handle object = in.object(path);
        if (H5Iget_type(object) == H5I_GROUP)
            list(in, path, contents);
        else
            add(in, path, object, contents);
    }
}

} // namespace

bool File::exists(const std::string& object) const
{
    const auto lock = enter_library();
    return object == "/" || H5Lexists(id_, object.c_str(), H5P_DEFAULT) > 0;
}

Variable File::variable(const std::string& dataset) const
{
    std::vector<Variable> all = variables();
    const auto at = std::find_if(all.begin(), all.end(), [&](const Variable& v) { return v.path == dataset; });
    if (at == all.end()) throw IoError(path_, "open dataset " + dataset, "there is none");
    return std::move(*at);
}

std::vector<Variable> File::variables() const
{
    const Access in{path_, id_};
    Contents contents;
    list(in, "", contents);
    for (std::size_t i = 0; i < contents.variables.size(); ++i)
        for (std::size_t d = 0; d < contents.dimensions[i].size(); ++d) {
            const auto scale = contents.scales.find(contents.dimensions[i][d]);
            if (scale != contents.scales.end()) contents.variables[i].dimensions[d] = scale->second;
        }
    return std::move(contents.variables);
}

std::vector<std::string> File::texts(const std::string& dataset) const
{
    const Access in{path_, id_};
    const Handle at = in.dataset(dataset), space = in.space_of(at), type = text_type();
    std::vector<char*> pointers(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
    in.check(H5Dread(at, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "read the labels " + dataset);
    std::vector<std::string> result;
    for (const char* text : pointers) result.emplace_back(text == nullptr ? "" : text);
    H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data());
    return result;
}

std::vector<Attribute> File::attributes(const std::string& object) const
{
    const Access in{path_, id_};
    std::vector<Attribute> result;
    each_attribute(in, in.object(object), [&](const std::string& name, hid_t a) {
        const Handle type{H5Aget_type(a), H5Tclose}, space{H5Aget_space(a), H5Sclose};
        const std::string what = "read attribute " + name + " of " + object;
        if (is_text(type)) return result.push_back({name, read_text(in, a, what)}), void();
        if (H5Sget_simple_extent_npoints(space) != 1) return;
        std::int64_t number = 0;
        double real = 0;
        if (H5Tget_class(type) == H5T_INTEGER)
            in.check(H5Aread(a, H5T_NATIVE_INT64, &number), what), result.push_back({name, number});
        if (H5Tget_class(type) == H5T_FLOAT)
            in.check(H5Aread(a, H5T_NATIVE_DOUBLE, &real), what), result.push_back({name, real});
    });
    return result;
}

std::string File::text(const std::string& object, const std::string& attribute) const
{
    const Access in{path_, id_};
    const Handle at = in.object(object);
    const std::string what = "read attribute " + attribute + " of " + object;
    if (in.check(H5Aexists(at, attribute.c_str()), what) == 0) return "";
    const Handle a{in.check(H5Aopen(at, attribute.c_str(), H5P_DEFAULT), what), H5Aclose};
    const Handle type{H5Aget_type(a), H5Tclose};
    return is_text(type) ? read_text(in, a, what) : "";
}

} // namespace sim::record::h5
